"""Figures of bunching: how long people stayed around a limit, before and after it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import HATCH, INK, QUIET, RATIONAL, RELATIONAL
from carebook.methods.bunching import Bunching, count_bins

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

VALUES = "Minutes in the department"


def before_after(
    panels: dict[str, pd.Series],
    limit: float,
    *,
    simulated: bool,
    width: float = 5,
    span: tuple[float, float] = (150, 330),
    label: str = VALUES,
) -> Figure:
    """Draw one histogram a panel, one above the other, with the limit across all of them.

    Parameters
    ----------
    panels
        Title of each panel and its values, for example minutes before and after a target began.
    limit
        In the unit of the values; the bar that ends at it is hatched.
    simulated
        Whether the data are simulated; if so, the figure says so.
    width
        Width of a bar in the unit of the values.
    span
        Where the drawing begins and ends; shares are of all values, those outside included.
    label
        What the horizontal axis shows, with its unit.

    Examples
    --------
    >>> before_after({"Before 1 July": early, "After": late}, 240, simulated=True)  # doctest: +SKIP
    """
    from matplotlib import pyplot

    with style():
        figure, rows = pyplot.subplots(
            len(panels), figsize=(WIDTH, 0.8 + 1.7 * len(panels)), sharex=True, sharey=True,
            layout="constrained", squeeze=False,
        )  # fmt: skip
        pyplot.close(figure)
        for axes, (title, values) in zip(rows[:, 0], panels.items(), strict=True):
            bins = count_bins(values, limit, width, span)
            _bars(axes, bins, 100 / values.notna().sum(), bins["end"] == limit)
            axes.set_title(f"{title} (n = {values.notna().sum():,})", fontsize=10.5)
            axes.axvline(limit, color=INK, linestyle="--", linewidth=1.6)
            axes.set(ylabel="% of visits", xlim=span)
        rows[-1, 0].set_xlabel(label)
        rows[-1, 0].set_xticks(range(int(span[0]), int(span[1]) + 1, 30))
        if simulated:
            mark_simulated(rows[0, 0])
    return figure


def counterfactual(
    found: Bunching,
    *,
    simulated: bool,
    span: tuple[float, float] = (150, 390),
    label: str = VALUES,
) -> Figure:
    """Draw counts around a limit with the smooth curve that the estimate rests on.

    Parameters
    ----------
    found
        The result of `carebook.methods.bunching.bunching`. Bars that were left out of the fit are
        hatched; the part of the curve that crosses them is a guess, and drawn dashed.
    simulated
        Whether the data are simulated; if so, the figure says so.
    span
        Where the drawing begins and ends.
    label
        What the horizontal axis shows, with its unit.
    """
    bins = found.bins[(found.bins["start"] >= span[0]) & (found.bins["end"] <= span[1])]
    middle = (bins["start"] + bins["end"]) / 2
    out = bins["left_out"]
    # The dashed part reaches one bin to each side, so that the curve has no gaps.
    bridge = out | out.shift(1, fill_value=False) | out.shift(-1, fill_value=False)
    with style():
        figure, axes = new_figure(WIDTH, 4.0)
        _bars(axes, bins, 1.0, out)
        axes.plot(middle.where(~out), bins["expected"], color=INK, linewidth=2.2, label="fitted")
        axes.plot(
            middle.where(bridge), bins["expected"], color=INK, linewidth=2.2, linestyle="--",
            label="carried across",
        )  # fmt: skip
        axes.axvline(found.limit, color=QUIET, linewidth=1.2)
        axes.annotate(
            f"limit {found.limit:g}", xy=(found.limit, 0.96), xytext=(5, 0), va="top",
            xycoords=axes.get_xaxis_transform(), textcoords="offset points",
            fontsize=SMALLEST_TEXT + 1,
        )  # fmt: skip
        axes.set(xlabel=label, ylabel="Visits", xlim=span)
        axes.set_xticks(range(int(span[0]), int(span[1]) + 1, 30))
        figure.legend(loc="outside lower center", ncols=4)
        if simulated:
            mark_simulated(axes)
    return figure


def _bars(axes: Axes, bins: pd.DataFrame, scale: float, marked: pd.Series) -> None:
    """Draw counts as bars; marked ones in the second colour and hatched."""
    for chosen, colour, hatch, name in (
        (~marked, RATIONAL, "", "used for the curve"),
        (marked, RELATIONAL, HATCH, "left out"),
    ):
        part = bins[chosen.to_numpy()]
        axes.bar(
            part["start"], part["count"] * scale, width=part["end"] - part["start"], align="edge",
            color=colour, hatch=hatch, edgecolor="white", linewidth=0.6, label=name,
        )  # fmt: skip
    axes.grid(axis="y")
