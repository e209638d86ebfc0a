from __future__ import annotations

import re
from dataclasses import replace

import pytest

from carebook.evidence import Finding, effect_in_words, finding, findings, source, sources
from carebook.evidence.wording import MARK_WORDS, marks, printed_number, reference

# finding, printed in full, printed as a value
PRINTED = [
    ("hewitt2020:min", "3.2%", "3.2%"),
    ("hewitt2020:max", "91.4%", "91.4%"),
    ("rotenstein2018:max", "80.5%", "80.5%"),
    ("rotenstein2018:overall", "67.0%", "67.0%"),
    ("rotenstein2018:definitions", "142 definitions", "142"),
    ("adams2022:abs", "3.3 percentage points (95% interval 1.7 to 5.1)", "3.3"),
    (
        "desimone2021:organisation",
        "standardised mean difference −0.446 (95% interval −0.619 to −0.274)",
        "−0.446",
    ),
    (
        "desimone2021",
        "standardised mean difference −0.289 (95% interval −0.419 to −0.159)",
        "−0.289",
    ),
    ("hojat2011:a1c_high", "56% (p < 0.001 for the comparison)", "56%"),
    ("dyche2005:interrupted", "82.4% (p = 0.83 for the comparison)", "82.4%"),
    (
        "aiken2014:workload",
        "odds ratio 1.068 per extra patient per nurse (95% interval 1.031 to 1.106)",
        "1.068",
    ),
    ("baer2017:errors", "adjusted odds ratio 7.1 (95% interval 2.0 to 25.8; p < 0.01)", "7.1"),
    ("hobbs2016:duration_2007", "8.65 minutes (95% interval 8.64 to 8.65)", "8.65"),
    ("singhospina2019:seconds", "median 11 seconds (interquartile range 7 to 22)", "11"),
    ("stacey2025nma", "−4.34 points of 100 (95% credible interval −7.24 to −1.43)", "−4.34"),
    (
        "han2019:national",
        "4.6 billion US dollars per year (range of the sensitivity analysis 2.6 to 6.3)",
        "4.6",
    ),
    (
        "abel2018:frome",
        "7.9 fewer admissions per quarter (95% interval 2.8 to 13.1; p = 0.006)",
        "7.9",
    ),
    (
        "abel2018:somerset",
        "236 more admissions per quarter (95% interval 152 to 320; p < 0.001)",
        "236",
    ),
    ("badgett2022:engbetween", "correlation −0.253 (95% interval −0.40 to −0.09)", "−0.253"),
    ("aiello2022:phq8", "Pearson correlation 0.76", "0.76"),
    ("emresidents_ite2019", "Spearman correlation 0.07 (p < 0.001)", "0.07"),
    ("trockel2018:retest_exhaustion", "test-retest correlation 0.80", "0.80"),
    ("wong2021:auc", "area under the curve 0.63 (0.5 is chance, 1 is perfect)", "0.63"),
    ("wong2021:missed", "1,709 hospitalisations", "1,709"),
    ("hansen2016:kappa", "kappa 0.70 (95% interval 0.49 to 0.90)", "0.70"),
    ("aiello2022:alpha", "Cronbach’s alpha 0.90 (lowest of the range)", "0.90"),
    ("aiello2022:sens", "proportion 0.91", "0.91"),
    (
        "lukac2025:dax_time",
        "−1.7% change versus control (95% interval −9.4 to 5.9; p = 0.66)",
        "−1.7%",
    ),
    (
        "west2016lancet:highdp",
        "4 percentage points (reduction; 95% interval 0 to 8; p = 0.04)",
        "4",
    ),
    ("ashton2018:nominations_total", "more than 350 nominations", "350"),
    ("northumbria:feedback", "within 6 hours", "6"),
    ("bevanhood2006:official2003", "139 of 158 trusts", "139"),
    ("dixonwoods2013", "1 of 17 units (5 boosted, 11 changed little)", "1"),
    ("pronovost2006:m0_3", "incidence rate ratio 0.62 (95% interval 0.47 to 0.81)", "0.62"),
    ("griffiths2019:lowday", "hazard ratio 1.03 per day (95% interval 1.01 to 1.05)", "1.03"),
    (
        "menon2020:si_depression",
        "odds ratio 3.02 per standard deviation (95% interval 2.30 to 3.95)",
        "3.02",
    ),
    ("tawfik2018:burnout_error", "odds ratio 2.22 (95% interval 1.79 to 2.76)", "2.22"),
    ("kelley2014", "standardised mean difference 0.11 (Cohen’s d; p = 0.02)", "0.11"),
    (
        "dyrbye2019coaching:eescore",
        "−5.2 MBI points (change in the coaching arm; p < 0.001)",
        "−5.2",
    ),
    ("lake2019:deaths", "−8% difference in odds", "−8%"),
    ("ockenden2022:caesarean", "26.2% of births", "26.2%"),
    (
        "zaranko2023:shift",
        "odds ratio 0.9044 per extra shift (95% interval 0.8219 to 0.9966; p = 0.0416)",
        "0.9044",
    ),
    (
        "paulus2022",
        "standardised mean difference 0.58 (Hedges’ g; standard error 0.10; p < 0.005)",
        "0.58",
    ),
    ("iowa2024:burnout", "43% (after; before 69%; p for the change in score; p = 0.005)", "43%"),
]

