"""The programme's true rate ratio comes back only with controls and without the bad spell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy import stats

from carebook.data.simulate.infection_months import SIMULATION

SPELL = (13, 18)


def controlled_interval(table: pd.DataFrame) -> tuple[float, float]:
    """Return the 95% interval of the programme's log rate ratio: unit and month effects."""
    rows = table.reset_index(drop=True)
    effects = pd.get_dummies(rows[["unit", "month"]].astype(str), drop_first=True, dtype=float)
    design = effects.assign(
        constant=1.0, programme=(rows["month"] >= rows["programme_start"].fillna(99)).astype(float)
    )
    model = sm.GLM(
        rows["infections"], design, sm.families.Poisson(), offset=np.log(rows["line_days"])
    )
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(rows["unit"])[0]})
    reach = stats.t.ppf(0.975, rows["unit"].nunique() - 1) * fitted.bse["programme"]
    return fitted.params["programme"] - reach, fitted.params["programme"] + reach


def before_after_interval(table: pd.DataFrame) -> tuple[float, float]:
    """Return the 95% interval of the joiners' log rate ratio, after against months 13 to 18."""
    joiners = table[table["programme_start"].notna()]
    after = joiners[joiners["month"] >= joiners["programme_start"]]
    before = joiners[joiners["month"].between(*SPELL)]
    rates = [part["infections"].sum() / part["line_days"].sum() for part in (after, before)]
    error = np.sqrt(sum(1 / part["infections"].sum() for part in (after, before)))
    ratio = np.log(rates[0] / rates[1])
    return ratio - 1.96 * error, ratio + 1.96 * error


def test_controlled_comparison_without_the_bad_spell_recovers_the_programme() -> None:
    table = SIMULATION.table()
    low, high = controlled_interval(table[~table["month"].between(*SPELL)])
    assert low <= np.log(SIMULATION.truth("programme_ratio")) <= high


def test_before_after_comparison_shows_a_fall_far_beyond_the_programme() -> None:
    _, high = before_after_interval(SIMULATION.table())
    assert high < np.log(0.7)
    assert high < np.log(SIMULATION.truth("programme_ratio"))


def test_controls_with_the_bad_spell_as_the_time_before_still_mislead() -> None:
    table = SIMULATION.table()
    _, high = controlled_interval(table[table["month"] >= SPELL[0]])
    assert high < np.log(SIMULATION.truth("programme_ratio"))


def test_trend_of_units_that_never_join_recovers_the_monthly_ratio() -> None:
    table = SIMULATION.table()
    never = table[table["programme_start"].isna()]
    model = smf.glm(
        "infections ~ month", never, family=sm.families.Poisson(), offset=np.log(never["line_days"])
    )
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(never["unit"])[0]})
    low, high = fitted.conf_int().loc["month"]
    assert low <= np.log(SIMULATION.truth("monthly_ratio")) <= high


def test_joiners_are_the_units_with_the_highest_rates_in_months_13_to_18() -> None:
    table = SIMULATION.table()
    spell = table[table["month"].between(*SPELL)]
    sums = spell.groupby("unit")[["infections", "line_days"]].sum()
    rate = sums["infections"] / sums["line_days"]
    joined = table.groupby("unit")["programme_start"].first().notna()
    assert joined.sum() == SIMULATION.truth("joining_units")
    assert rate[joined].min() >= rate[~joined].max()
