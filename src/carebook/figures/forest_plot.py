"""Forest plot: every study of a review on its line, and what they say together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import isnan
from typing import TYPE_CHECKING

import pandas as pd

from carebook.figures.forest_lines import Line, forest_lines
from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import INK, PANEL, QUIET, RATIONAL, RELATIONAL, RULE
from carebook.methods.pooling import Pool, is_ratio

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINE_HEIGHT = 0.25
DIAMOND = 0.32
MEASURES = {
    "SMD": "Standardised mean difference",
    "MD": "Mean difference",
    "OR": "Odds ratio, log scale",
    "RR": "Risk ratio, log scale",
    "HR": "Hazard ratio, log scale",
    "IRR": "Rate ratio, log scale",
    "r": "Correlation",
}
# Shares of the figure's width: names from, plot up to, effects up to, weights up to.
NAMES, PLOT_END, EFFECTS, WEIGHTS = 0.012, 0.65, 0.90, 0.99
GAP = 0.012
MOST_TICKS = 6
COARSE_TICKS = (0.01, 0.1, 0.5, 1, 2, 5, 10, 50, 100)
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20, 50, 100)


def forest(
    rows: pd.DataFrame,
    pool: Pool | None = None,
    groups: Mapping[Hashable, Pool] | None = None,
    *,
    by: str = "subgroup",
    favours: tuple[str, str] = ("", ""),
    label: str = "",
    title: str = "",
    simulated: bool = False,
) -> Figure:
    """Draw a forest plot.

    Parameters
    ----------
    rows
        Rows of the table ``study_level``: ``study``, ``measure``, ``estimate``, ``ci_low``,
        ``ci_high``, and ``year`` where known. A study without an interval is drawn hollow and
        has no weight.
    pool
        The pool of all rows that have an interval, from `carebook.methods.pooling`; its weights
        set the size of the squares.
    groups
        Pools of the groups in column `by`, in the order to draw them.
    by
        Column that names each row's group; used only with `groups`.
    favours
        What lies to the left and to the right of no effect, for example ``("less burnout",
        "more burnout")``; printed after "favours".
    label
        What the horizontal axis shows; taken from the measure when left out.
    title
        One line above the figure.
    simulated
        Whether the rows are simulated; if so, the figure says so.

    Returns
    -------
    matplotlib.figure.Figure
        Seven inches wide; its height follows from the number of lines.

    Raises
    ------
    ValueError
        If ratios and differences are mixed, a group of `rows` is not in `groups`, or the pool
        was made of other rows.
    """
    ratio = is_ratio(rows)
    lines = forest_lines(rows, pool, groups, by)
    with style():
        figure, axes = _new_axes(lines, title)
        for place, line in enumerate(lines):
            _draw_mark(axes, place, line)
        _frame(axes, len(lines), ratio)
        _write_columns(axes, lines)
        _directions(figure, axes, favours, 1 if ratio else 0)
        axes.set_xlabel(label or _scale_name(set(rows["measure"]), ratio), labelpad=20)
        if simulated:
            mark_simulated(axes)
    return figure


def _new_axes(lines: list[Line], title: str) -> tuple[Figure, Axes]:
    """Return axes between a column of names and two columns of numbers."""
    head, foot = (0.75 if title else 0.4), 0.85
    rows = LINE_HEIGHT * len(lines)
    height = head + foot + rows
    figure, axes = new_figure(WIDTH, height)
    left = NAMES + 2 * GAP + max(_width(figure, line.name, line.kind) for line in lines)
    right = PLOT_END if _weighted(lines) else PLOT_END + WEIGHTS - EFFECTS
    figure.set_layout_engine("none")
    axes.set_position((left, foot / height, right - left, rows / height))
    figure.text(NAMES, 1 - 0.12 / height, title, fontsize=12, fontweight="bold", va="top")
    return figure, axes


def _width(figure: Figure, words: str, kind: str = "") -> float:
    """Return how wide words are when written, as a share of the figure's width."""
    text = figure.text(0, 0, words, fontsize=SMALLEST_TEXT, fontweight=_weight(kind))
    width = text.get_window_extent().width / figure.bbox.width
    text.remove()
    return float(width)


def _weight(kind: str) -> str:
    """Return the weight of type for a kind of line."""
    return "bold" if kind in ("pool", "heading") else "normal"


def _scale_name(measures: set[str], ratio: bool) -> str:
    """Return what the scale shows, in words."""
    if len(measures) > 1:
        return "Ratio, log scale" if ratio else "Effect"
    return MEASURES.get(min(measures), "Effect")


