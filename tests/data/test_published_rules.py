from __future__ import annotations

import pandas as pd
import pytest

from carebook.data import find_problems, load
from carebook.data.rules import Problem

NAMES = ("sources", "findings", "study_level", "series", "cases", "claims")
Frames = dict[str, pd.DataFrame]


@pytest.fixture
def frames() -> Frames:
    return {name: load(name) for name in NAMES}


def only_problem(frames: Frames) -> Problem:
    problems = find_problems(frames)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_the_published_tables_keep_every_rule(frames: Frames) -> None:
    assert [str(problem) for problem in find_problems(frames)] == []


def test_an_id_that_stands_twice_is_found(frames: Frames) -> None:
    findings = frames["findings"]
    findings.loc[5, "id"] = findings.loc[4, "id"]
    problem = only_problem(frames)
    assert (problem.file, problem.line, problem.column) == ("published/findings.csv", 7, "id")
    assert "stands above already" in problem.what


@pytest.mark.parametrize("table", ["findings", "study_level", "series"])
def test_a_row_without_a_known_source_is_found(frames: Frames, table: str) -> None:
    frames[table].loc[3, "source"] = "nobody1900"
    problem = only_problem(frames)
    assert (problem.file, problem.line) == (f"published/{table}.csv", 5)
    assert "no source 'nobody1900'" in problem.what


def test_a_case_fact_without_a_source_is_found(frames: Frames) -> None:
    facts = frames["cases"]
    row = facts.index[(facts["kind"] == "fact") & facts["finding"].isna()][3]
    facts.loc[row, "source_url"] = pd.NA
    problem = only_problem(frames)
    assert (problem.file, problem.line) == ("published/cases.csv", row + 2)
    assert f"the fact {facts.loc[row, 'id']!r} has no source" in problem.what


@pytest.mark.parametrize("table", ["findings", "study_level"])
def test_an_interval_that_misses_its_estimate_is_found(frames: Frames, table: str) -> None:
    row = frames[table].index[frames[table]["ci_low"].notna()][0]
    frames[table].loc[row, "ci_high"] = frames[table].loc[row, "ci_low"] - 1
    assert "does not contain the estimate" in only_problem(frames).what


def test_an_interval_with_one_end_is_found(frames: Frames) -> None:
    findings = frames["findings"]
    row = findings.index[findings["ci_low"].notna()][0]
    findings.loc[row, "ci_high"] = float("nan")
    assert only_problem(frames).line == row + 2


@pytest.mark.parametrize("doi", ["https://doi.org/10.1001/jama.1", "10.1001", "11.1001/jama.1"])
def test_a_doi_that_is_not_well_formed_is_found(frames: Frames, doi: str) -> None:
    sources = frames["sources"]
    row = sources.index[sources["doi"].notna()][0]
    sources.loc[row, "doi"] = doi
    assert f"{doi!r} is no DOI" in only_problem(frames).what


def test_details_shown_that_nothing_confirms_are_found(frames: Frames) -> None:
    sources = frames["sources"]
    row = sources.index[sources["doi"].isna()][0]
    sources.loc[row, ["details_shown", "details_from"]] = [True, pd.NA]
    assert only_problem(frames).column == "details_shown"


@pytest.mark.parametrize("column", ["evidence_for", "evidence_against"])
def test_a_claim_that_rests_on_a_retracted_finding_is_found(frames: Frames, column: str) -> None:
    frames["claims"].loc[0, column] = "hewitt2020:min panagioti2018:safety"
    problem = only_problem(frames)
    assert (problem.file, problem.column) == ("published/claims.csv", column)
    assert "'panagioti2018:safety' was retracted" in problem.what


def test_a_case_fact_that_rests_on_a_retracted_finding_is_found(frames: Frames) -> None:
    frames["cases"].loc[0, "finding"] = "panagioti2018:safety"
    assert only_problem(frames).file == "published/cases.csv"


def test_the_notice_of_a_retraction_may_be_cited(frames: Frames) -> None:
    frames["claims"].loc[0, "evidence_against"] = "panagioti2018:retraction"
    assert find_problems(frames) == []


def test_a_claim_that_names_an_unknown_finding_is_found(frames: Frames) -> None:
    frames["claims"].loc[1, "evidence_for"] = "hewitt2020:mim"
    assert "no finding 'hewitt2020:mim'" in only_problem(frames).what


@pytest.mark.parametrize("word", ["memory", ""])
def test_a_finding_that_nobody_verified_is_found(frames: Frames, word: str) -> None:
    frames["findings"].loc[9, "verified"] = word
    problem = only_problem(frames)
    assert (problem.line, problem.column) == (11, "verified")
    assert "full-text, abstract, secondary, own-computation" in problem.what_to_do


@pytest.mark.parametrize("due", ["2026-11-22", "2020-01-01", "2036-11-22"])
def test_a_review_that_is_due_at_a_senseless_time_is_found(frames: Frames, due: str) -> None:
    frames["findings"].loc[0, "review_by"] = pd.Timestamp(due)
    assert only_problem(frames).column == "review_by"


@pytest.mark.parametrize("value", [-0.1, 1.2])
def test_a_p_value_outside_0_to_1_is_found(frames: Frames, value: float) -> None:
    frames["findings"].loc[0, "p"] = value
    assert only_problem(frames).column == "p"


def test_a_bound_without_a_p_value_is_found(frames: Frames) -> None:
    findings = frames["findings"]
    row = findings.index[findings["p"].isna()][0]
    findings.loc[row, "p_is_bound"] = True
    assert only_problem(frames).column == "p_is_bound"


def test_a_problem_reads_as_file_line_column_fault_and_remedy() -> None:
    problem = Problem("published/claims.csv", 3, "certainty", "it is empty.", "Write one.")
    assert str(problem) == "published/claims.csv:3: column 'certainty': it is empty. Write one."
