"""ROC, calibration, decision and burden curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
import pandas as pd
import pytest

from carebook.figures.house_style import SIMULATED, SMALLEST_TEXT
from carebook.figures.prediction import (
    burden_curve,
    calibration_curves,
    decision_curves,
    roc_curves,
)
from carebook.methods.calibration import calibration_groups
from carebook.methods.decision_curve import decision_curve
from carebook.methods.prediction import roc_points

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RISK = pd.Series([0.05, 0.1, 0.1, 0.2, 0.3, 0.3, 0.4, 0.6])
ILL = pd.Series([0, 0, 1, 0, 0, 1, 1, 1])
GROUPS = calibration_groups(RISK, ILL, groups=3)
CURVE = decision_curve(pd.DataFrame({"score": RISK}), ILL, [0.05, 0.1, 0.2, 0.3])
BURDEN = pd.DataFrame({"found": [0.0, 0.4, 0.7], "reached": [0.0, 0.3, 0.2]}, index=[0.0, 1.0, 2.0])
DRAWN = {
    "roc": lambda **k: roc_curves({"score": roc_points(RISK, ILL)}, {"score": (0.25, 0.75)}, **k),
    "calibration": lambda **k: calibration_curves({"A": GROUPS, "B": GROUPS}, **k),
    "decision": lambda **k: decision_curves(CURVE, **k),
    "burden": lambda **k: burden_curve(BURDEN, {"the alert as it is": (1.0, 0.4)}, **k),
}


def words(figure: Figure) -> list[str]:
    """Return everything written on a figure."""
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_figure_says_once_that_its_data_are_simulated(draw) -> None:
    assert words(draw(simulated=True)).count(SIMULATED) == 1
    assert SIMULATED not in words(draw(simulated=False))


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_text_is_at_least_nine_points_in_a_narrow_figure(draw) -> None:
    figure = draw(simulated=True)
    texts = [text for text in figure.findobj(mpl.text.Text) if text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= SMALLEST_TEXT
    assert figure.get_figwidth() < 6


def test_roc_mark_lies_at_its_threshold() -> None:
    axes = DRAWN["roc"](simulated=True).axes[0]
    assert any(line.get_xydata().tolist() == [[25, 75]] for line in axes.lines)


def test_groups_differ_in_marker_and_stroke_as_well_as_colour() -> None:
    axes = DRAWN["calibration"](simulated=True).axes[0]
    first, second = (line for line in axes.lines if line.get_marker() != "None")
    assert first.get_marker() != second.get_marker()
    assert first.get_linestyle() != second.get_linestyle()
    assert first.get_color() != second.get_color()
    assert first.get_ydata() == pytest.approx(100 * GROUPS["observed"])


def test_decision_curve_is_drawn_per_100_and_cut_off_below() -> None:
    axes = DRAWN["decision"](simulated=True).axes[0]
    line = next(line for line in axes.lines if line.get_label() == "score")
    assert line.get_ydata() == pytest.approx(100 * CURVE["score"])
    assert axes.get_ylim()[0] == -0.5


def test_burden_mark_has_its_words() -> None:
    assert "the alert as it is" in words(DRAWN["burden"](simulated=True))


def test_more_lines_than_strokes_are_refused() -> None:
    with pytest.raises(ValueError, match="got 5 lines"):
        calibration_curves(dict.fromkeys("ABCDE", GROUPS), simulated=True)
