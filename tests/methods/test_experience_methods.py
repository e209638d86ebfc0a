"""Unit scores against arithmetic by hand and against statsmodels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from carebook.methods.clusters import intraclass_correlation
from carebook.methods.experience import (
    case_mix_adjusted,
    directly_standardised,
    mean_scores,
    suppressed,
    top_box,
)
from carebook.methods.prevalence import wilson_interval
from carebook.methods.score_reliability import answers_needed, reliability_of

UNITS = pd.Series(list("AAAABB"))


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    rng = np.random.default_rng(12)
    unit = rng.integers(0, 6, 300)
    old = rng.random(300) < 0.2 + 0.1 * unit
    table = pd.DataFrame(
        {
            "unit": np.array(list("ABCDEF"))[unit],
            "age": np.where(old, "old", "young"),
            "health": rng.choice(["fair", "good", "poor"], 300),
            "pain": rng.normal(size=300),
        }
    )
    table["score"] = 7 + old - 0.4 * table["pain"] + 0.1 * unit + rng.normal(size=300)
    # Labels that are neither in order nor from 0.
    return table.set_index(np.arange(900, 600, -1))


def test_top_box_counts_the_lowest_top_answer() -> None:
    found = top_box(pd.Series([10, 9, 8, 0, 9, 9]), UNITS)
    assert found["share"].to_dict() == {"A": 0.5, "B": 1.0}
    assert found["n"].to_dict() == {"A": 4, "B": 2}
    assert tuple(found.loc["A", ["low", "high"]]) == pytest.approx(wilson_interval(2, 4))


def test_one_mean_can_have_two_top_boxes() -> None:
    answers = pd.Series([8, 8, 8, 8, 10, 6])
    assert mean_scores(answers, UNITS)["mean"].to_dict() == {"A": 8, "B": 8}
    assert top_box(answers, UNITS)["share"].to_dict() == {"A": 0, "B": 0.5}


def test_interval_of_a_mean_is_that_of_the_spread_within_units() -> None:
    """By hand: squares within units 4 · 1 + 2 · 4 = 12 on 4 degrees; t of 0.975 is 2.776."""
    found = mean_scores(pd.Series([7, 9, 7, 9, 4, 8]), UNITS)
    reach = 2.776445 * 3**0.5 / np.sqrt([4, 2])
    assert (found["high"] - found["mean"]).to_numpy() == pytest.approx(reach, rel=1e-5)


def test_adjusted_scores_are_those_of_statsmodels_at_the_mean_case_mix(people) -> None:
    case_mix = people[["age", "health", "pain"]]
    found = case_mix_adjusted(people["score"], people["unit"], case_mix)
    model = smf.ols("score ~ 0 + unit + C(age) + C(health) + pain", people).fit()
    contrast = np.zeros((6, len(model.params)))
    contrast[:, :6] = np.eye(6)
    design = pd.DataFrame(model.model.exog, columns=model.model.exog_names)
    contrast[:, 6:] = design.iloc[:, 6:].mean()
    oracle = model.t_test(contrast)
    assert found["adjusted"].to_numpy() == pytest.approx(oracle.effect)
    limits = found[["low", "high"]].to_numpy()
    assert limits == pytest.approx(oracle.conf_int())


def test_adjustment_takes_away_what_the_patients_brought() -> None:
    """By hand: the old say 2 more in both units; A has three old of four, B one of four."""
    table = pd.DataFrame(
        {
            "score": [9, 9, 9, 7, 9, 7, 7, 7],
            "unit": list("AAAABBBB"),
            "age": ["old"] * 3 + ["young", "old"] + ["young"] * 3,
        }
    )
    table.loc[0, "score"], table.loc[1, "score"] = 8, 10  # some spread; no mean changes
    found = case_mix_adjusted(table["score"], table["unit"], table[["age"]])
    assert found["mean"].to_dict() == {"A": 8.5, "B": 7.5}
    assert found["adjusted"].to_dict() == pytest.approx({"A": 8.0, "B": 8.0})
    standardised = directly_standardised(table["score"], table["unit"], table["age"])
    assert standardised.to_dict() == pytest.approx({"A": 8.0, "B": 8.0})


def test_standardised_score_follows_the_standard_it_is_given() -> None:
    scores, strata = pd.Series([4.0, 8, 4, 8, 5, 9]), pd.Series(list("xyxyxy"))
    standard = pd.Series({"x": 30, "y": 10})
    found = directly_standardised(scores, UNITS, strata, standard)
    assert found.to_dict() == {"A": 5.0, "B": 6.0}


def test_unit_without_a_stratum_is_left_blank() -> None:
    found = directly_standardised(pd.Series([4.0, 8, 4, 8, 5, 9]), UNITS, pd.Series(list("xyxyxx")))
    assert found["A"] == pytest.approx(4 * 4 / 6 + 8 * 2 / 6)
    assert np.isnan(found["B"])


def test_stratum_without_weight_is_not_needed() -> None:
    scores, strata = pd.Series([4.0, 8, 4, 8, 5, 9]), pd.Series(list("xyxyxx"))
    found = directly_standardised(scores, UNITS, strata, pd.Series({"x": 3, "y": 0}))
    assert found.to_dict() == {"A": 4.0, "B": 7.0}


def test_category_that_nobody_has_changes_nothing(people) -> None:
    spare = people["health"].astype(pd.CategoricalDtype(["good", "fair", "poor", "unused"]))
    one, other = (
        case_mix_adjusted(people["score"], people["unit"], pd.DataFrame({"health": health}))
        for health in (people["health"], spare)
    )
    pd.testing.assert_frame_equal(one, other)
    pd.testing.assert_series_equal(
        directly_standardised(people["score"], people["unit"], spare),
        directly_standardised(people["score"], people["unit"], people["health"]),
    )


def test_unit_of_a_trait_does_not_matter(people) -> None:
    """Pain in millionths and age as a word: neither is mistaken for a trait that never varies."""
    case_mix = people[["age", "pain"]]
    found = case_mix_adjusted(people["score"], people["unit"], case_mix)
    fine = case_mix_adjusted(
        people["score"], people["unit"], case_mix.assign(pain=1e6 * people["pain"])
    )
    pd.testing.assert_frame_equal(found, fine)


@pytest.mark.parametrize("level", [0.1, 1940.3])
def test_trait_that_never_varies_is_refused_whatever_its_value(people, level: float) -> None:
    with pytest.raises(ValueError, match="same never varies"):
        case_mix_adjusted(people["score"], people["unit"], people[["pain"]].assign(same=level))
    by_unit = people["unit"].map({name: level + ord(name) for name in "ABCDEF"})
    with pytest.raises(ValueError, match="never varies within units"):
        case_mix_adjusted(people["score"], people["unit"], by_unit.to_frame("year"))


def test_intervals_of_means_are_those_of_statsmodels(people) -> None:
    found = mean_scores(people["score"], people["unit"])
    oracle = smf.ols("score ~ 0 + unit", people).fit()
    assert found["mean"].to_numpy() == pytest.approx(oracle.params.to_numpy())
    assert found[["low", "high"]].to_numpy() == pytest.approx(oracle.conf_int().to_numpy())


def test_reliability_is_one_half_where_chance_equals_the_units() -> None:
    """By hand: 9 answers at 0.1 have variance 0.9 / 9 = 0.1 of chance, as much as units have."""
    assert reliability_of(9, 0.1) == pytest.approx(0.5)
    assert reliability_of(1, 0.1) == pytest.approx(0.1)


def test_answers_needed_is_the_first_number_that_suffices() -> None:
    assert (answers_needed(0.1, 0.5), answers_needed(0.2)) == (9, 16)
    for icc in (0.03, 0.1, 0.17, 0.4, 0.9):
        for wanted in (0.2, 0.5, 0.7, 0.8, 0.9):
            need = answers_needed(icc, wanted)
            assert reliability_of(need, icc) >= wanted - 1e-9
            assert need == 1 or reliability_of(need - 1, icc) < wanted


def test_reliability_is_the_correlation_of_two_surveys_of_the_same_units() -> None:
    rng = np.random.default_rng(3)
    truth = rng.normal(scale=0.5, size=4000)
    first, second = (truth + rng.normal(scale=2 / 20**0.5, size=4000) for _ in range(2))
    icc = 0.25 / 4.25
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(reliability_of(20, icc), abs=0.03)


def test_reliability_follows_from_the_analysis_of_variance() -> None:
    """F = MSB / MSW; with equal sizes 1 − 1/F is the reliability of a unit's mean."""
    rng = np.random.default_rng(5)
    units = pd.Series(np.repeat(list("ABCDEFGH"), 25))
    scores = pd.Series(rng.normal(size=200) + np.repeat(rng.normal(size=8), 25))
    means = scores.groupby(units).mean()
    between = 25 * means.var()
    within = scores.groupby(units).var().mean()
    icc = intraclass_correlation(scores, units).value
    assert reliability_of(25, icc) == pytest.approx(1 - within / between)


