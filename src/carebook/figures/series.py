"""Several series over the years: intervals, worst cases, breaks, and names beside the lines."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carebook.figures.house_style import SMALLEST_TEXT, WIDTH, mark_simulated, new_figure, style
from carebook.figures.palette import INK, MARKERS, PALETTE, PANEL, QUIET
from carebook.methods.input_checks import refuse_blanks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME_WIDTH = 18  # characters; longer names are broken into lines
LINE_GAP = 1.25  # line heights from one name to the next
LINE_STYLES = ("-", "--", ":", "-.", (0, (5, 1, 1, 1)), (0, (1, 1)))


def series_lines(
    table: pd.DataFrame,
    *,
    simulated: bool,
    changes: Mapping[float, str] | None = None,
    label: str = "Share, per cent",
    decimals: int | None = 0,
    top: float | None = None,
    title: str = "",
) -> Figure:
    """Draw one line for each series, with its name beside its last point.

    Parameters
    ----------
    table
        One row a point, with the columns ``year`` and ``value`` (in the unit of `label`, for
        example per cent from 0 to 100). Further columns are used if they are there:

        - ``series``: name of the line; without it there is one, and it is not named;
        - ``low`` and ``high``: limits of a chance interval, drawn as a thick bar;
        - ``worst_low`` and ``worst_high``: bounds, drawn as a thin line with end caps;
        - ``part``: a line is broken between points of different parts, for example where the
          question changed.

        A missing value or limit is not drawn; a missing value breaks the line as well.
    simulated
        Whether the data are simulated; if so, the figure says so.
    changes
        What changed, by year: each is written above a dashed vertical line. ``2020.5`` stands
        between two years.
    label
        What the vertical axis shows, with its unit. The axis begins at 0.
    decimals
        Decimal places of the numbers printed at the points; None prints none.
    top
        Upper end of the vertical axis; a little above the highest mark by default.
    title
        One line above the figure.

    Returns
    -------
    matplotlib.figure.Figure
        Seven inches wide.

    Raises
    ------
    KeyError
        If ``year`` or ``value`` is missing.
    ValueError
        If there is no value at all, a year or the name of a series is blank, or there are more
        series than the palette tells apart.
    """
    points = _points(table)
    names = list(dict.fromkeys(points["series"]))
    if len(names) > len(PALETTE):
        raise ValueError(f"table: {len(names)} series; at most {len(PALETTE)} can be told apart")
    with style():
        figure, axes = new_figure(WIDTH, 4.3 if changes else 4.0)
        for number, name in enumerate(names):
            _draw(axes, points[points["series"] == name], number)
        _frame(axes, points, top)
        if decimals is not None:
            _write_numbers(axes, points, decimals)
        axes.set_ylabel(label)
        axes.set_title(title, pad=34 if changes else 12)
        _write_changes(axes, changes or {})
        _write_names(axes, points, names)
        if simulated:
            mark_simulated(axes)
    return figure


def _points(table: pd.DataFrame) -> pd.DataFrame:
    """Return the points in order of series and year, with every column that is drawn."""
    missing = [column for column in ("year", "value") if column not in table.columns]
    if missing:
        raise KeyError(f"table: missing {', '.join(missing)}; one row a point is needed")
    refuse_blanks(table, [name for name in ("year", "series") if name in table], "table")
    points = pd.DataFrame({"year": table["year"].astype("float64")})
    for column in ("value", "low", "high", "worst_low", "worst_high"):
        points[column] = table[column].astype("float64") if column in table.columns else np.nan
    points["series"] = table["series"].astype(str) if "series" in table.columns else ""
    points["part"] = table["part"].astype(str) if "part" in table.columns else ""
    if points["value"].isna().all():
        raise ValueError("table: every value is blank, so there is nothing to draw")
    order = {name: place for place, name in enumerate(dict.fromkeys(points["series"]))}
    place = points["series"].map(order)
    return points.assign(place=place).sort_values(["place", "year"], kind="stable")


def _draw(axes: Axes, points: pd.DataFrame, number: int) -> None:
    """Draw one series: lines within its parts, bars, bounds and markers."""
    colour = PALETTE[number]
    for _, part in points.groupby("part", sort=False):
        axes.plot(
            part["year"],
            part["value"],
            color=colour,
            linestyle=LINE_STYLES[number],
            marker=MARKERS[number],
            markersize=7,
        )
    axes.vlines(
        points["year"], points["low"], points["high"], color=colour, linewidth=5, alpha=0.75
    )
    middle = (points["worst_low"] + points["worst_high"]) / 2
    half = points["worst_high"] - middle
    axes.errorbar(points["year"], middle, half, fmt="none", ecolor=colour, lw=1.4, capsize=7)


def _write_numbers(axes: Axes, points: pd.DataFrame, decimals: int) -> None:
    """Write each value above its point, or below where another series leaves more room there."""
    far = 0.12 * axes.get_ylim()[1]
    known = points.dropna(subset=["value"])
    for year, value, place in known[["year", "value", "place"]].to_numpy().tolist():
        others = known.loc[(known["year"] == year) & (known["place"] != place), "value"]
        room_above = (others[others >= value] - value).min()
        room_below = (value - others[others < value]).min()
        under = room_above < min(far, room_below if room_below > 0 else far)
        axes.annotate(
            f"{value:.{decimals}f}".replace("-", "−"),
            xy=(year, value),
            xytext=(0, -7 if under else 7),
            textcoords="offset points",
            ha="center",
            va="top" if under else "bottom",
            fontsize=SMALLEST_TEXT,
            bbox={"boxstyle": "square,pad=0.05", "fc": PANEL, "ec": "none", "alpha": 0.8},
        )


def _frame(axes: Axes, points: pd.DataFrame, top: float | None) -> None:
    """Set both axes: whole years, and values from 0."""
    highest = points[["value", "high", "worst_high"]].max().max()
    axes.set_ylim(0, top if top is not None else 1.12 * highest)
    first, last = points["year"].min(), points["year"].max()
    axes.set_xlim(first - 0.5, last + 0.5)
    years = np.arange(np.ceil(first), last + 1)
    step = max(1, int(np.ceil(len(years) / 9)))
    axes.set_xticks(years[::step], [f"{year:.0f}" for year in years[::step]])
    axes.grid(axis="y")


def _write_changes(axes: Axes, changes: Mapping[float, str]) -> None:
    """Draw a dashed line for each change and say above it what changed."""
    first, last = axes.get_xlim()
    for year, words in changes.items():
        axes.axvline(year, color=QUIET, linestyle=(0, (4, 3)), linewidth=1.2, zorder=1)
        place = (year - first) / (last - first)
        axes.annotate(
            fill(words, NAME_WIDTH),
            xy=(year, 1),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, 3),
            textcoords="offset points",
            ha="left" if place < 0.2 else "right" if place > 0.8 else "center",
            va="bottom",
            fontsize=SMALLEST_TEXT,
            color=QUIET,
            annotation_clip=False,
        )


def _write_names(axes: Axes, points: pd.DataFrame, names: list[str]) -> None:
    """Write each series' name beside its last point; at the right edge without overlaps."""
    ends: dict[str, tuple[float, float]] = {}
    for name, known in points.dropna(subset=["value"]).groupby("series", sort=False):
        if name:
            ends[str(name)] = (float(known["year"].iloc[-1]), float(known["value"].iloc[-1]))
    line = axes.get_ylim()[1] / 22
    edge, below = points["year"].max(), -np.inf
    for name in sorted(ends, key=lambda each: ends[each][1]):
        year, value = ends[name]
        words = fill(name, NAME_WIDTH)
        half = LINE_GAP * line * (words.count("\n") + 1) / 2
        height = value
        if year == edge:
            height = max(value, below + half)
            below = height + half
        axes.annotate(
            words,
            xy=(year, value),
            xytext=(axes.get_xlim()[1] if year == edge else year + 0.35, height),
            va="center",
            fontsize=SMALLEST_TEXT + 1,
            color=INK,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": PALETTE[names.index(name)], "lw": 1},
        )
