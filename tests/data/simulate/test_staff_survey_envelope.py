"""What everybody would have said belongs to the people of the survey, answer by answer."""

from __future__ import annotations

import numpy as np

from carebook.data.simulate.staff_survey import ITEMS, SIMULATION, complete

SURVEY = SIMULATION.table()
EVERYBODY = complete(np.random.default_rng(SIMULATION.seed))


def test_complete_holds_the_same_people_in_the_same_rows() -> None:
    columns = ["staff", "wave", "unit", "hospital", "role", "tenure_years"]
    assert EVERYBODY[columns].equals(SURVEY[columns])


def test_complete_agrees_with_every_answer_that_was_given() -> None:
    given = SURVEY[list(ITEMS)].notna()
    same = EVERYBODY[list(ITEMS)].astype(float).eq(SURVEY[list(ITEMS)].astype(float))
    assert given.to_numpy().any(axis=0).all()
    assert same.where(given, True).to_numpy().all()


def test_complete_leaves_nobody_out() -> None:
    assert EVERYBODY[list(ITEMS)].notna().to_numpy().all()