STATEMENTS = [held for held in findings() if held.estimate is None]
SIZES = [held for held in findings() if held.estimate is not None]


@pytest.mark.parametrize(("name", "full", "value"), PRINTED)
def test_a_finding_is_printed_in_words_and_figures(name: str, full: str, value: str) -> None:
    assert effect_in_words(finding(name)) == full
    assert effect_in_words(finding(name), form="value") == value


def printed(held: Finding) -> list[str]:
    return [effect_in_words(held), effect_in_words(held, form="value")]


def test_the_register_has_sizes_and_statements() -> None:
    assert len(SIZES) >= 605
    assert len(STATEMENTS) >= 93
    assert len(SIZES) + len(STATEMENTS) == len(findings())


def test_a_statement_without_a_number_prints_no_effect() -> None:
    wrong = [held.id for held in STATEMENTS if printed(held) != ["", ""]]
    assert wrong == []


def test_every_size_prints_its_number() -> None:
    wrong = [
        held.id
        for held in SIZES
        if any(printed_number(held.estimate_text) not in text for text in printed(held))
    ]
    assert wrong == []


FAULTS = {
    "a missing value": r"\b(nan|None|NaT|NA)\b",
    "two spaces": r"\s{2}|^\s|\s$",
    "a hyphen for a minus": r"(?<![\w)])-\d",
    "empty or unbalanced brackets": r"\(\s*\)|\([^)]*$|^[^(]*\)",
    "a stray separator": r";\s*[;)]|\(\s*;|,\s*$",
    "a unit written out as percent": r"\d percent\b",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_finding_prints_with(fault: str) -> None:
    wrong = [
        (held.id, text)
        for held in SIZES
        for text in printed(held)
        if re.search(FAULTS[fault], text)
    ]
    assert wrong == []


def test_no_finding_prints_a_unit_alone() -> None:
    wrong = [held.id for held in SIZES if not all(re.search(r"\d", text) for text in printed(held))]
    assert wrong == []


def test_every_interval_is_printed_with_its_kind() -> None:
    kinds = r"95% interval|95% credible interval|range of the sensitivity analysis"
    wrong = [
        held.id
        for held in SIZES
        if (held.ci_low is not None) != bool(re.search(kinds, effect_in_words(held)))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("67.0", "67.0"),
        ("0.70", "0.70"),
        ("-0.289", "−0.289"),
        ("1700", "1,700"),
        ("303266", "303,266"),
        ("-2230.5", "−2,230.5"),
        ("0", "0"),
    ],
)
def test_a_number_keeps_its_decimals_and_gets_a_true_minus_and_commas(
    text: str, expected: str
) -> None:
    assert printed_number(text) == expected


def test_an_unknown_form_is_refused_and_the_forms_are_named() -> None:
    with pytest.raises(ValueError, match=r"form is 'short'; it is one of full, value"):
        effect_in_words(finding("hewitt2020:min"), form="short")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hewitt2020:min", ()),
        ("wong2021:missed", ("secondary",)),
        ("badgett2022:engwithin", ("own computation",)),
        ("panagioti2018:safety", ("secondary", "retracted")),
        ("panagioti2018:retraction", ()),
    ],
)
def test_a_finding_carries_the_marks_that_apply(name: str, expected: tuple[str, ...]) -> None:
    assert marks(finding(name)) == expected


def test_every_mark_has_words_for_readers() -> None:
    carried = {mark for held in findings() for mark in marks(held)}
    assert carried == set(MARK_WORDS)


def test_a_reference_with_a_doi_shows_authors_volume_and_pages() -> None:
    made = reference(source("dolan2015"))
    assert made.text.startswith("Dolan ED, Mohr D, ")
    assert "(2015). Using a single item" in made.text
    assert made.text.endswith("Journal of General Internal Medicine 30(5):582-587.")
    assert made.url == "https://doi.org/10.1007/s11606-014-3112-6"
    assert made.link_text == "doi:10.1007/s11606-014-3112-6"


def test_a_reference_that_nothing_confirms_hides_what_came_from_memory() -> None:
    held = replace(source("donabedian1966"), details_shown=False)
    made = reference(held)
    assert made.text.startswith(held.citation)
    assert held.authors not in made.text
    assert held.volume_pages
    assert held.volume_pages not in made.text


def test_a_reference_to_a_retracted_source_says_so() -> None:
    assert reference(source("panagioti2018")).text.endswith("Retracted.")


def test_every_reference_reads_as_sentences() -> None:
    texts = {held.key: reference(held).text for held in sources()}
    wrong = {
        key: text
        for key, text in texts.items()
        if not text.endswith((".", "?", "!", "…")) or re.search(r"\bNone\b|  |\.\.", text)
    }
    assert wrong == {}
