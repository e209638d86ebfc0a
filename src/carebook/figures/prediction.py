"""Drawings of a score: ROC curves, calibration, decision curves, and alerts against patients."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, mark_simulated, new_figure, style
from carebook.figures.palette import INK, MARKERS, PALETTE, PANEL, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NARROW = 5.8
SQUARE = 4.4
LINES = ("-", "--", "-.", ":")
EMPTY_CORNER = 22  # characters of a label beside a mark


def roc_curves(
    curves: Mapping[str, pd.DataFrame],
    marks: Mapping[str, tuple[float, float]],
    *,
    simulated: bool,
) -> Figure:
    """Draw ROC curves, with a point on each where its alerts are raised.

    Parameters
    ----------
    curves
        By name: from `carebook.methods.prediction.roc_points`, at most four.
    marks
        By the same names: false alarms and sensitivity at the threshold, as shares.
    simulated
        Whether the data are simulated; if so, the figure says so.

    Raises
    ------
    ValueError
        If there are more than four curves.
    """
    _refuse_many(curves)
    with style():
        figure, axes = new_figure(SQUARE, SQUARE + 0.2)
        axes.plot([0, 100], [0, 100], color=QUIET, linewidth=1.2, linestyle=":", label="by lot")
        for number, (name, curve) in enumerate(curves.items()):
            axes.plot(
                100 * curve["false_alarms"], 100 * curve["sensitivity"],
                linestyle=LINES[number], color=PALETTE[number], label=name,
            )  # fmt: skip
            if name in marks:
                across, up = marks[name]
                _mark(axes, 100 * across, 100 * up, number)
        axes.set(xlim=(0, 100), ylim=(0, 100), aspect="equal")
        axes.set(
            xlabel="False alarms, per 100 without the event", ylabel="Found, per 100 with the event"
        )
        axes.legend(loc="lower right")
        if simulated:
            mark_simulated(axes)
    return figure


def calibration_curves(groups: Mapping[str, pd.DataFrame], *, simulated: bool) -> Figure:
    """Draw what happened against what was predicted, with the line on which they agree.

    Parameters
    ----------
    groups
        By name: from `carebook.methods.calibration.calibration_groups`, at most four.
    simulated
        Whether the data are simulated; if so, the figure says so.

    Raises
    ------
    ValueError
        If there are more than four.
    """
    _refuse_many(groups)
    with style():
        figure, axes = new_figure(NARROW, 5.0)
        top = 100 * max(
            max(each["high"].max(), each["predicted"].max()) for each in groups.values()
        )
        axes.plot(
            [0, top], [0, top], color=QUIET, linewidth=1.2, linestyle=":", label="as predicted"
        )
        for number, (name, table) in enumerate(groups.items()):
            across, up = 100 * table["predicted"], 100 * table["observed"]
            axes.vlines(
                across,
                100 * table["low"],
                100 * table["high"],
                color=PALETTE[number],
                linewidth=1.2,
            )
            axes.plot(
                across, up, MARKERS[number], linestyle=LINES[number], linewidth=1.4, markersize=7,
                color=PALETTE[number], markeredgecolor=PANEL, label=name,
            )  # fmt: skip
        axes.set(xlim=(0, 1.04 * 100 * max(t["predicted"].max() for t in groups.values())))
        axes.set(ylim=(0, 1.02 * top))
        axes.set(xlabel="Predicted, per 100", ylabel="Happened, per 100")
        axes.grid(axis="y")
        axes.legend(loc="upper left")
        if simulated:
            mark_simulated(axes)
    return figure


def decision_curves(table: pd.DataFrame, *, simulated: bool, lowest: float = -0.5) -> Figure:
    """Draw net benefit over thresholds; acting on everybody and on nobody are thin and grey.

    Parameters
    ----------
    table
        From `carebook.methods.decision_curve.decision_curve`: thresholds as row labels, at most
        four scores, and ``everybody`` and ``nobody``.
    simulated
        Whether the data are simulated; if so, the figure says so.
    lowest
        Lower end of the vertical axis, in patients per 100; what lies below is cut off.

    Raises
    ------
    ValueError
        If there are more than four scores.
    """
    scores = [name for name in table.columns if name not in ("everybody", "nobody")]
    _refuse_many(scores)
    per_100 = 100 * table
    with style():
        figure, axes = new_figure(NARROW, 4.8)
        across = 100 * per_100.index
        axes.plot(
            across, per_100["everybody"], color=QUIET, linewidth=1.4, linestyle=":",
            label="everybody",
        )  # fmt: skip
        axes.axhline(0, color=QUIET, linewidth=1.4, label="nobody")
        for number, name in enumerate(scores):
            axes.plot(
                across, per_100[name], linestyle=LINES[number], color=PALETTE[number], label=name
            )
        top = per_100[[*scores, "everybody"]].to_numpy().max()
        axes.set(xlim=(across.min(), across.max()), ylim=(lowest, 1.06 * top))
        axes.set(xlabel="Acting is worth while from this risk, %", ylabel="Net benefit, per 100")
        axes.grid(axis="y")
        axes.legend(loc="upper right", title="Alerts for")
        if simulated:
            mark_simulated(axes)
    return figure


def burden_curve(
    table: pd.DataFrame, marks: Mapping[str, tuple[float, float]], *, simulated: bool
) -> Figure:
    """Draw the share of patients found or reached against alerts for each nurse and shift.

    Parameters
    ----------
    table
        Row labels are alerts for each nurse and shift; one column a line, named in the legend,
        as shares from 0 to 1; at most four.
    marks
        Points to name: alerts and share, by the words beside it.
    simulated
        Whether the data are simulated; if so, the figure says so.

    Raises
    ------
    ValueError
        If there are more than four columns.
    """
    _refuse_many(table.columns)
    with style():
        figure, axes = new_figure(NARROW, 4.8)
        for number, name in enumerate(table.columns):
            axes.plot(
                table.index, 100 * table[name], linestyle=LINES[number], color=PALETTE[number],
                label=name,
            )  # fmt: skip
        for words, (across, up) in marks.items():
            axes.plot(across, 100 * up, "o", color=INK, markersize=7, zorder=5)
            axes.annotate(
                fill(words, EMPTY_CORNER),
                xy=(across, 100 * up),
                xytext=(9, -4),
                textcoords="offset points",
                va="top",
                fontsize=SMALLEST_TEXT,
                bbox={"boxstyle": "square,pad=0.1", "facecolor": PANEL, "edgecolor": "none"},
            )
        axes.set(xlim=(0, table.index.max()), ylim=(0, None))
        axes.set(xlabel="Alerts for each nurse and shift", ylabel="Per 100 who deteriorate")
        axes.grid(axis="y")
        figure.legend(loc="outside lower center", ncols=1)
        if simulated:
            mark_simulated(axes)
    return figure


def _mark(axes: Axes, across: float, up: float, number: int) -> None:
    """Draw a point on a curve in its colour and shape."""
    axes.plot(
        across, up, MARKERS[number], color=PALETTE[number], markersize=10, markeredgecolor=PANEL,
        zorder=5,
    )  # fmt: skip


def _refuse_many(names: object) -> None:
    """Refuse more lines than their strokes tell apart."""
    many = len(list(names))  # type: ignore[call-overload]
    if many > len(LINES):
        raise ValueError(f"got {many} lines to draw; at most {len(LINES)} can be told apart")
