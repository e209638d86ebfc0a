"""What a simulated table states about itself: its seed, its truth and its causal diagram.

A simulated table is honest when a reader can look up what was put into it. Each module of this
folder makes one table and exports one `Simulation`, named `SIMULATION`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Parameter:
    """One number that was put into a simulated table.

    Parameters
    ----------
    name
        Identifier, unique within the simulation.
    value
        The true value, in `unit`.
    unit
        Unit in words, for example ``"points of 100"`` or ``"log odds per point"``.
    meaning
        One sentence a reader understands.
    calibrated_to
        Ids of the published findings whose size the value follows; empty where it is invented.
    """

    name: str
    value: float
    unit: str
    meaning: str
    calibrated_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """One arrow of the causal diagram: `cause` is used to make `effect`.

    `hidden` marks a cause that is not a column of the table (an unmeasured common cause).
    """

    cause: str
    effect: str
    hidden: bool = False


@dataclass(frozen=True)
class Simulation:
    """A simulated table with its stated truth.

    Parameters
    ----------
    name
        The table's name, as in ``datasets/simulated/<name>.csv``.
    seed
        Seed of the table's own random stream.
    story
        Two or three sentences for the data dictionary: what is pictured and what it teaches.
    naive
        The tempting analysis, in one sentence, and how it misleads.
    sound
        The analysis that recovers the stated truth, in one sentence.
    parameters
        Everything put in that a reader may want to recover.
    arrows
        The causal diagram.
    make
        Builds the table from a random generator.
    """

    name: str
    seed: int
    story: str
    naive: str
    sound: str
    parameters: tuple[Parameter, ...]
    arrows: tuple[Arrow, ...]
    make: Callable[[np.random.Generator], pd.DataFrame]

    def table(self, seed: int | None = None) -> pd.DataFrame:
        """Return the table made with `seed`, by default the one that the course uses."""
        return self.make(np.random.Generator(np.random.PCG64(self.seed if seed is None else seed)))

    def truth(self, name: str) -> float:
        """Return the true value of the parameter `name`.

        Raises
        ------
        KeyError
            If the simulation has no such parameter.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter.value
        raise KeyError(
            f"{self.name} has no parameter {name!r}; it has "
            + ", ".join(parameter.name for parameter in self.parameters)
        )
