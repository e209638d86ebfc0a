"""Figures of cluster trials draw what they were given."""

from __future__ import annotations

import pandas as pd
import pytest

from carebook.figures.clusters import people_who_count, units_by_arm


def trial() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": list("AABBBCCDD"),
            "arm": ["usual"] * 5 + ["listening"] * 4,
            "change": [1.0, 3, 5, 5, 5, -2, 0, 1, 1],
        }
    )


def test_each_unit_is_one_dot_and_each_arm_has_the_mean_of_its_units() -> None:
    table = trial()
    figure = units_by_arm(
        table["change"], table["unit"], table["arm"], label="Change, points", simulated=True
    )
    axes = figure.axes[0]
    dots = [each.get_offsets()[:, 1].tolist() for each in axes.collections]
    assert dots == [[-1.0, 1.0], [2.0, 5.0]]
    bars = [line.get_ydata()[0] for line in axes.lines[:2]]
    assert bars == [0.0, 3.5]
    assert [each.get_text() for each in axes.get_xticklabels()] == [
        "listening (2 units)", "usual (2 units)",
    ]  # fmt: skip
    assert any("imulated" in text.get_text() for text in axes.texts)


def test_a_third_arm_is_refused() -> None:
    table = trial()
    with pytest.raises(ValueError, match="arms: got 4"):
        units_by_arm(table["change"], table["unit"], table["unit"], label="", simulated=True)


def test_line_without_resemblance_is_straight_and_the_others_bend_under_a_ceiling() -> None:
    axes = people_who_count([0, 0.05], units=24).axes[0]
    straight, bent = (line.get_ydata() for line in axes.lines)
    assert straight[-1] == 2400
    # Twenty people for each unit is where 0.05 ends.
    assert bent[0] == 24
    assert 24 * 16 < bent[-1] < 24 * 20
    assert [text.get_text() for text in axes.texts] == ["0", "0.05"]


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="got 5; 1 to 4"):
        people_who_count([0.1] * 5, units=4)


def test_unit_in_both_arms_and_columns_of_other_rows_are_refused() -> None:
    table = trial()
    moved = table["unit"].replace("D", "A")
    with pytest.raises(ValueError, match="one stands in both arms"):
        units_by_arm(table["change"], moved, table["arm"], label="", simulated=True)
    with pytest.raises(ValueError, match="row labels differ"):
        units_by_arm(table["change"], table["unit"], table["arm"][::-1], label="", simulated=True)


def test_arms_and_units_given_as_categories_are_counted_as_words_are() -> None:
    table = trial().astype({"unit": "category", "arm": "category"})
    axes = units_by_arm(
        table["change"], table["unit"], table["arm"], label="Change, points", simulated=True
    ).axes[0]
    assert axes.get_xticklabels()[1].get_text() == "usual (2 units)"


def test_legend_says_what_the_numbers_at_the_lines_are() -> None:
    legend = people_who_count([0, 0.05], units=24).legends[0]
    assert legend.get_title().get_text() == "Intraclass correlation"
    assert [each.get_text() for each in legend.get_texts()] == ["0", "0.05"]
