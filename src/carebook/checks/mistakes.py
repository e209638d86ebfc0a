"""Short ways to state truths and the mistakes that many questions share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from carebook.checks.records import Data, Mistake


@dataclass(frozen=True)
class Slips:
    """Mistakes that are the right calculation with one choice made differently.

    Parameters
    ----------
    known
        For each mistake: what is said, and the keyword arguments that make a true answer wrong.
    """

    known: Mapping[str, tuple[str, Mapping[str, Any]]]

    def value(self, answer: Callable[..., Any], *names: str, share: bool = False) -> dict[str, Any]:
        """Return ``truth`` and ``mistakes`` of a question whose answer is ``answer(data)``.

        Parameters
        ----------
        answer
            The true answer as a function of the data, which takes the arguments in `known`.
        names
            Which of `known` are recognised, in order of preference.
        share
            Recognise a percentage in place of a share as well.
        """
        found = [
            Mistake(name, self.known[name][0], partial(_slipped, answer, self.known[name][1]))
            for name in names
        ]
        return {"truth": answer, "mistakes": (*found, *([percent(answer)] if share else []))}

    def function(self, answer: Callable[..., Any], *names: str) -> dict[str, Any]:
        """Return ``truth`` and ``mistakes`` of a question whose answer is the function `answer`."""
        found = [
            Mistake(
                name, self.known[name][0], partial(_always, partial(answer, **self.known[name][1]))
            )
            for name in names
        ]
        return {"truth": partial(_always, answer), "mistakes": tuple(found)}


def choice(right: Any, wrong: Mapping[Any, str]) -> dict[str, Any]:
    """Return ``truth`` and ``mistakes`` of a choice: the right one, and what is said of others."""
    found = [
        Mistake(f"chose {answer}", says, partial(_always, answer)) for answer, says in wrong.items()
    ]
    return {"truth": partial(_always, right), "mistakes": tuple(found)}


def percent(answer: Callable[[Data], Any]) -> Mistake:
    """Return the mistake of giving percentages where shares between 0 and 1 are asked for."""
    says = "This looks like a percentage. Give a share between 0 and 1."
    return Mistake("a percentage", says, partial(_hundredfold, answer), places=1)


def _slipped(answer: Callable[..., Any], choices: Mapping[str, Any], data: Data) -> Any:
    """Return the answer with other choices."""
    return answer(data, **choices)


def _always(answer: Any, data: Data) -> Any:
    """Return an answer that does not depend on the data."""
    return answer


def _hundredfold(answer: Callable[[Data], Any], data: Data) -> Any:
    """Return the answer times 100."""
    value = answer(data)
    return tuple(100 * each for each in value) if isinstance(value, tuple) else 100 * value
