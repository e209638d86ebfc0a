"""What missing answers could do to a share: bounds that hold whatever the silent think."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """The lowest and highest share that the answers allow.

    Parameters
    ----------
    share
        Share of yes among those who answered, from 0 to 1; NaN if nobody answered.
    low, high
        Lowest and highest possible share of yes among all who were invited, from 0 to 1.
    response
        Share of the invited who answered, from 0 to 1.
    """

    share: float
    low: float
    high: float
    response: float

    @property
    def width(self) -> float:
        """Return the distance from `low` to `high`."""
        return self.high - self.low


def share_bounds(yes: float, answered: float, invited: float) -> Bounds:
    """Return worst-case bounds for the share of yes among all who were invited.

    At the lower bound everybody who is silent would have said no, at the upper bound everybody
    yes. The distance between the two is the share of the invited who are silent; no larger
    sample makes it smaller.

    Parameters
    ----------
    yes
        How many of those who answered said yes.
    answered
        How many answered.
    invited
        How many were invited.

    Raises
    ------
    ValueError
        If the numbers do not lie in the order 0 ≤ yes ≤ answered ≤ invited, or nobody was
        invited.

    Notes
    -----
    Manski CF (1989), Journal of Human Resources 24:343–360; Horowitz JL, Manski CF (1998),
    Journal of Econometrics 84:37–58. The bounds say nothing about chance.
    """
    _refuse_disorder(yes, answered, invited)
    share = yes / answered if answered else float("nan")
    silent = invited - answered
    return Bounds(share, yes / invited, (yes + silent) / invited, answered / invited)


def gap_bounds(yes: float, answered: float, invited: float, gap: float) -> Bounds:
    """Return bounds for the share of yes if the silent differ by no more than a stated gap.

    The share among the silent is taken to lie within `gap` of the share among those who answered,
    and within 0 and 1. A gap of 0 says that the silent are like the rest; a gap of 1 gives the
    worst case. The gap is a judgement from outside: no answer in the survey can support it.

    Parameters
    ----------
    yes, answered, invited
        As for `share_bounds`; at least one person answered.
    gap
        Largest difference between the two shares, from 0 to 1 (10 percentage points: 0.10).

    Raises
    ------
    ValueError
        If nobody answered, if `gap` is outside 0 to 1, or as for `share_bounds`.
    """
    worst = share_bounds(yes, answered, invited)
    if answered == 0:
        raise ValueError("answered: got 0; a gap needs the share of at least one person")
    if not 0 <= gap <= 1:
        raise ValueError(f"gap: got {gap}; write 10 percentage points as 0.10")
    lowest, highest = max(0.0, worst.share - gap), min(1.0, worst.share + gap)
    known, silent = worst.response * worst.share, 1 - worst.response
    return Bounds(worst.share, known + silent * lowest, known + silent * highest, worst.response)


def tipping_share(yes: float, answered: float, invited: float, target: float) -> float:
    """Return the share of yes among the silent at which the share of all reaches `target`.

    Parameters
    ----------
    yes, answered, invited
        As for `share_bounds`; at least one of the invited is silent.
    target
        Share among all who were invited, from 0 to 1.

    Returns
    -------
    float
        Below 0 or above 1 if no answers of the silent could bring the share to `target`.

    Raises
    ------
    ValueError
        If everybody answered, if `target` is outside 0 to 1, or as for `share_bounds`.
    """
    _refuse_disorder(yes, answered, invited)
    if not 0 <= target <= 1:
        raise ValueError(f"target: got {target}; write 50% as 0.50")
    if answered == invited:
        raise ValueError("answered: everybody did, so there is nobody silent to ask about")
    return (target * invited - yes) / (invited - answered)


def _refuse_disorder(yes: float, answered: float, invited: float) -> None:
    """Refuse counts that cannot be."""
    if invited <= 0:
        raise ValueError(f"invited: got {invited}; at least one person must be invited")
    if not 0 <= yes <= answered <= invited:
        raise ValueError(
            f"got yes = {yes}, answered = {answered}, invited = {invited}; "
            "they must lie in the order 0 ≤ yes ≤ answered ≤ invited"
        )
