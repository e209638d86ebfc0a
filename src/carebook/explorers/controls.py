"""Controls for readers who run a notebook: a slider in front of a model of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from carebook.explorers.cutoff import headline

if TYPE_CHECKING:
    from ipywidgets import VBox

STEP = 5


def cutoff_control(scores: pd.Series, start: int = 50) -> VBox:
    """Return a slider for the cut-off with the headline it makes underneath.

    The slider takes the arrow keys once it has the focus, and its number can be typed. The
    sentence is ordinary text, in a region that screen readers announce when it changes.

    Parameters
    ----------
    scores
        Scale scores, 0 to 100 points; blanks are left out.
    start
        Where the slider stands at first, in points.

    Raises
    ------
    ValueError
        If nobody has a score, or `start` is outside 0 to 100.
    """
    import ipywidgets

    sentence = ipywidgets.HTML(value=_announced(headline(scores, start).sentence))
    slider = ipywidgets.IntSlider(
        value=start,
        min=0,
        max=100,
        step=STEP,
        description="Cut-off, points",
        style={"description_width": "initial"},
        layout={"width": "min(32rem, 95%)"},
    )

    def show(change: dict[str, Any]) -> None:
        sentence.value = _announced(headline(scores, change["new"]).sentence)

    slider.observe(show, names="value")
    return ipywidgets.VBox([slider, sentence])


def _announced(sentence: str) -> str:
    """Return a sentence as a paragraph that screen readers announce."""
    return f'<p role="status">{sentence}</p>'
