"""Figures of what a cut-off does: scales side by side, and the share counted at every cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, style
from carebook.figures.palette import INK, PALETTE, RATIONAL, RELATIONAL
from carebook.methods.prevalence import prevalence

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A third hue would do; line styles tell the curves apart without colour.
LINE_STYLES = ("-", "--", ":")
BAR = 12.5


def scales_with_cutoff(scores: pd.DataFrame, cutoff: float, *, simulated: bool) -> Figure:
    """Draw the distribution of each scale with a cut-off, one above the other.

    Parameters
    ----------
    scores
        One row a person, one column a scale, scores from 0 to 100; blanks are left out.
    cutoff
        In points. Bars that begin at or above it are drawn in the second colour, and the share
        of people there is written beside them.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    import seaborn
    from matplotlib import pyplot

    edges = list(np.arange(0, 100 + BAR, BAR))
    with style():
        figure, rows = pyplot.subplots(
            len(scores.columns), figsize=(WIDTH, 1.7 * len(scores.columns)), sharex=True,
            sharey=True, layout="constrained", squeeze=False,
        )  # fmt: skip
        pyplot.close(figure)
        for axes, name in zip(rows[:, 0], scores.columns, strict=True):
            scored = scores[name].dropna()
            seaborn.histplot(x=scored, bins=edges, color=RATIONAL, edgecolor="white", ax=axes)
            _mark_beyond(axes, cutoff, float((scored >= cutoff).mean()))
            axes.set_title(f"{name} (n = {len(scored):,})", fontsize=10.5)
            axes.set(ylabel="People", xlabel="Score, 0 to 100 points", xlim=(0, 100))
            axes.set_xticks(range(0, 101, 25))
        if simulated:
            mark_simulated(rows[0, 0])
    return figure


def _mark_beyond(axes: Axes, cutoff: float, share: float) -> None:
    """Colour the bars from the cut-off on and write the share of people beyond it."""
    for bar in axes.patches:
        if bar.get_x() >= cutoff:  # type: ignore[attr-defined]
            bar.set_facecolor(RELATIONAL)
            bar.set_hatch("////")
    axes.axvline(cutoff, color=INK, linestyle="--", linewidth=1.8)
    axes.annotate(
        f"{100 * share:.0f}% at {cutoff:g} or above", xy=(0.98, 0.82), xycoords="axes fraction",
        ha="right", fontsize=SMALLEST_TEXT + 1, color=INK,
    )  # fmt: skip


def shares_by_cutoff(
    scores: pd.DataFrame, *, simulated: bool, cutoffs: tuple[float, ...] = tuple(range(25, 91))
) -> Figure:
    """Draw the share of people at or above every cut-off, a curve with a band for each scale.

    Parameters
    ----------
    scores
        One row a person, one column a scale, scores from 0 to 100; blanks are left out.
    simulated
        Whether the data are simulated; if so, the figure says so.
    cutoffs
        The cut-offs in points. The bands are 95% Wilson intervals.
    """
    import seaborn
    from matplotlib import pyplot

    with style():
        figure, axes = pyplot.subplots(figsize=(WIDTH, 4.2), layout="constrained")
        pyplot.close(figure)
        for name, line, colour in zip(scores.columns, LINE_STYLES, PALETTE, strict=False):
            curve = _curve(scores[name].dropna(), cutoffs)
            axes.fill_between(
                curve.index, 100 * curve["low"], 100 * curve["high"], color=colour, alpha=0.25
            )
            seaborn.lineplot(
                x=curve.index, y=100 * curve["share"], color=colour, linestyle=line, ax=axes,
                label=str(name),
            )  # fmt: skip
        axes.set(xlabel="Cut-off, points", ylabel="Counted as burnt out, %", ylim=(0, 100))
        axes.set_xlim(min(cutoffs), max(cutoffs))
        axes.grid(axis="y")
        axes.legend(title="Scale")
        if simulated:
            mark_simulated(axes)
    return figure


def _curve(scored: pd.Series, cutoffs: tuple[float, ...]) -> pd.DataFrame:
    """Return share and interval for each cut-off, as one row a cut-off."""
    rows = {cutoff: prevalence(scored >= cutoff).iloc[0] for cutoff in cutoffs}
    return pd.DataFrame(rows).T
