"""Staffing and deaths of many units: crude and fair, and what a death averted costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, mark_simulated, new_figure, style
from carebook.figures.palette import INK, PANEL, QUIET, RATIONAL, RELATIONAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NARROW = 5.8
STAFFING = "Patients per nurse"


def crude_and_fair(units: pd.DataFrame, *, simulated: bool) -> Figure:
    """Draw deaths against staffing twice: as counted, and over what the patients' risk predicts.

    Parameters
    ----------
    units
        One row a unit: ``patients_per_nurse``, ``admissions`` (the weight of the line),
        ``observed`` and ``expected`` deaths. Both lines are fitted to units as points; they guide
        the eye, and their slopes are no results.
    simulated
        Whether the data are simulated; if so, the figure says so.
    """
    from matplotlib import pyplot

    with style():
        figure, (above, below) = pyplot.subplots(
            2, 1, figsize=(NARROW, 6.4), sharex=True, layout="constrained"
        )
        pyplot.close(figure)
        crude = 100 * units["observed"] / units["admissions"]
        _cloud(above, units, crude, units["admissions"], RATIONAL, "o")
        above.set(ylabel="Deaths per 100 admissions", ylim=(0, None), title="As counted")
        fair = units["observed"] / units["expected"]
        _cloud(below, units, fair, units["expected"], RELATIONAL, "s")
        below.axhline(1, color=QUIET, linestyle="--", linewidth=1.2, zorder=1)
        below.set(ylabel="Observed over expected", ylim=(0, None), title="Given their risk")
        below.set_xlabel(STAFFING)
        if simulated:
            mark_simulated(above)
    return figure


def price_of_averting(
    units: pd.DataFrame, prices: tuple[float, ...], *, simulated: bool, typical: float = 8.0
) -> Figure:
    """Draw what one patient fewer per nurse costs in each unit against the deaths it averts.

    Parameters
    ----------
    units
        One row a unit: ``patients_per_nurse``, ``cost`` (pounds for each admission) and
        ``averted`` (deaths per 1,000 admissions).
    prices
        Pounds for each death averted, drawn as dashed lines from the corner.
    simulated
        Whether the data are simulated; if so, the figure says so.
    typical
        Units with at most this many patients per nurse get squares, the others circles.
    """
    with style():
        figure, axes = new_figure(NARROW, 4.8)
        thin = units["patients_per_nurse"] > typical
        for rows, colour, marker, label in (
            (units[thin], RATIONAL, "o", f"more than {typical:g} patients per nurse"),
            (units[~thin], RELATIONAL, "s", f"{typical:g} or fewer"),
        ):
            axes.plot(
                rows["cost"], rows["averted"], marker, color=colour, label=label, markersize=7,
                markeredgecolor=PANEL, markeredgewidth=0.6,
            )  # fmt: skip
        right, top = 1.04 * units["cost"].max(), 1.18 * units["averted"].max()
        axes.set(xlim=(0, right), ylim=(0, top))
        for price in prices:
            _ray(axes, price, right, top)
        axes.set(xlabel="Cost, £ for each admission", ylabel="Deaths averted per 1,000 admissions")
        figure.legend(loc="outside lower center", ncols=2, title="Now")
        if simulated:
            mark_simulated(axes)
    return figure


def _cloud(
    axes: Axes, units: pd.DataFrame, height: pd.Series, weight: pd.Series, colour: str, marker: str
) -> None:
    """Draw a point for each unit, and a line through all of them."""
    staffing = units["patients_per_nurse"]
    axes.plot(staffing, height, marker, color=colour, alpha=0.75, markersize=6)
    slope, start = np.polyfit(staffing, height, 1, w=np.sqrt(weight))
    ends = np.array([staffing.min(), staffing.max()])
    axes.plot(ends, start + slope * ends, color=INK, linewidth=2.4)
    axes.grid(axis="y")


def _ray(axes: Axes, price: float, right: float, top: float) -> None:
    """Draw the line on which a death averted has one price, with its name at the end."""
    end = min(right, top * price / 1000)
    height = 1000 * end / price
    axes.plot([0, end], [0, height], linestyle="--", color=QUIET, linewidth=1.2, zorder=1)
    axes.annotate(
        f"£{price:,.0f}",
        xy=(end, height),
        xytext=(-4, -4) if height >= 0.999 * top else (-4, 4),
        textcoords="offset points",
        ha="right",
        va="top" if height >= 0.999 * top else "bottom",
        fontsize=SMALLEST_TEXT,
        color=QUIET,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": PANEL, "edgecolor": "none"},
    )
