"""Figures of trials that draw lots for whole units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import INK, QUIET, RATIONAL, RELATIONAL
from carebook.methods.clusters import effective_people
from carebook.methods.input_checks import refuse_strangers

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_PEOPLE = 100
LOOKS = ((RATIONAL, "-"), (RELATIONAL, "--"), (INK, "-."), (QUIET, ":"))


def units_by_arm(
    change: pd.Series,
    units: pd.Series,
    arms: pd.Series,
    *,
    label: str,
    simulated: bool,
) -> Figure:
    """Draw each unit of a trial as one dot, in two columns, with the mean of each arm.

    Parameters
    ----------
    change
        A number for each person, in the unit named in `label`; no blanks.
    units, arms
        Unit and arm of each person, with the same row labels. There are two arms.
    label
        What the vertical axis shows, with its unit.
    simulated
        Whether the data are simulated; if so, the figure says so.

    Returns
    -------
    matplotlib.figure.Figure
        The area of a dot follows the number of people; the bar is the mean of the units' means.

    Raises
    ------
    ValueError
        If row labels differ, something is blank, there are not two arms, or a unit stands in both.
    """
    refuse_strangers(change, units)
    refuse_strangers(arms, units)
    table = pd.DataFrame({"change": change, "unit": units, "arm": arms})
    means = table.groupby(["arm", "unit"], observed=True)["change"].agg(["mean", "size"])
    names = list(means.index.unique("arm"))
    if len(names) != 2:
        raise ValueError(f"arms: got {len(names)}; a trial of two arms is drawn here")
    if len(means) != table["unit"].nunique():
        raise ValueError("units: one stands in both arms; lots are drawn for whole units here")
    with style():
        figure, axes = new_figure(WIDTH, 3.8)
        for place, (name, look) in enumerate(zip(names, LOOKS, strict=False)):
            arm = means.loc[name].sort_values("mean")
            # Neighbours in height stand side by side, so that no dot hides another.
            across = place + np.resize([-0.12, 0.0, 0.12], len(arm))
            axes.scatter(across, arm["mean"], s=3.2 * arm["size"], color=look[0], alpha=0.75,
                         marker="os"[place], edgecolor="white")  # fmt: skip
            axes.plot([place - 0.3, place + 0.3], [arm["mean"].mean()] * 2, color=INK, linewidth=3)
        axes.axhline(0, color=QUIET, linestyle="--", linewidth=1.2, zorder=1)
        counts = means.groupby("arm", observed=True).size()
        axes.set_xticks([0, 1], [f"{name} ({counts[name]} units)" for name in names])
        axes.set(ylabel=label, xlim=(-0.6, 1.6))
        axes.grid(axis="y")
        if simulated:
            mark_simulated(axes)
    return figure


def people_who_count(correlations: Sequence[float], units: int) -> Figure:
    """Draw how many independent people a trial is worth as more are asked in each unit.

    Parameters
    ----------
    correlations
        One to four intraclass correlations, between 0 and 1, one a line.
    units
        Units in the trial, all of one size.

    Returns
    -------
    matplotlib.figure.Figure
        A calculation, no data: `carebook.methods.clusters.effective_people` from 1 to 100 people
        in each unit.

    Raises
    ------
    ValueError
        If there are no correlations or more than four.
    """
    if not 1 <= len(correlations) <= len(LOOKS):
        raise ValueError(
            f"correlations: got {len(correlations)}; 1 to {len(LOOKS)} can be told apart"
        )
    sizes = np.arange(1, MOST_PEOPLE + 1)
    with style():
        figure, axes = new_figure(WIDTH, 3.8)
        for icc, (colour, dash) in zip(correlations, LOOKS, strict=False):
            worth = [effective_people(units * size, size, icc) for size in sizes.tolist()]
            axes.plot(sizes, worth, color=colour, linestyle=dash, linewidth=2.4, label=f"{icc:g}")
            axes.annotate(f"{icc:g}", xy=(sizes[-1], worth[-1]), xytext=(4, 0), color=colour,
                          textcoords="offset points", va="center",
                          fontsize=SMALLEST_TEXT)  # fmt: skip
        axes.set(
            xlabel="People asked in each unit", ylabel="Independent people\nthat they are worth"
        )
        axes.set_xlim(0, MOST_PEOPLE * 1.08)
        axes.set_ylim(bottom=0)
        axes.grid(axis="y")
        figure.legend(loc="outside lower center", ncols=4, title="Intraclass correlation")
    return figure
