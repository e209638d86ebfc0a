"""House style: white panel, quiet axes, readable type."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from carebook.figures.palette import INK, PALETTE, PANEL, QUIET, RELATIONAL, RULE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 7.0
SMALLEST_TEXT = 9.0
SIMULATED = "Simulated data"


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style inside the ``with`` block; works for Matplotlib and seaborn.

    Examples
    --------
    >>> with style():
    ...     seaborn.boxplot(survey, x="work", y="role")  # doctest: +SKIP
    """
    from matplotlib import rcParams

    # Not rc_context: it would also undo what a notebook sets when it first draws, and figures
    # would no longer appear under later cells.
    house: dict[Any, Any] = settings()
    before = {name: rcParams[name] for name in house}
    rcParams.update(house)
    try:
        yield
    finally:
        rcParams.update(before)


def settings() -> dict[str, Any]:
    """Return the house style as Matplotlib settings.

    Sizes are in points for figures 7 inches wide. The panel is white and opaque, so that a
    figure stays readable on a dark page.
    """
    from cycler import cycler

    return {
        "figure.figsize": (WIDTH, 4.0),
        "figure.facecolor": PANEL,
        "savefig.facecolor": PANEL,
        "axes.facecolor": PANEL,
        "axes.prop_cycle": cycler(color=PALETTE),
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "axes.titlecolor": INK,
        "axes.titlelocation": "left",
        "axes.titlesize": 12.0,
        "axes.titleweight": "bold",
        "axes.titlepad": 12.0,
        "axes.labelsize": 10.5,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": RULE,
        "grid.linewidth": 0.8,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": 10.0,
        "ytick.labelsize": 10.0,
        "legend.frameon": False,
        "legend.fontsize": 10.0,
        "text.color": INK,
        "font.size": 10.0,
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],
        "lines.linewidth": 2.0,
        "hatch.color": PANEL,
        "hatch.linewidth": 1.2,
        "svg.fonttype": "path",
        "svg.hashsalt": "carebook",
    }


def mark_simulated(axes: Axes) -> None:
    """Write "Simulated data" above the top right corner of a figure.

    Every figure of simulated data carries this mark. Call it once a figure.
    """
    axes.annotate(
        SIMULATED,
        xy=(1.0, 1.0),
        xycoords="axes fraction",
        xytext=(0, 8),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=SMALLEST_TEXT,
        fontweight="bold",
        color=RELATIONAL,
        bbox={"boxstyle": "round,pad=0.3", "facecolor": PANEL, "edgecolor": RELATIONAL},
        annotation_clip=False,
    )


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure of `width` by `height` inches with one pair of axes.

    The figure is closed for pyplot at once: a notebook then shows it once, where its cell
    returns it, and a long build does not pile figures up.
    """
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(width, height), layout="constrained")
    pyplot.close(figure)
    return figure, axes


def svg_text(figure: Figure) -> str:
    """Return a figure as SVG, the same text on every run."""
    stream = io.StringIO()
    with style():
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()
