"""What a learner's notebook calls to check an answer."""

from __future__ import annotations

from carebook.checks.compare import compare
from carebook.checks.learner import Checker, checker
from carebook.checks.records import Data, Mistake, Question, Status, Verdict

__all__ = ["Checker", "Data", "Mistake", "Question", "Status", "Verdict", "checker", "compare"]
