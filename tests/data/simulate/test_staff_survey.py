"""The staff survey gives back what was put in, if it is scored and weighted with care."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from carebook.data.simulate.staff_survey import ITEMS, SIMULATION, TENURE_BANDS, complete

WORK = [item for item in ITEMS if item.startswith("work")]


def points(table: pd.DataFrame, items: list[str], reverse: bool = True) -> pd.DataFrame:
    """Return 0 to 100 for each answer code; `reverse` turns work_4 round."""
    scored = 25.0 * (5.0 - table[items].astype(float))
    if reverse and "work_4" in items:
        scored["work_4"] = 100.0 - scored["work_4"]
    return scored


def score(table: pd.DataFrame, scale: str, reverse: bool = True) -> pd.Series:
    """Return the mean of the answered items where at least half were answered."""
    items = [item for item in ITEMS if item.startswith(scale)]
    scored = points(table, items, reverse)
    return scored.mean(axis=1).where(scored.notna().sum(axis=1) >= len(items) / 2)


def cells(table: pd.DataFrame) -> pd.Series:
    band = np.searchsorted(TENURE_BANDS, table["tenure_years"], side="right")
    return table["role"] + " " + pd.Series(band.astype(str), index=table.index)


def weighted_mean(invited: pd.DataFrame, values: pd.Series) -> tuple[float, float]:
    """Return the mean over all invited and its 95% interval's half width."""
    cell = cells(invited)
    share = cell.value_counts(normalize=True)
    answered = values.dropna().groupby(cell)
    mean = float((share * answered.mean()).sum())
    variance = float((share**2 * answered.var() / answered.size()).sum())
    return mean, 1.96 * variance**0.5


def plain_mean(values: pd.Series) -> tuple[float, float]:
    known = values.dropna()
    return float(known.mean()), 1.96 * float(known.std() / len(known) ** 0.5)


def alpha_interval(scored: pd.DataFrame) -> tuple[float, float]:
    """Return Feldt's 95% interval of Cronbach's alpha."""
    known = scored.dropna()
    people, items = known.shape
    alpha = items / (items - 1) * (1 - known.var().sum() / known.sum(axis=1).var())
    spread = stats.f(people - 1, (people - 1) * (items - 1))
    return 1 - (1 - alpha) * spread.ppf(0.975), 1 - (1 - alpha) * spread.ppf(0.025)


def omega(scored: np.ndarray) -> float:
    """Return McDonald's omega from one common factor (principal axes)."""
    covariance = np.cov(scored, rowvar=False)
    unique = np.diag(covariance) / 2
    for _ in range(100):
        values, vectors = np.linalg.eigh(covariance - np.diag(unique))
        loading = vectors[:, -1] * values[-1] ** 0.5
        unique = np.diag(covariance) - loading**2
    return float(loading.sum() ** 2 / (loading.sum() ** 2 + unique.sum()))


def icc_interval(values: pd.Series, groups: pd.Series) -> tuple[float, float]:
    """Return the 95% interval of the one-way intraclass correlation (Searle)."""
    known = values.dropna()
    grouped = known.groupby(groups)
    size, means = grouped.size(), grouped.mean()
    between = float((size * (means - known.mean()) ** 2).sum()) / (len(size) - 1)
    within = float(((known - grouped.transform("mean")) ** 2).sum()) / (len(known) - len(size))
    typical = (len(known) - float((size**2).sum()) / len(known)) / (len(size) - 1)
    ratio = between / within
    spread = stats.f(len(size) - 1, len(known) - len(size))
    low, high = (ratio / spread.ppf(q) for q in (0.975, 0.025))
    return (low - 1) / (low - 1 + typical), (high - 1) / (high - 1 + typical)


def leave_slope(table: pd.DataFrame, adjust: bool) -> tuple[float, float]:
    """Return log odds of leaving per 10 points of work score and the half width."""
    answered = table[table["responded"]]
    causes = pd.DataFrame({"work": score(answered, "work") / 10.0})
    if adjust:
        causes["safety"] = answered["psychological_safety"].astype(float)
        band = np.searchsorted(TENURE_BANDS, answered["tenure_years"], side="right")
        for level in (2, 3, 4):
            causes[f"band_{level}"] = (band == level).astype(float)
    known = causes["work"].notna()
    fit = sm.Logit(
        answered.loc[known, "intends_to_leave"].astype(float), sm.add_constant(causes[known])
    ).fit(
        disp=0,
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(answered.loc[known, "staff"])[0]},
    )
    return float(fit.params["work"]), 1.96 * float(fit.bse["work"])


@pytest.fixture(scope="module")
def survey() -> pd.DataFrame:
    return SIMULATION.table()


@pytest.fixture(scope="module")
def first(survey: pd.DataFrame) -> pd.DataFrame:
    return survey[survey["wave"] == 1]


@pytest.mark.parametrize("scale", ["personal", "work"])
def test_scored_and_weighted_mean_recovers_the_mean_of_all_invited(
    first: pd.DataFrame, scale: str
) -> None:
    mean, margin = weighted_mean(first, score(first, scale))
    assert mean == pytest.approx(SIMULATION.truth(f"mean_{scale}"), abs=margin)


def test_client_mean_of_staff_who_see_patients_is_recovered(first: pd.DataFrame) -> None:
    clinical = first[~first["role"].isin(["administrative", "manager"])]
    mean, margin = weighted_mean(clinical, score(clinical, "client"))
    assert mean == pytest.approx(SIMULATION.truth("mean_client"), abs=margin)


