"""Source, release and solution versions of an exercise from one master."""

from __future__ import annotations

from carebook.press.exercises.answers import Leak, answer_strings, leaks
from carebook.press.exercises.build import Built, build_all, build_exercise
from carebook.press.exercises.faults import ExerciseFault
from carebook.press.exercises.master import slugs

__all__ = [
    "Built",
    "ExerciseFault",
    "Leak",
    "answer_strings",
    "build_all",
    "build_exercise",
    "leaks",
    "slugs",
]
