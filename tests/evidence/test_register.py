from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from datetime import date
from pathlib import Path

import pytest

from carebook.data import describe, load
from carebook.evidence import (
    Finding,
    Source,
    UnknownFinding,
    finding,
    findings,
    source,
    sources,
)


def test_the_register_holds_every_finding_once() -> None:
    names = [held.id for held in findings()]
    assert names == list(load("findings")["id"])
    assert len(set(names)) == len(names) >= 698


def test_every_finding_has_its_source() -> None:
    known = {held.key for held in sources()}
    assert {held.source for held in findings()} <= known


def test_every_source_has_a_finding_or_is_cited_by_a_page(project: Path) -> None:
    pages = [*project.glob("book/**/*.md"), *project.glob("chapters/**/*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    cited = set(re.findall(r"\{source\}`(?:[^`<]*<)?([\w-]+)>?`", text))
    known = {held.key for held in sources()}
    assert {held.source for held in findings()} <= known
    assert known - {held.source for held in findings()} <= cited


@pytest.mark.parametrize(("record", "table"), [(Source, "sources"), (Finding, "findings")])
def test_records_hold_every_column_of_their_table(record: type, table: str) -> None:
    held = {field.name for field in fields(record)}
    assert {column.name for column in describe(table).columns} <= held


def test_a_finding_holds_numbers_to_compute_with_and_text_to_print() -> None:
    held = finding("rotenstein2018:overall")
    assert (held.estimate, held.estimate_text) == (67.0, "67.0")
    assert held.n == 182
    assert held.ci_low is None
    assert held.ci_low_text == ""


def test_dates_are_dates_and_truth_is_truth() -> None:
    held = finding("hojat2011:a1c_high")
    assert held.reviewed == date(2026, 11, 22)
    assert held.p_is_bound is True
    assert finding("adams2022:abs").p_is_bound is False


def test_missing_text_is_an_empty_string() -> None:
    assert finding("adams2022:abs").p_text == ""
    assert source("griffiths1983").doi == ""


def test_a_finding_of_a_retracted_source_knows_it() -> None:
    assert finding("panagioti2018:safety").retracted
    assert source("panagioti2018").retracted


def test_the_notice_of_the_retraction_is_itself_not_retracted() -> None:
    notice = finding("panagioti2018:retraction")
    assert notice.source == "panagioti2018retraction"
    assert not notice.retracted


def test_ids_that_the_curriculum_uses_exist() -> None:
    for name in ("hewitt2020:min", "icd11:qd85", "gmc_cbi2018", "frome2018:press"):
        assert finding(name).id == name


def test_an_unknown_finding_is_refused_with_ids_near_it() -> None:
    with pytest.raises(
        UnknownFinding, match=r"no finding 'hewit2020:min'; near it: hewitt2020:min"
    ):
        finding("hewit2020:min")


def test_a_source_key_in_place_of_an_id_leads_to_its_findings() -> None:
    with pytest.raises(UnknownFinding, match=r"near it: .*hewitt2020:max"):
        finding("hewitt2020")


def test_an_id_like_no_other_is_refused_and_says_where_to_look() -> None:
    with pytest.raises(UnknownFinding, match=r"nothing looks like it.*published/findings\.csv"):
        finding("@@@@@@@@")


def test_an_unknown_source_is_refused_with_keys_near_it() -> None:
    with pytest.raises(UnknownFinding, match=r"no source 'hewitt2021'; near it: .*hewitt2020"):
        source("hewitt2021")


def test_records_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError, match="estimate"):
        finding("hewitt2020:min").estimate = 99.0  # type: ignore[misc]
