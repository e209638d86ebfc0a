"""What was put into the improvement weeks comes back, and before–after comparisons mislead."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from carebook.data.simulate.improvement_weeks import CALM, DRIFT_WEEKS, SIMULATION, START, TEAMS

NAMES = [f"T{number:02d}" for number in range(1, 13)]
WORKS = [name for name, team in zip(NAMES, TEAMS, strict=True) if team.effect]
COSTS = [name for name, team in zip(NAMES, TEAMS, strict=True) if team.breaks]
DRIFTS = [name for name, team in zip(NAMES, TEAMS, strict=True) if team.drift]
WAITS = [name for name, team in zip(NAMES, TEAMS, strict=True) if team.change == "none"]
LOST = [name for name, team in zip(NAMES, TEAMS, strict=True) if 0 < team.held < 0.5]


def intervals(counts: str, sizes: str, **columns: pd.Series) -> pd.DataFrame:
    """Return 95% intervals of log odds from a logistic regression with team and season.

    One row a shift or person, with errors that go by weeks, because a week is shared by all teams.
    """
    table = SIMULATION.table()
    teams = pd.get_dummies(table["team"], dtype=float)
    design = teams.assign(season=table["week"].between(*CALM).astype(float), **columns)
    place = np.repeat(np.arange(len(table)), table[sizes])
    order = np.concatenate([np.arange(size) for size in table[sizes]])
    yes = (order < table[counts].to_numpy()[place]).astype(float)
    model = sm.GLM(yes, design.iloc[place].reset_index(drop=True), sm.families.Binomial())
    weeks = table["week"].to_numpy()[place]
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": weeks})
    return fitted.conf_int().set_axis(["low", "high"], axis=1)


def share() -> pd.Series:
    """Return the share of shifts with the change, for each row."""
    table = SIMULATION.table()
    return table["done"] / table["shifts"]


def drifted() -> pd.Series:
    """Return weeks of drift, for each row of a drifting team."""
    table = SIMULATION.table()
    first, last = DRIFT_WEEKS
    weeks = (table["week"] - first + 1).clip(0, last - first + 1)
    return weeks * table["team"].isin(DRIFTS)


def change(team: str, counts: str = "unfinished", sizes: str = "shifts") -> float:
    """Return the share after the start minus the share before it."""
    rows = SIMULATION.table().query("team == @team")
    sums = rows.groupby(rows["week"] >= START)[[counts, sizes]].sum()
    parts = sums[counts] / sums[sizes]
    return float(parts[True] - parts[False])


def test_effect_season_and_drift_come_back_with_each_other_in_the_model() -> None:
    teams = SIMULATION.table()["team"]
    found = intervals(
        "unfinished", "shifts",
        effect=share() * teams.isin(WORKS), idle=share() * ~teams.isin(WORKS), drift=drifted(),
    )  # fmt: skip
    for name in ("effect", "season", "drift"):
        assert found.loc[name, "low"] <= SIMULATION.truth(name) <= found.loc[name, "high"], name
    assert found.loc["idle", "low"] <= 0 <= found.loc["idle", "high"]
    assert found.loc["effect", "high"] < 0


def test_breaks_lost_and_their_season_come_back() -> None:
    teams = SIMULATION.table()["team"]
    found = intervals("no_break", "staff_asked", breaks_lost=share() * teams.isin(COSTS))
    assert found.loc["breaks_lost", "low"] <= SIMULATION.truth("breaks_lost")
    assert SIMULATION.truth("breaks_lost") <= found.loc["breaks_lost", "high"]
    assert found.loc["breaks_lost", "low"] > 0
    truth = SIMULATION.truth("season_no_break")
    assert found.loc["season", "low"] <= truth <= found.loc["season", "high"]


def test_change_is_made_where_it_takes_hold_and_hardly_where_it_does_not() -> None:
    late = SIMULATION.table().query("week >= 30 and change != 'none'")
    sums = late.groupby(late["team"].isin(LOST))[["done", "shifts"]].sum()
    parts = sums["done"] / sums["shifts"]
    assert parts[False] == pytest.approx(SIMULATION.truth("held"), abs=0.02)
    assert parts[True] == pytest.approx(SIMULATION.truth("lost"), abs=0.02)


def test_nothing_is_done_before_the_start_or_by_teams_that_wait() -> None:
    table = SIMULATION.table()
    assert (table.loc[table["week"] < START, "done"] == 0).all()
    waiting = table[table["team"].isin(WAITS)]
    assert (waiting["done"] == 0).all()
    assert waiting["start_week"].isna().all()


def test_every_team_improves_when_before_is_held_against_after() -> None:
    assert {name for name in NAMES if change(name) < -0.05} == set(NAMES)


def test_a_drifting_team_falls_most_of_its_half() -> None:
    for half in (NAMES[:6], NAMES[6:]):
        most = min(half, key=change)
        assert most in DRIFTS


def test_lost_breaks_hide_behind_the_calm_season() -> None:
    """The lab's team seems to pay nothing until a team that waits is set beside it."""
    costs = change("T05", "no_break", "staff_asked")
    waits = change("T06", "no_break", "staff_asked")
    assert abs(costs) < 0.03
    assert costs - waits > 0.05


def test_both_halves_hold_the_same_kinds_of_teams() -> None:
    def kinds(half: tuple) -> list[tuple[bool, bool, bool, float]]:
        found = [(bool(t.effect), bool(t.breaks), bool(t.drift), t.held) for t in half]
        return sorted(found)

    assert kinds(TEAMS[:6]) == kinds(TEAMS[6:])


def test_counts_never_exceed_their_sizes() -> None:
    table = SIMULATION.table()
    assert (table["unfinished"] <= table["shifts"]).all()
    assert (table["done"] <= table["shifts"]).all()
    assert (table["no_break"] <= table["staff_asked"]).all()
    assert table["shifts"].between(1, 21).all()
