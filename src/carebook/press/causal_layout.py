"""Where the boxes and arrows of a causal diagram stand: causes above, effects below.

A layered drawing in the manner of Sugiyama, Tagawa and Toda (1981): each variable stands in the
layer of the longest path that leads to it; an arrow that crosses layers passes through waypoints;
layers are put in order by the mean position of their neighbours. Diagrams of the book have fewer
than twenty boxes, so a few sweeps are enough.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from carebook.data.simulate import Arrow

CHARACTER_WIDTH = 7.6
LINE_HEIGHT = 17
LABEL_WIDTH = 16
PADDING = 9
GAP_ACROSS = 18
GAP_DOWN = 46
WAYPOINT_WIDTH = 14
SWEEPS = 8
HIDDEN_NOTE = "(not in the table)"


@dataclass(frozen=True)
class Box:
    """A variable's box; `x` and `y` are its top left corner in pixels."""

    name: str
    lines: tuple[str, ...]
    hidden: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Path:
    """The way of one arrow from box to box as points (x, y) in pixels."""

    arrow: Arrow
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Layout:
    """A diagram ready to draw; width and height in pixels."""

    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]
    width: float
    height: float


@dataclass(frozen=True)
class _Place:
    """A box (`name`) or a waypoint (`arrow`) in a layer."""

    name: str = ""
    arrow: Arrow | None = None
    layer: int = 0


def layers(arrows: Sequence[Arrow]) -> dict[str, int]:
    """Return the layer of every variable: the length of the longest path of arrows to it.

    Raises
    ------
    ValueError
        If the arrows run in a circle; the message names the variables that are in it.
    """
    causes: dict[str, set[str]] = {}
    for arrow in arrows:
        causes.setdefault(arrow.cause, set())
        causes.setdefault(arrow.effect, set()).add(arrow.cause)
    found: dict[str, int] = {}
    while len(found) < len(causes):
        ready = [name for name in causes if name not in found and causes[name] <= found.keys()]
        if not ready:
            circle = ", ".join(name for name in causes if name not in found)
            raise ValueError(f"a causal diagram cannot run in a circle; look at: {circle}")
        for name in ready:
            found[name] = 1 + max((found[cause] for cause in causes[name]), default=-1)
    return _pull_roots_down(found, arrows)


def _pull_roots_down(found: dict[str, int], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Put a variable without causes just above its nearest effect, so that arrows stay short."""
    with_causes = {arrow.effect for arrow in arrows}
    return {
        name: layer
        if name in with_causes
        else min(found[arrow.effect] for arrow in arrows if arrow.cause == name) - 1
        for name, layer in found.items()
    }


def lay_out(arrows: Sequence[Arrow]) -> Layout:
    """Return boxes and arrow paths for `arrows`.

    Raises
    ------
    ValueError
        If the arrows run in a circle.
    """
    depth = layers(arrows)
    ways = {arrow: _way(arrow, depth) for arrow in dict.fromkeys(arrows)}
    rows = _ordered_rows(depth, ways)
    hidden = {arrow.cause for arrow in arrows if arrow.hidden}
    lines = {name: _label(name, name in hidden) for name in depth}
    boxes, centres, size = _positions(rows, lines, hidden)
    paths = tuple(_path(arrow, way, boxes, centres) for arrow, way in ways.items())
    return Layout(tuple(boxes.values()), paths, *size)


def _way(arrow: Arrow, depth: dict[str, int]) -> list[_Place]:
    """Return the places an arrow passes: its cause, waypoints, its effect."""
    start, end = depth[arrow.cause], depth[arrow.effect]
    between = [_Place(arrow=arrow, layer=layer) for layer in range(start + 1, end)]
    return [_Place(arrow.cause, layer=start), *between, _Place(arrow.effect, layer=end)]


def _ordered_rows(depth: dict[str, int], ways: dict[Arrow, list[_Place]]) -> list[list[_Place]]:
    """Return the layers top to bottom, ordered so that few arrows cross."""
    neighbours: dict[_Place, list[_Place]] = {}
    for way in ways.values():
        for above, below in pairwise(way):
            neighbours.setdefault(above, []).append(below)
            neighbours.setdefault(below, []).append(above)
    rows: list[list[_Place]] = [[] for _ in range(max(depth.values()) + 1)]
    for place in neighbours:
        rows[place.layer].append(place)
    for sweep in range(SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        for row in rows[::step]:
            _order(row, rows, neighbours)
    return rows


def _order(
    row: list[_Place], rows: list[list[_Place]], neighbours: dict[_Place, list[_Place]]
) -> None:
    """Sort `row` by the mean relative position of each place's neighbours."""
    position = {
        place: (index + 0.5) / len(other) for other in rows for index, place in enumerate(other)
    }

    def pull(place: _Place) -> float:
        near = neighbours[place]
        return sum(position[other] for other in near) / len(near)

    row.sort(key=pull)


def _label(name: str, hidden: bool) -> tuple[str, ...]:
    words = name.replace("_", " ")
    lines = textwrap.wrap(words, LABEL_WIDTH) or [name]
    return (*lines, HIDDEN_NOTE) if hidden else tuple(lines)


def _width(place: _Place, lines: dict[str, tuple[str, ...]]) -> float:
    if place.arrow:
        return WAYPOINT_WIDTH
    return max(map(len, lines[place.name])) * CHARACTER_WIDTH + 2 * PADDING


def _positions(
    rows: list[list[_Place]], lines: dict[str, tuple[str, ...]], hidden: Iterable[str]
) -> tuple[dict[str, Box], dict[_Place, tuple[float, float]], tuple[float, float]]:
    """Return boxes by name, the centre of each place, and the drawing's size."""
    spans = [sum(_width(p, lines) for p in row) + GAP_ACROSS * (len(row) - 1) for row in rows]
    total = max(spans)
    boxes: dict[str, Box] = {}
    centres: dict[_Place, tuple[float, float]] = {}
    y = 1.0
    for row, span in zip(rows, spans, strict=True):
        names = [place.name for place in row if place.name]
        tallest = max(len(lines[n]) for n in names) * LINE_HEIGHT + 2 * PADDING if names else 0
        spare = (total - span) / (len(row) + 1)
        x = 1.0 + spare
        for place in row:
            width = _width(place, lines)
            centres[place] = (x + width / 2, y + tallest / 2)
            if place.name:
                height = len(lines[place.name]) * LINE_HEIGHT + 2 * PADDING
                top = y + (tallest - height) / 2
                label, dashed = lines[place.name], place.name in hidden
                boxes[place.name] = Box(place.name, label, dashed, x, top, width, height)
            x += width + GAP_ACROSS + spare
        y += tallest + GAP_DOWN
    return boxes, centres, (total + 2, y - GAP_DOWN + 1)


def _path(
    arrow: Arrow,
    way: list[_Place],
    boxes: dict[str, Box],
    centres: dict[_Place, tuple[float, float]],
) -> Path:
    cause, effect = boxes[arrow.cause], boxes[arrow.effect]
    start = (cause.x + cause.width / 2, cause.y + cause.height)
    end = (effect.x + effect.width / 2, effect.y)
    return Path(arrow, (start, *(centres[place] for place in way[1:-1]), end))
