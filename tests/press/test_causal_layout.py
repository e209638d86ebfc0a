"""Where boxes and arrows of a causal diagram stand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from carebook.data.simulate import Arrow
from carebook.press.causal_layout import lay_out, layers

CHAIN = (Arrow("staffing", "burnout"), Arrow("burnout", "errors"), Arrow("staffing", "errors"))


def test_layers_follow_the_longest_path():
    assert layers(CHAIN) == {"staffing": 0, "burnout": 1, "errors": 2}


def test_layers_put_a_cause_just_above_its_nearest_effect():
    arrows = (*CHAIN, Arrow("reporting culture", "errors"))
    assert layers(arrows)["reporting culture"] == 1


def test_layers_refuse_a_circle_and_name_it():
    circle = (Arrow("a", "b"), Arrow("b", "c"), Arrow("c", "b"))
    with pytest.raises(ValueError, match=r"cannot run in a circle; look at: b, c"):
        layers(circle)


def test_lay_out_keeps_boxes_apart():
    arrows = tuple(Arrow(f"cause {n}", "outcome") for n in range(5))
    row = sorted((box.x, box.x + box.width) for box in lay_out(arrows).boxes if box.y < 20)
    assert len(row) == 5
    assert all(right < left for (_, right), (left, _) in pairwise(row))


def test_lay_out_keeps_every_box_inside_the_drawing():
    layout = lay_out(CHAIN)
    assert all(box.x >= 0 and box.x + box.width <= layout.width for box in layout.boxes)
    assert all(box.y >= 0 and box.y + box.height <= layout.height for box in layout.boxes)


def test_lay_out_leads_a_long_arrow_through_a_waypoint_beside_the_box_between():
    layout = lay_out(CHAIN)
    path = next(p for p in layout.paths if p.arrow == CHAIN[2])
    burnout = next(box for box in layout.boxes if box.name == "burnout")
    (waypoint,) = path.points[1:-1]
    assert not burnout.x <= waypoint[0] <= burnout.x + burnout.width


def test_lay_out_marks_a_hidden_cause_in_words():
    layout = lay_out((Arrow("morale", "burnout", hidden=True),))
    morale = next(box for box in layout.boxes if box.name == "morale")
    assert morale.hidden
    assert morale.lines[-1] == "(not in the table)"


def test_lay_out_gives_the_same_drawing_each_time():
    assert lay_out(CHAIN) == lay_out(CHAIN)
