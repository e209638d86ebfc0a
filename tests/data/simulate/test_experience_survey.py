"""The experience survey shows its six unusual units only when case mix and size are known."""

from __future__ import annotations

import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data.simulate.experience_survey import BETTER, ITEMS, SIMULATION, WORSE

LIMIT = 3.09  # standard errors: about 1 in 500 units alike falls outside


def replies(table: pd.DataFrame) -> pd.DataFrame:
    known = table[table["responded"]]
    return known.assign(score=known[list(ITEMS)].astype(float).mean(axis=1))


def case_mix(table: pd.DataFrame) -> pd.DataFrame:
    """Return indicator columns for age, health, sex and contact against one usual patient."""
    columns = pd.get_dummies(table[["age_band", "health", "sex", "contact"]]).astype(float)
    usual = ["age_band_16-39", "health_good", "sex_female", "contact_post"]
    return columns.drop(columns=usual)


def distances(values: pd.Series, unit: pd.Series) -> pd.Series:
    """Return how many standard errors each unit's mean lies from the mean of all replies."""
    grouped = values.groupby(unit)
    error = values.std() / grouped.size() ** 0.5
    return (grouped.mean() - values.mean()) / error


def effects(table: pd.DataFrame, adjust: bool) -> pd.DataFrame:
    """Return 95% intervals of the unusual units' difference from all others."""
    known = replies(table)
    groups = pd.DataFrame(
        {
            "better": known["unit"].isin(BETTER).astype(float),
            "worse": known["unit"].isin(WORSE).astype(float),
        }
    )
    causes = groups.join(case_mix(known)) if adjust else groups
    fit = sm.OLS(known["score"], sm.add_constant(causes)).fit(cov_type="HC1")
    return fit.conf_int().set_axis(["low", "high"], axis=1)


@pytest.fixture(scope="module")
def sent() -> pd.DataFrame:
    return SIMULATION.table()


def test_case_mix_adjustment_recovers_the_stated_differences(sent: pd.DataFrame) -> None:
    found = effects(sent, adjust=True)
    names = {
        "better": "better_units",
        "worse": "worse_units",
        "age_band_75+": "oldest_minus_youngest",
        "health_poor": "poor_minus_good_health",
    }
    for column, name in names.items():
        assert found.loc[column, "low"] < SIMULATION.truth(name) < found.loc[column, "high"]


def test_crude_means_hide_the_unusual_units(sent: pd.DataFrame) -> None:
    crude = effects(sent, adjust=False)
    assert crude.loc["better", "high"] < SIMULATION.truth("better_units")
    assert crude.loc["worse", "low"] > SIMULATION.truth("worse_units")


def test_adjusted_funnel_finds_the_unusual_units_and_few_others(sent: pd.DataFrame) -> None:
    known = replies(sent)
    rest = sm.OLS(known["score"], sm.add_constant(case_mix(known))).fit().resid
    flagged = distances(rest, known["unit"])
    found = set(flagged[flagged.abs() > LIMIT].index)
    assert len(found & {*BETTER, *WORSE}) >= 5
    assert len(found - {*BETTER, *WORSE}) <= 3


def test_crude_funnel_flags_many_units_that_are_alike(sent: pd.DataFrame) -> None:
    known = replies(sent)
    flagged = distances(known["score"], known["unit"])
    found = set(flagged[flagged.abs() > LIMIT].index)
    assert len(found - {*BETTER, *WORSE}) >= 8


def test_league_table_is_led_and_closed_by_small_units(sent: pd.DataFrame) -> None:
    known = replies(sent)
    ranked = known.groupby("unit")["score"].agg(["mean", "size"]).sort_values("mean")
    ends = pd.concat([ranked.head(10), ranked.tail(10)])
    assert not set(ranked.head(10).index) & set(WORSE)
    assert ends["size"].median() < 0.9 * ranked["size"].median()


def test_reply_depends_on_age_and_everything_after_it_is_blank_without(
    sent: pd.DataFrame,
) -> None:
    by_age = sent.groupby("age_band")["responded"].mean()
    assert by_age["75+"] > by_age["16-39"] + 0.15
    assert 100 * sent["responded"].mean() == pytest.approx(SIMULATION.truth("response"), abs=1.5)
    assert sent.loc[~sent["responded"], ["health", *ITEMS]].isna().all(axis=None)