def test_mean_without_reversal_misses_the_truth(first: pd.DataFrame) -> None:
    mean, margin = weighted_mean(first, score(first, "work", reverse=False))
    assert mean - margin > SIMULATION.truth("mean_work")


def test_alpha_is_recovered_with_reversal_and_too_low_without(first: pd.DataFrame) -> None:
    low, high = alpha_interval(points(first, WORK))
    naive_low, naive_high = alpha_interval(points(first, WORK, reverse=False))
    assert low < SIMULATION.truth("alpha_work") < high
    assert naive_low < naive_high < SIMULATION.truth("alpha_work")


def test_omega_is_recovered_and_lies_above_alpha(first: pd.DataFrame) -> None:
    scored = points(first, WORK).dropna().to_numpy()
    rng = np.random.default_rng(0)
    again = [omega(scored[rng.integers(0, len(scored), len(scored))]) for _ in range(60)]
    margin = 1.96 * np.std(again, ddof=1)
    assert omega(scored) == pytest.approx(SIMULATION.truth("omega_work"), abs=margin)
    assert omega(scored) > np.mean(alpha_interval(points(first, WORK)))


def test_difference_between_roles_is_recovered(first: pd.DataFrame) -> None:
    means, margins = zip(
        *(
            weighted_mean(invited, score(invited, "work"))
            for invited in (first[first["role"] == role] for role in ("nurse", "administrative"))
        ),
        strict=True,
    )
    truth = SIMULATION.truth("nurse_minus_administrative")
    assert means[0] - means[1] == pytest.approx(truth, abs=float(np.hypot(*margins)))


@pytest.mark.parametrize("wave", [1, 2, 3])
def test_weighting_recovers_the_prevalence_and_respondents_alone_understate_it(
    survey: pd.DataFrame, wave: int
) -> None:
    invited = survey[survey["wave"] == wave]
    work = score(invited, "work")
    high = (100.0 * (work >= 50)).where(work.notna())
    truth = SIMULATION.truth(f"prevalence_work_wave_{wave}")
    mean, margin = weighted_mean(invited, high)
    naive, naive_margin = plain_mean(high)
    assert mean == pytest.approx(truth, abs=margin)
    assert naive + naive_margin < truth


def test_variation_between_units_is_recovered(first: pd.DataFrame) -> None:
    low, high = icc_interval(score(first, "work"), first["unit"])
    assert low < SIMULATION.truth("icc_unit") + SIMULATION.truth("icc_hospital") < high


def test_leave_intention_slope_is_recovered_with_its_other_causes(survey: pd.DataFrame) -> None:
    truth = SIMULATION.truth("leave_per_ten_points")
    slope, margin = leave_slope(survey, adjust=True)
    naive, _ = leave_slope(survey, adjust=False)
    assert slope == pytest.approx(truth, abs=margin)
    assert naive > slope


def test_ratings_of_safety_and_leader_keep_their_stated_slopes(survey: pd.DataFrame) -> None:
    answered = survey[survey["responded"]]
    work = score(answered, "work")
    known = answered[work.notna()].assign(work=work)
    columns = ["psychological_safety", "leadership_score"]
    frame = pd.get_dummies(
        known[[*columns, "role"]].assign(wave=known["wave"].astype(str)), drop_first=True
    ).astype(float)
    band = np.searchsorted(TENURE_BANDS, known["tenure_years"], side="right")
    frame = frame.assign(**{f"band_{n}": (band == n).astype(float) for n in (2, 3, 4)})
    centred = frame - frame.groupby(known["unit"]).transform("mean")
    fit = sm.OLS(known["work"] - known.groupby("unit")["work"].transform("mean"), centred).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(known["staff"])[0]}
    )
    for column, truth in zip(columns, ("safety_on_work", "leadership_on_work"), strict=True):
        low, high = fit.conf_int().loc[column]
        assert low < SIMULATION.truth(truth) < high


def test_late_answers_come_from_more_burnt_out_staff(survey: pd.DataFrame) -> None:
    work = score(survey, "work")
    late = work[survey["days_to_answer"] >= 28].dropna()
    early = work[survey["days_to_answer"] < 14].dropna()
    margin = 1.96 * (late.var() / len(late) + early.var() / len(early)) ** 0.5
    difference = late.mean() - early.mean()
    assert difference == pytest.approx(SIMULATION.truth("late_minus_early"), abs=margin)


def test_true_values_agree_with_groups_in_which_everybody_answers() -> None:
    runs = []
    for seed in range(8):
        table = complete(np.random.Generator(np.random.PCG64(seed)))
        first = table[table["wave"] == 1]
        work = points(first, WORK).mean(axis=1)
        runs.append(
            (work.mean(), 100.0 * (work >= 50).mean(), 100 * first["response_chance"].mean())
        )
    found, error = np.mean(runs, axis=0), np.std(runs, axis=0, ddof=1) / len(runs) ** 0.5
    names = ("mean_work", "prevalence_work_wave_1", "response_wave_1")
    stated = np.array([SIMULATION.truth(name) for name in names])
    assert (np.abs(found - stated) < 4 * error + 0.05).all()


def test_survey_has_the_stated_size_and_blanks_after_no_response(survey: pd.DataFrame) -> None:
    assert len(survey) == 18_000
    assert survey["staff"].nunique() == 6_000
    assert survey.loc[~survey["responded"], survey.columns[7:]].isna().all(axis=None)
