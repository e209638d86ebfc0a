"""Excess deaths of many hospitals in order, those with something wrong told apart."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import HATCH, INK, RATIONAL, RELATIONAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def excess_bars(ratios: pd.DataFrame, raised: Collection[str], *, simulated: bool) -> Figure:
    """Draw observed minus expected deaths, a bar a hospital, the largest first.

    Parameters
    ----------
    ratios
        One row a hospital with ``excess``, ``excess_low`` and ``excess_high``, as
        `carebook.methods.standardised_ratios.standardised_ratios` returns them.
    raised
        Hospitals whose mortality is truly raised; their bars are hatched.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    ranked = ratios.sort_values("excess", ascending=False)
    places = pd.Series(np.arange(1, len(ranked) + 1), index=ranked.index)
    truly = ranked.index.isin(list(raised))
    with style():
        figure, axes = new_figure(WIDTH, 4.2)
        _bars(axes, ranked[~truly], places[~truly], RATIONAL, "not raised in truth", "")
        _bars(axes, ranked[truly], places[truly], RELATIONAL, "raised in truth", HATCH)
        axes.vlines(
            places, ranked["excess_low"], ranked["excess_high"], color=INK, linewidth=1.0,
            label="interval",
        )  # fmt: skip
        axes.axhline(0, color=INK, linewidth=1.2)
        axes.set(
            xlabel="Hospitals, in order of their excess", ylabel="Observed minus expected deaths"
        )
        axes.set_xticks([])
        axes.grid(axis="y")
        axes.legend()
        if simulated:
            mark_simulated(axes)
    return figure


def _bars(
    axes: Axes, rows: pd.DataFrame, places: pd.Series, colour: str, label: str, hatch: str
) -> None:
    """Draw the bars of one kind of hospital."""
    axes.bar(places, rows["excess"], color=colour, label=label, hatch=hatch, width=0.75)
