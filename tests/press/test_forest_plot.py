"""The forest plot of a review, pooled afresh."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from docutils import nodes

from carebook.press import forest_plot
from carebook.press.forest_plot import (
    build_folded_table,
    build_forest,
    pool_in_words,
    pool_review,
    pools_in_words,
    study_lines,
)

PAGE = """
    # Page

    ```{forest} panagioti2017
    :caption: Twenty comparisons of ways to reduce burnout in physicians.
    :alt: Forest plot of twenty studies. Most cross the line of no effect; the pool does not.
    :by: subgroup
    :favours: the intervention | control
    ```
"""


@pytest.fixture
def press_extensions():
    return ("carebook.press.forest_plot",)


def test_pool_review_refuses_a_review_that_does_not_exist():
    with pytest.raises(ValueError, match=r"no review 'panagioti2016' in study_level\.csv; it has "):
        pool_review("panagioti2016")


def test_pool_review_refuses_a_column_that_does_not_exist():
    with pytest.raises(ValueError, match=r"by: no column 'group'; there are id, meta_id"):
        pool_review("panagioti2017", by="group")


def test_pool_review_asks_for_a_measure_where_there_are_several():
    with pytest.raises(ValueError, match=r"has the measures .*; choose one with :measure:"):
        pool_review("pooled_reference")


def test_pool_review_gives_the_published_pool():
    """Panagioti et al. 2017, JAMA Internal Medicine 177:195–205."""
    review = pool_review("panagioti2017", by="subgroup")
    assert pool_in_words(review.pool) == "−0.289 (−0.419 to −0.159)"
    assert {name: pool_in_words(pool) for name, pool in review.groups.items()} == {
        "organisation-directed": "−0.446 (−0.619 to −0.274)",
        "physician-directed": "−0.178 (−0.322 to −0.035)",
    }


def test_a_fixed_pool_is_narrower_than_a_random_one():
    fixed, random = (pool_review("panagioti2017", model).pool for model in ("fixed", "random"))
    assert fixed.high - fixed.low < random.high - random.low


def test_studies_without_an_interval_are_left_out_and_counted():
    review = pool_review("baker2020", measure="HR")
    left_out = len(review.rows) - review.pool.k
    assert left_out > 0
    assert f"left out of the pool: {left_out}." in pools_in_words(review)


def test_favours_needs_two_sides():
    with pytest.raises(ValueError, match="favours: write both sides with a bar between"):
        build_forest(None, pool_review("panagioti2017"), {"favours": "control"})


def test_the_page_prints_the_pools(build_page):
    page = build_page(PAGE)
    figure = page.soup.find("figure", class_="bc-forest")
    assert page.warnings == []
    assert "together (random effects): −0.289 (−0.419 to −0.159), I² 30%." in figure.text
    assert "Organisation-directed, 8 studies: −0.446 (−0.619 to −0.274)." in figure.text
    assert "Physician-directed, 12 studies: −0.178 (−0.322 to −0.035)." in figure.text


def test_the_figure_is_a_vector_picture_with_alternative_text_and_caption(build_page):
    page = build_page(PAGE)
    picture = page.soup.select_one("figure.bc-forest img")
    assert picture["alt"].startswith("Forest plot of twenty studies.")
    assert picture["src"].endswith(".svg")
    assert "</svg>" in (page.out / picture["src"]).read_text("utf-8")
    assert page.soup.select_one("figure.bc-forest figcaption").text.strip().startswith("Twenty")


def test_the_folded_table_has_every_study_and_every_pool(build_page):
    folded = build_page(PAGE).soup.find("details", class_="bc-fold")
    rows = [
        [cell.text.strip() for cell in row.find_all(["th", "td"])]
        for row in folded.tbody.find_all("tr")
    ]
    assert len(rows) == 25
    assert rows[1] == ["Ali et al. 2011", "not given", "−0.680", "−1.410 to 0.050", "2.7%"]
    assert rows[-1] == ["All studies, pooled (20)", "", "−0.289", "−0.419 to −0.159", ""]
    assert folded.find("caption").text.strip() == (
        "Studies pooled by Panagioti et al. 2017, as a table"
    )
    assert folded.find("a", string="study_level.csv")["href"] == (
        "datasets/published/study_level.csv"
    )


def test_each_group_stands_before_its_studies_and_its_pool_after_them(build_page):
    rows = build_page(PAGE).soup.select("details.bc-fold tbody tr")
    names = [row.th.text.strip() for row in rows]
    assert names[0] == "Organisation-directed"
    assert names[9:11] == ["Organisation-directed, pooled (8)", "Physician-directed"]
    assert names[-2] == "Physician-directed, pooled (12)"


def test_a_column_of_samples_that_are_mostly_unknown_is_left_out_and_said_so(monkeypatch):
    for name, words in (("table_link", "study_level.csv"), ("cite_source", "Panagioti")):
        plain = nodes.inline(text=words)
        monkeypatch.setattr(forest_plot, name, lambda *_, made=plain: made.deepcopy())
    review = pool_review("panagioti2017")
    unknown = replace(review, rows=review.rows.assign(n=None))
    heads = []
    for each in (review, unknown):
        folded = build_folded_table(SimpleNamespace(app=None, docname="index"), each)
        heads.append(folded.next_node(nodes.thead).astext().split("\n\n"))
    assert heads[0] == ["Study", "Sample", "Estimate", "95% interval", "Weight"]
    assert heads[1] == ["Study", "Estimate", "95% interval", "Weight"]
    assert "Sample sizes are left out, because most rows have none." in folded.astext()


def test_study_lines_of_ratios_have_two_decimals_and_name_what_is_missing():
    """Wolinsky et al. 2010 and Worrall and Knight 2011 as listed by Baker et al. 2020."""
    review = pool_review("baker2020", measure="HR")
    first, second = study_lines(review)[:2]
    assert first[:4] == ("Wolinsky et al. 2010", "5,457", "0.84", "0.77 to 0.91")
    assert second[2:] == ("0.50", "not given", "none")


def test_the_page_is_drawn_the_same_each_time(build_page):
    first = build_page(PAGE)
    picture = first.out / first.soup.select_one("figure.bc-forest img")["src"]
    before = picture.read_bytes()
    build_page(PAGE, fresh=True)
    assert picture.read_bytes() == before


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo", "epub"])
def test_the_forest_plot_is_silent_in_other_formats(build_page, builder):
    page = build_page(PAGE, builder=builder)
    assert page.warnings == []
    assert "0.446" in page.output


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (":alt: Forest plot of twenty studies.", "forest: write :alt: in words"),
        (":caption: Twenty comparisons", "forest: write :caption: in words"),
        (":by: subgroup", "forest: by: no column 'subgroups'"),
        ("panagioti2017", "forest: no review 'panagioti'"),
        (":favours: the intervention", "forest: favours: write both sides"),
    ],
)
def test_a_mistaken_forest_warns_with_file_and_line(build_page, line, words):
    changed = {":by: subgroup": ":by: subgroups", "panagioti2017": "panagioti"}.get(line)
    kept = [
        old.replace(line, changed) if changed else old.replace(" | ", " ")
        for old in PAGE.splitlines()
        if changed or line not in old or "favours" in old
    ]
    (warning,) = build_page("\n".join(kept)).warnings
    assert warning.startswith("index.md:3: WARNING: ")
    assert words in warning
