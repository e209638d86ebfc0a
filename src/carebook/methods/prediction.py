"""A score that ranks people by risk: what it finds at a threshold, and how well it ranks."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np
import pandas as pd

from carebook.methods.prevalence import normal_quantile, wilson_interval
from carebook.methods.rates import Estimate


@dataclass(frozen=True)
class AtThreshold:
    """What alerts at a threshold find and miss, as counts and as shares with Wilson intervals.

    Parameters
    ----------
    threshold
        An alert is raised at this score and above.
    true_alerts, false_alerts
        People with an alert who had the outcome, and who had not.
    missed, left_alone
        People without an alert who had the outcome, and who had not.
    level
        Confidence level of the intervals, between 0 and 1.
    """

    threshold: float
    true_alerts: int
    false_alerts: int
    missed: int
    left_alone: int
    level: float = 0.95

    @property
    def people(self) -> int:
        """Return how many people there are."""
        return self.true_alerts + self.false_alerts + self.missed + self.left_alone

    @property
    def alerts(self) -> int:
        """Return how many alerts there are."""
        return self.true_alerts + self.false_alerts

    @property
    def sensitivity(self) -> Estimate:
        """Return the share with an alert among those with the outcome."""
        return self._share(self.true_alerts, self.true_alerts + self.missed)

    @property
    def specificity(self) -> Estimate:
        """Return the share without an alert among those without the outcome."""
        return self._share(self.left_alone, self.left_alone + self.false_alerts)

    @property
    def positive_value(self) -> Estimate:
        """Return the positive predictive value: the share with the outcome among alerts."""
        return self._share(self.true_alerts, self.alerts)

    @property
    def negative_value(self) -> Estimate:
        """Return the negative predictive value: the share without the outcome among the rest."""
        return self._share(self.left_alone, self.left_alone + self.missed)

    @property
    def alert_share(self) -> Estimate:
        """Return the share of people with an alert."""
        return self._share(self.alerts, self.people)

    def _share(self, count: int, n: int) -> Estimate:
        """Return a share with its interval."""
        if n == 0:
            raise ValueError(
                f"threshold {self.threshold:g}: this share is of nobody; choose a threshold with "
                "people on the side that the share is of"
            )
        return Estimate(count / n, *wilson_interval(count, n, self.level))


def at_threshold(
    score: pd.Series, outcome: pd.Series, threshold: float, level: float = 0.95
) -> AtThreshold:
    """Count what alerts at a threshold find and miss.

    Parameters
    ----------
    score
        One number a person; higher means more risk. No blanks.
    outcome
        True or 1 for those who had the outcome, with the row labels of `score`. No blanks.
    threshold
        An alert is raised at this score and above.
    level
        Confidence level of the intervals, between 0 and 1.

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, or the outcome is not a yes and no.

    Notes
    -----
    The intervals take rows as independent. They are too narrow where a person has several rows.
    """
    if isnan(threshold):
        raise ValueError("threshold: it is blank; give a number")
    happened = yes_and_no(score, outcome)
    alert = score.to_numpy(dtype=float) >= threshold
    return AtThreshold(
        threshold=float(threshold),
        true_alerts=int((alert & happened).sum()),
        false_alerts=int((alert & ~happened).sum()),
        missed=int((~alert & happened).sum()),
        left_alone=int((~alert & ~happened).sum()),
        level=level,
    )


def predictive_values(
    sensitivity: float, specificity: float, prevalence: float
) -> tuple[float, float]:
    """Return the positive and the negative predictive value at a prevalence, after Bayes.

    Parameters
    ----------
    sensitivity, specificity, prevalence
        Shares between 0 and 1.

    Raises
    ------
    ValueError
        If one is outside 0 to 1, or there would be no alert, or nobody without one.
    """
    given = {"sensitivity": sensitivity, "specificity": specificity, "prevalence": prevalence}
    for name, share in given.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name}: got {share}; write shares between 0 and 1, 40% as 0.4")
    true_alerts = sensitivity * prevalence
    false_alerts = (1 - specificity) * (1 - prevalence)
    left_alone, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    if not (true_alerts + false_alerts and left_alone + missed):
        raise ValueError(
            "everybody or nobody would have an alert; one of the two values is of none"
        )
    return true_alerts / (true_alerts + false_alerts), left_alone / (left_alone + missed)


def roc_points(score: pd.Series, outcome: pd.Series) -> pd.DataFrame:
    """Return the ROC curve, one row for each threshold that changes it, highest first.

    Parameters
    ----------
    score, outcome
        As in `at_threshold`; the outcome must be a yes for some and a no for others.

    Returns
    -------
    pandas.DataFrame
        ``threshold`` (infinite in the first row, where nobody has an alert), ``sensitivity``,
        ``false_alarms`` (alerts among those without the outcome, 1 − specificity) and
        ``alert_share``, all from 0 to 1.

    Raises
    ------
    ValueError
        As in `at_threshold`, and if everybody or nobody had the outcome.
    """
    happened = _both(score, outcome)
    counted = pd.DataFrame({"yes": happened, "no": ~happened}).groupby(score.to_numpy(dtype=float))
    sums = counted.sum().sort_index(ascending=False).cumsum()
    start = pd.DataFrame({"yes": [0], "no": [0]}, index=[np.inf])
    sums = pd.concat([start, sums])
    return pd.DataFrame(
        {
            "threshold": sums.index.to_numpy(dtype=float),
            "sensitivity": sums["yes"].to_numpy() / happened.sum(),
            "false_alarms": sums["no"].to_numpy() / (~happened).sum(),
            "alert_share": (sums["yes"] + sums["no"]).to_numpy() / len(happened),
        }
    )


def area_under_curve(score: pd.Series, outcome: pd.Series, level: float = 0.95) -> Estimate:
    """Return the area under the ROC curve with DeLong's interval, cut off at 0 and 1.

    It is the chance that somebody with the outcome scores higher than somebody without it, both
    drawn at random; a tie counts half.

    Parameters
    ----------
    score, outcome, level
        As in `at_threshold`; at least two people with the outcome and two without.

    Raises
    ------
    ValueError
        As in `at_threshold`, if fewer than two people are on one side, and if the score tells all
        of them apart (an area of 1 or 0): DeLong's interval would then have no width.

    Notes
    -----
    DeLong ER, DeLong DM, Clarke-Pearson DL (1988), Biometrics 44:837–845, by way of mid-ranks:
    Sun X, Xu W (2014), IEEE Signal Processing Letters 21:1389–1393.
    """
    from scipy.stats import rankdata

    happened = _both(score, outcome)
    ill, well = score.to_numpy(dtype=float)[happened], score.to_numpy(dtype=float)[~happened]
    if min(len(ill), len(well)) < 2:
        raise ValueError("an interval needs two people with the outcome and two without")
    ranks = rankdata(np.concatenate([ill, well]))
    # For each person: the share of the other side that they are on the right side of.
    of_ill = (ranks[: len(ill)] - rankdata(ill)) / len(well)
    of_well = 1 - (ranks[len(ill) :] - rankdata(well)) / len(ill)
    area = float(of_ill.mean())
    if area in (0, 1):
        raise ValueError(
            f"score: it tells all {len(ranks)} people apart (area {area:g}), and DeLong's interval "
            "would have no width; take more people"
        )
    error = sqrt(of_ill.var(ddof=1) / len(ill) + of_well.var(ddof=1) / len(well))
    reach = normal_quantile(level) * error
    return Estimate(area, max(0.0, area - reach), min(1.0, area + reach))


def yes_and_no(score: pd.Series, outcome: pd.Series) -> np.ndarray:
    """Return the outcome as an array of True and False, after refusing what does not fit.

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, or the outcome is not a yes and no.
    """
    if not score.index.equals(outcome.index):
        raise ValueError("outcome: its row labels differ from those of score; take one table")
    if score.isna().any() or outcome.isna().any():
        raise ValueError("score, outcome: there are blanks; drop those rows and say so")
    if not outcome.isin([0, 1]).all():
        raise ValueError("outcome: it holds something other than True, False, 1 and 0")
    if outcome.empty:
        raise ValueError("score, outcome: nobody is given")
    return outcome.to_numpy(dtype=bool)


def refuse_no_risk(risk: pd.Series) -> None:
    """Refuse a column that holds something other than risks from 0 to 1.

    Raises
    ------
    ValueError
        If a value is blank or outside 0 to 1; says in which row.
    """
    wrong = ~risk.between(0, 1).to_numpy(dtype=bool, na_value=False)
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(
            f"risk row {risk.index[row]}: got {risk.iloc[row]}; risks lie between 0 and 1, write "
            "40% as 0.4"
        )


def _both(score: pd.Series, outcome: pd.Series) -> np.ndarray:
    """Return the outcome, refusing one that is the same for everybody."""
    happened = yes_and_no(score, outcome)
    if happened.all() or not happened.any():
        raise ValueError("outcome: yes and no must both occur; there is nothing to tell apart")
    return happened
