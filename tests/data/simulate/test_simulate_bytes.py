"""The committed simulated tables are exactly what the code makes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from carebook.data.simulate import TABLES, simulation
from carebook.data.simulate.writer import table_bytes, write_tables

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "datasets" / "simulated"


@pytest.mark.parametrize("name", TABLES)
def test_committed_table_equals_what_the_code_makes(name: str, tmp_path: Path) -> None:
    (made,) = write_tables(tmp_path, [name])
    assert made.read_bytes() == (COMMITTED / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", TABLES)
def test_stated_truth_is_complete_and_rests_on_known_findings(name: str) -> None:
    made = simulation(name)
    known = set(pd.read_csv(ROOT / "datasets" / "published" / "findings.csv")["id"])
    cited = {finding for parameter in made.parameters for finding in parameter.calibrated_to}
    names = [parameter.name for parameter in made.parameters]
    assert made.name == name
    assert made.parameters
    assert made.arrows
    assert len(set(names)) == len(names)
    assert cited <= known


def test_committed_tables_stay_under_eight_megabytes_together() -> None:
    files = sorted(COMMITTED.glob("*.csv"))
    assert [file.stem for file in files] == sorted(TABLES)
    assert sum(file.stat().st_size for file in files) < 8_000_000


def test_bytes_follow_the_rules_for_every_kind_of_value() -> None:
    table = pd.DataFrame(
        {
            "word": ["ward", "day, night", None],
            "whole": pd.array([1, None, 3], dtype="Int64"),
            "number": [0.5, 1.25, np.nan],
            "code": [1.0, np.nan, 5.0],
            "yes": pd.array([True, False, None], dtype="boolean"),
        }
    )
    assert table_bytes(table) == (
        b'word,whole,number,code,yes\nward,1,0.50,1,true\n"day, night",,1.25,,false\n,3,,5,\n'
    )


def test_unrounded_numbers_are_refused_with_the_name_of_the_column() -> None:
    with pytest.raises(ValueError, match="column 'ratio' has more than 6 decimals; round it"):
        table_bytes(pd.DataFrame({"ratio": [1 / 3]}))


def test_unknown_table_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no simulated table 'ward_years'; there are: clinic_days"):
        write_tables(tmp_path / "out", ["staff_survey", "ward_years"])
    assert not (tmp_path / "out").exists()


def test_another_seed_makes_another_table() -> None:
    made = simulation("listening_trial")
    assert table_bytes(made.table(seed=1)) != table_bytes(made.table())
    assert table_bytes(made.table(seed=1)) == table_bytes(made.table(seed=1))
