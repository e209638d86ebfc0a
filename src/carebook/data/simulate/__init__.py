"""The simulated hospital group: twelve tables, one module each, seeded and with stated truth."""

from __future__ import annotations

from importlib import import_module

from carebook.data.simulate.simulation import Arrow, Parameter, Simulation

__all__ = ["TABLES", "Arrow", "Parameter", "Simulation", "simulation"]

TABLES = (
    "clinic_days",
    "infection_months",
    "surgery_outcomes",
    "staff_survey",
    "ed_attendances",
    "ward_months",
    "admissions",
    "consultations",
    "listening_trial",
    "deterioration_alerts",
    "experience_survey",
    "improvement_weeks",
)


def simulation(name: str) -> Simulation:
    """Return the simulation behind the simulated table `name`.

    Raises
    ------
    KeyError
        If there is no simulated table of that name; the message lists the names.
    """
    if name not in TABLES:
        raise KeyError(f"no simulated table {name!r}; there are: {', '.join(TABLES)}")
    module = import_module(f"carebook.data.simulate.{name}")
    made: Simulation = module.SIMULATION
    return made
