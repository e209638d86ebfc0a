"""A driver diagram: an aim on the left, its drivers in the middle, change ideas on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from carebook.figures.house_style import SMALLEST_TEXT, new_figure, style
from carebook.figures.palette import INK, PANEL, QUIET, RATIONAL, RELATIONAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEADS = ("Aim", "Primary drivers", "Secondary drivers", "Change ideas")
LEFT = (0.0, 1.78, 3.56, 5.34)  # inches
BOX = 1.5
LINE = 0.165
LETTERS = 18
GAP = 0.16
HEAD = 0.35

Drivers = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Box:
    """One box: its text in lines, its column, and its middle in inches from the top."""

    lines: tuple[str, ...]
    column: int
    middle: float
    tested: bool = False

    @property
    def height(self) -> float:
        """Return the height in inches."""
        return len(self.lines) * LINE + 0.14


def driver_diagram(aim: str, drivers: Drivers, tested: str = "") -> Figure:
    """Draw a driver diagram.

    Parameters
    ----------
    aim
        How much of what, for whom, by when.
    drivers
        For each primary driver its secondary drivers, and for each of these its ideas for change.
    tested
        The idea that is tested now, drawn with a thick edge and said so.

    Raises
    ------
    ValueError
        If a driver has nothing to its right, or `tested` is not among the ideas.
    """
    _refuse(drivers, tested)
    boxes, links, depth = _lay_out(aim, drivers, tested)
    with style():
        figure, axes = new_figure(LEFT[-1] + BOX + 0.16, depth + 0.1)
        axes.set(xlim=(-0.08, LEFT[-1] + BOX + 0.08), ylim=(depth, 0))
        # Axes and figure are one, so that an inch of the layout is an inch on paper.
        figure.set_layout_engine("none")
        axes.set_position((0, 0, 1, 1))
        axes.axis("off")
        for left, head in zip(LEFT, HEADS, strict=True):
            axes.text(left, 0.12, head, fontsize=SMALLEST_TEXT + 1, fontweight="bold", color=INK)
        for one, other in links:
            _link(axes, one, other)
        for box in boxes:
            _draw(axes, box)
    return figure


def _refuse(drivers: Drivers, tested: str) -> None:
    """Refuse a driver that leads nowhere and an idea that is not there."""
    ideas = set()
    for primary, secondary in drivers.items():
        if not secondary:
            raise ValueError(f"drivers: {primary!r} has no secondary driver; give one or more")
        for name, found in secondary.items():
            if not found:
                raise ValueError(f"drivers: {name!r} has no change idea; give one or more")
            ideas |= set(found)
    if not drivers:
        raise ValueError("drivers: there is none; give one primary driver or more")
    if tested and tested not in ideas:
        raise ValueError(f"tested: {tested!r} is not among the ideas: {', '.join(sorted(ideas))}")


def _lay_out(
    aim: str, drivers: Drivers, tested: str
) -> tuple[list[Box], list[tuple[Box, Box]], float]:
    """Return boxes, the pairs that a line joins, and the depth in inches; ideas set the depth."""
    boxes, links, top = [], [], HEAD
    firsts = []
    for primary, secondary in drivers.items():
        seconds = []
        for name, ideas in secondary.items():
            # A driver of many lines may need more room than its ideas.
            room = max(0.0, _box(name, 2, 0.0).height - _box(ideas[0], 3, 0.0).height) / 2
            top += room if len(ideas) == 1 else 0.0
            lasts = []
            for idea in ideas:
                box = _box(idea, 3, 0.0, idea == tested)
                lasts.append(_box(idea, 3, top + box.height / 2, idea == tested))
                top += box.height + GAP
            top += room if len(ideas) == 1 else 0.0
            seconds.append(_box(name, 2, _centre(lasts)))
            boxes += lasts
            links += [(seconds[-1], last) for last in lasts]
        firsts.append(_box(primary, 1, _centre(seconds)))
        boxes += seconds
        links += [(firsts[-1], second) for second in seconds]
    whole = _box(aim, 0, _centre(firsts))
    return [*boxes, *firsts, whole], [*links, *((whole, first) for first in firsts)], top


def _box(text: str, column: int, middle: float, tested: bool = False) -> Box:
    lines = wrap(text, LETTERS) + (["(tested now)"] if tested else [])
    return Box(tuple(lines), column, middle, tested)


def _centre(boxes: Sequence[Box]) -> float:
    return (boxes[0].middle + boxes[-1].middle) / 2


def _link(axes: Axes, one: Box, other: Box) -> None:
    """Join a box with one to its right."""
    axes.plot(
        [LEFT[one.column] + BOX, LEFT[other.column]], [one.middle, other.middle],
        color=QUIET, linewidth=1.2, zorder=1,
    )  # fmt: skip


def _draw(axes: Axes, box: Box) -> None:
    """Draw a box with its text."""
    from matplotlib.patches import Rectangle

    left, edge = LEFT[box.column], RELATIONAL if box.tested else RATIONAL
    outline = Rectangle((left, box.middle - box.height / 2), BOX, box.height)
    outline.set(facecolor=PANEL, edgecolor=edge, linewidth=3.0 if box.tested else 1.2, zorder=2)
    axes.add_patch(outline)
    axes.text(
        left + BOX / 2, box.middle, "\n".join(box.lines), ha="center", va="center",
        fontsize=SMALLEST_TEXT, color=INK, linespacing=1.2, zorder=3,
    )  # fmt: skip
