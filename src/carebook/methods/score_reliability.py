"""How reliable a unit's mean score is, and how many answers it takes."""

from __future__ import annotations

from math import ceil


def reliability_of(answers: float, icc: float) -> float:
    """Return how reliable a unit's mean score is: 0 all chance, 1 none.

    Parameters
    ----------
    answers
        Answers from one unit, more than 0.
    icc
        Intraclass correlation, as `carebook.methods.clusters.intraclass_correlation` gives it:
        more than 0 and less than 1.

    Raises
    ------
    ValueError
        If a number is outside its limits.

    Notes
    -----
    Variance between units over that of a unit's mean, which is also the correlation to be
    expected between the means of two sets of so many answers (Spearman-Brown formula).
    """
    _refuse_icc(icc)
    if not answers > 0:
        raise ValueError(f"answers: got {answers}; it must be more than 0")
    return answers * icc / (1 + (answers - 1) * icc)


def answers_needed(icc: float, reliability: float = 0.8) -> int:
    """Return the fewest answers with which a unit's mean score reaches a reliability.

    Parameters
    ----------
    icc
        Intraclass correlation, more than 0 and less than 1.
    reliability
        What is wanted, more than 0 and less than 1.

    Raises
    ------
    ValueError
        If a number is outside its limits.
    """
    _refuse_icc(icc)
    if not 0 < reliability < 1:
        raise ValueError(f"reliability: got {reliability}; it must lie between 0 and 1")
    exact = reliability / (1 - reliability) * (1 - icc) / icc
    return max(1, ceil(exact - 1e-9))  # what rounding adds must not cost an answer


def _refuse_icc(icc: float) -> None:
    """Refuse what leaves nothing to find, or nothing to average."""
    if not 0 < icc < 1:
        raise ValueError(
            f"icc: got {icc}; it must lie between 0 and 1 (at 0 or below, units do not differ "
            "more than chance, and no number of answers tells them apart)"
        )
