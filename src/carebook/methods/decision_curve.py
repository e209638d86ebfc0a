"""Net benefit: patients found, minus false alarms at the price that a threshold puts on them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from carebook.methods.prediction import at_threshold, refuse_no_risk


def net_benefit(
    score: pd.Series,
    outcome: pd.Series,
    threshold: float,
    price: float | None = None,
    answered: float = 1.0,
) -> float:
    """Return the net benefit of alerts at a threshold, in patients found for each person.

    Whoever acts at a risk of 10% and not below says that one patient found is worth nine false
    alarms. The threshold so puts a price on a false alarm, its odds, and net benefit is true
    alerts minus false alerts at that price, divided by everybody.

    Parameters
    ----------
    score
        Predicted risks, one a person, from 0 to 1; no blanks.
    outcome
        True or 1 for those who had the outcome, with the row labels of `score`.
    threshold
        An alert is raised at this score and above, between 0 and 1.
    price
        The risk at which acting is just worth while, between 0 and 1: its odds are the price of
        a false alarm. Without it the threshold itself.
    answered
        Share of the true alerts that somebody answers in time. The others find nobody; their
        false alarms have rung all the same.

    Raises
    ------
    ValueError
        If something is blank, the row labels differ, a risk, `threshold` or `price` is not
        between 0 and 1, or `answered` is outside 0 to 1.

    Notes
    -----
    Vickers AJ, Elkin EB (2006), Medical Decision Making 26:565–574. `answered` is our addition.
    """
    chosen = threshold if price is None else price
    for name, value in (("threshold", threshold), ("price", chosen)):
        if not 0 < value < 1:
            raise ValueError(f"{name}: got {value}; it must lie between 0 and 1, write 8% as 0.08")
    if not 0 <= answered <= 1:
        raise ValueError(f"answered: got {answered}; write a share between 0 and 1")
    found = at_threshold(score, outcome, threshold)
    refuse_no_risk(score)
    cost = found.false_alerts * chosen / (1 - chosen)
    return (answered * found.true_alerts - cost) / found.people


def net_benefit_of_all(outcome: pd.Series, threshold: float) -> float:
    """Return the net benefit of raising an alert for everybody.

    Parameters
    ----------
    outcome
        True or 1 for those who had the outcome; no blanks.
    threshold
        The risk at which acting is just worth while, between 0 and 1.

    Raises
    ------
    ValueError
        If something is blank or `threshold` is not between 0 and 1.
    """
    everybody = pd.Series(1.0, index=outcome.index)
    return net_benefit(everybody, outcome, threshold)


def decision_curve(
    scores: pd.DataFrame, outcome: pd.Series, thresholds: Iterable[float]
) -> pd.DataFrame:
    """Return net benefit over thresholds, for several scores and for two rules without a score.

    Parameters
    ----------
    scores
        One column of predicted risks a score.
    outcome
        True or 1 for those who had the outcome, with the row labels of `scores`.
    thresholds
        Risks at which acting is just worth while, between 0 and 1; each is where alerts are
        raised, too.

    Returns
    -------
    pandas.DataFrame
        One row a threshold, one column a score, and ``everybody`` and ``nobody``.

    Raises
    ------
    ValueError
        As in `net_benefit`, if a score has one of these two names or that of another, and if
        there is no threshold.
    """
    names = pd.Index([*scores.columns, "everybody", "nobody"])
    if names.has_duplicates:
        twice = names[names.duplicated()][0]
        raise ValueError(f"scores: the name {twice} is taken; give the column another")
    steps = [float(each) for each in thresholds]
    if not steps:
        raise ValueError("thresholds: there is none; give one or more")
    curves = {
        str(name): [net_benefit(scores[name], outcome, step) for step in steps] for name in scores
    }
    curves["everybody"] = [net_benefit_of_all(outcome, step) for step in steps]
    curves["nobody"] = [0.0] * len(steps)
    return pd.DataFrame(curves, index=pd.Index(steps, name="threshold"))