def test_suppression_blanks_units_below_the_minimum_alone() -> None:
    table = pd.DataFrame({"n": [30, 29], "mean": [7.0, 9.5]}, index=["A", "B"])
    found = suppressed(table, 30)
    assert found["n"].tolist() == [30, 29]
    assert found.loc["A", "mean"] == 7.0
    assert np.isnan(found.loc["B", "mean"])
    assert table.loc["B", "mean"] == 9.5


ONE = pd.Series([1.0, 2.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: top_box(pd.Series([9, None], [7, 5]), pd.Series(list("AB"), [7, 5])), "row 5 has"),
        (lambda: top_box(ONE.head(0), UNITS.head(0)), "nobody is given"),
        (lambda: mean_scores(ONE, pd.Series(list("AB"), index=[1, 2])), "row labels differ"),
        (lambda: mean_scores(ONE, pd.Series(list("AB"))), "none has two people"),
        (lambda: mean_scores(ONE, pd.Series(list("AA")), level=95), "level"),
        (
            lambda: case_mix_adjusted(
                pd.Series(range(6)), UNITS, pd.DataFrame({"age": list("xxxxyy")})
            ),
            "never varies within units",
        ),
        (
            lambda: case_mix_adjusted(ONE, pd.Series(list("AA")), pd.DataFrame({"age": ["x"]})),
            "case_mix: its row labels differ",
        ),
        (
            lambda: directly_standardised(
                ONE, pd.Series(list("AA")), pd.Series(list("xy")), pd.Series({"x": 1})
            ),
            "nothing for stratum 'y'",
        ),
        (
            lambda: directly_standardised(ONE, pd.Series(list("AA")), pd.Series(["x", None])),
            "stratum is blank",
        ),
        (
            lambda: directly_standardised(
                ONE, pd.Series(list("AA")), pd.Series(list("xy")), pd.Series({"x": 2, "y": -1})
            ),
            "with a weight of 0 or more",
        ),
        (
            lambda: case_mix_adjusted(ONE, pd.Series(list("AA")), pd.DataFrame(index=ONE.index)),
            "there is no column",
        ),
        (lambda: reliability_of(0, 0.1), "answers: got 0"),
        (lambda: reliability_of(10, -0.01), "icc: got -0.01"),
        (lambda: answers_needed(0.1, 1), "reliability: got 1"),
    ],
)
def test_what_cannot_be_a_score_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_suppression_needs_the_number_of_answers() -> None:
    with pytest.raises(KeyError, match="missing n"):
        suppressed(pd.DataFrame({"mean": [7.0]}), 30)