def _weighted(lines: list[Line]) -> bool:
    """Return whether any line has a weight, so that a column for weights is needed."""
    return any(line.share for line in lines)


def _draw_mark(axes: Axes, place: int, line: Line) -> None:
    """Draw the mark of one line: square, diamond or dashed bar."""
    if line.kind == "study":
        _draw_study(axes, place, line)
    elif line.kind == "pool":
        axes.fill(
            [line.low, line.estimate, line.high, line.estimate],
            [place, place - DIAMOND, place, place + DIAMOND],
            facecolor=RELATIONAL,
            edgecolor=INK,
            linewidth=0.8,
            zorder=3,
        )
    elif line.kind == "prediction":
        axes.plot([line.low, line.high], [place, place], color=INK, lw=1.6, linestyle=(0, (2, 1)))


def _draw_study(axes: Axes, place: int, line: Line) -> None:
    """Draw a study: a square whose area follows its weight, hollow without an interval."""
    hollow = isnan(line.low)
    if not hollow:
        axes.plot([line.low, line.high], [place, place], color=RATIONAL, linewidth=1.4)
    size = 6.0 if isnan(line.weight) else 3.0 + 22.0 * line.weight**0.5
    axes.plot(
        line.estimate,
        place,
        marker="o" if hollow else "s",
        markersize=min(size, 13.0),
        markerfacecolor=PANEL if hollow else RATIONAL,
        markeredgecolor=RATIONAL,
        zorder=3,
    )


def _frame(axes: Axes, lines: int, ratio: bool) -> None:
    """Draw the line of no effect and the scale."""
    axes.axvline(1 if ratio else 0, color=INK, linewidth=1.1, zorder=1)
    axes.set_ylim(lines - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=RULE)
    if ratio:
        _log_scale(axes)


def _log_scale(axes: Axes) -> None:
    """Set a log scale whose ticks are plain numbers that do not crowd each other."""
    axes.set_xscale("log")
    low, high = axes.get_xlim()
    ticks = [tick for tick in TICKS if low <= tick <= high]
    if len(ticks) > MOST_TICKS:
        ticks = [tick for tick in COARSE_TICKS if low <= tick <= high]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)


def _write_columns(axes: Axes, lines: list[Line]) -> None:
    """Write names on the left, effects and weights on the right of the plot."""
    weighted = _weighted(lines)
    effects = EFFECTS if weighted else WEIGHTS
    heads = [Line("head", "")]
    for place, line in enumerate(heads + lines, start=-1):
        head = line.kind == "head"
        cells = (
            (NAMES, "left", line.name),
            (effects, "right", "Effect (95% interval)" if head else line.interval),
            (WEIGHTS, "right", ("Weight" if weighted else "") if head else line.share),
        )
        for across, side, words in cells:
            _write(axes, place, across, side, words, line.kind)


def _write(axes: Axes, place: int, across: float, side: str, words: str, kind: str) -> None:
    """Write one cell at a share of the figure's width."""
    from matplotlib.transforms import blended_transform_factory

    axes.text(
        across,
        place,
        words,
        transform=blended_transform_factory(axes.figure.transFigure, axes.transData),
        ha=side,
        va="center",
        fontsize=SMALLEST_TEXT,
        fontweight=_weight(kind),
        color=QUIET if kind == "head" else INK,
    )


def _directions(figure: Figure, axes: Axes, favours: tuple[str, str], none: float) -> None:
    """Write under the scale what lies on either side of no effect."""
    left, right = (words and f"favours {words}" for words in favours)
    left, right = left and f"◀ {left}", right and f"{right} ▶"
    # Beside the line of no effect, but never beyond the edges of the figure.
    line = _across(figure, axes, none)
    left_end = max(line - GAP, NAMES + _width(figure, left)) if left else line - GAP
    right_start = max(left_end + 2 * GAP, min(line + GAP, WEIGHTS - _width(figure, right)))
    for across, side, words in ((left_end, "right", left), (right_start, "left", right)):
        axes.annotate(
            words,
            xy=(across, 0),
            xycoords=(figure.transFigure, axes.transAxes),
            xytext=(0, -22),
            textcoords="offset points",
            ha=side,
            va="top",
            fontsize=SMALLEST_TEXT,
            color=QUIET,
        )


def _across(figure: Figure, axes: Axes, value: float) -> float:
    """Return where a value of the scale lies, as a share of the figure's width."""
    axes.get_xlim()  # settles the limits first
    point = axes.transData.transform((value, 0.0))
    return float(figure.transFigure.inverted().transform(point)[0])
