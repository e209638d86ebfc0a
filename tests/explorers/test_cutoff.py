"""The explorer of cut-offs and its control."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from carebook.explorers import Headline, cutoff_control, headline, headlines
from carebook.methods.prevalence import wilson_interval

SCORES = pd.Series([10.0, 30.0, 49.0, 50.0, 90.0, np.nan])


def test_headline_counts_people_at_or_above_the_cutoff() -> None:
    """By hand: 50 and 90 of five scores."""
    found = headline(SCORES, 50)
    assert (found.count, found.n, found.share) == (2, 5, 0.4)
    assert (found.low, found.high) == wilson_interval(2, 5)


def test_headline_reads_as_a_sentence() -> None:
    """Interval: Newcombe 1998, 81 of 263 gives 25.53 to 36.62 per cent."""
    scores = pd.Series([80.0] * 81 + [20.0] * 182)
    assert headline(scores, 50).sentence == (
        "With the cut-off at 50 points, 31% of the 263 staff with a score count as burnt out "
        "(95% interval 26% to 37%)."
    )


def test_headline_keeps_a_decimal_where_rounding_would_hide_people() -> None:
    scores = pd.Series([80.0] + [20.0] * 999)
    assert "0.1% of the 1,000 staff" in headline(scores, 50).sentence


@pytest.mark.parametrize(("cutoff", "share"), [(0, 1.0), (100, 0.0)])
def test_ends_of_the_scale_count_everybody_and_nobody(cutoff: int, share: float) -> None:
    assert headline(SCORES, cutoff).share == share


def test_same_scores_make_many_headlines() -> None:
    table = headlines(SCORES, cutoffs=[0, 50, 100])
    assert table.columns.tolist() == list(Headline.__dataclass_fields__)
    assert table["share"].tolist() == [1.0, 0.4, 0.0]


def test_share_never_rises_with_the_cutoff() -> None:
    shares = headlines(SCORES)["share"]
    assert len(shares) == 21
    assert shares.is_monotonic_decreasing


@pytest.mark.parametrize("cutoff", [-5, 101])
def test_cutoff_outside_the_scale_is_refused(cutoff: int) -> None:
    with pytest.raises(ValueError, match=f"cutoff: got {cutoff}; choose"):
        headline(SCORES, cutoff)


def test_headline_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody has a score"):
        headline(pd.Series([np.nan]), 50)


def test_control_starts_with_the_headline_of_its_position() -> None:
    slider, sentence = cutoff_control(SCORES).children
    assert slider.value == 50
    assert headline(SCORES, 50).sentence in sentence.value


def test_moving_the_slider_changes_the_sentence() -> None:
    slider, sentence = cutoff_control(SCORES).children
    slider.value = 30
    assert headline(SCORES, 30).sentence in sentence.value


def test_control_is_named_and_announced() -> None:
    slider, sentence = cutoff_control(SCORES).children
    assert slider.description == "Cut-off, points"
    assert 'role="status"' in sentence.value
