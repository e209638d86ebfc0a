"""Rules of the published tables that a schema cannot say, each with what to do when it is broken.

Types, allowed values and keys are checked against ``datapackage.json``; here stand the rules about
evidence: an interval contains its estimate, nothing retracted counts as evidence, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

DOI = r"10\.\d{4,9}/\S+"
VERIFIED = ("full-text", "abstract", "secondary", "own-computation")
LONGEST_REVIEW_GAP = pd.Timedelta(days=3 * 366)

NEEDED = {
    "sources": ("key", "doi", "details_shown", "details_from", "retracted"),
    "findings": (
        *("id", "source", "estimate", "ci_low", "ci_high", "p", "p_is_bound"),
        *("verified", "reviewed", "review_by"),
    ),
    "study_level": ("source", "estimate", "ci_low", "ci_high"),
    "series": ("source",),
    "cases": ("kind", "source_url", "finding"),
    "claims": ("evidence_for", "evidence_against", "reviewed", "review_by"),
}

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Problem:
    """One broken rule.

    Parameters
    ----------
    file
        File of the table, relative to the datasets folder.
    line
        Line in the file, the header being line 1.
    column
        Column that holds the fault.
    what
        What stands there and why it cannot.
    what_to_do
        How to mend it.
    """

    file: str
    line: int
    column: str
    what: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: column {self.column!r}: {self.what} {self.what_to_do}"


def find_problems(frames: Frames) -> list[Problem]:
    """Return every broken rule of the published tables.

    Parameters
    ----------
    frames
        Tables by name, as `carebook.data.load` gives them: sources, findings, study_level, series,
        cases and claims.

    Returns
    -------
    list of Problem
        In the order of `RULES`; empty where all is well. A table or column that the rules need
        and that is not there is reported alone.
    """
    return list(_missing_parts(frames)) or [problem for rule in RULES for problem in rule(frames)]


def _problem(table: str, row: object, column: str, what: str, what_to_do: str) -> Problem:
    line = int(str(row)) + 2
    return Problem(f"published/{table}.csv", line, column, what, what_to_do)


def _missing_parts(frames: Frames) -> Iterator[Problem]:
    """Tables and columns that the rules read are there."""
    for table, columns in NEEDED.items():
        for column in columns:
            if table not in frames or column not in frames[table].columns:
                yield Problem(
                    f"published/{table}.csv",
                    1,
                    column,
                    "the rules of the book need it, and it is not there.",
                    "Put it back, and its description into datapackage.json.",
                )


def ids_are_unique(frames: Frames) -> Iterator[Problem]:
    """No id stands twice in a table."""
    for table, frame in frames.items():
        column = str(frame.columns[0])
        for row, value in frame[column][frame[column].duplicated()].items():
            yield _problem(
                table, row, column, f"{value!r} stands above already.", "Give each row its own id."
            )


def rows_name_a_known_source(frames: Frames) -> Iterator[Problem]:
    """Every finding, study-level row and series row has a source in sources.csv."""
    known = set(frames["sources"]["key"])
    for table in ("findings", "study_level", "series"):
        for row, value in frames[table]["source"].items():
            if value not in known:
                yield _problem(
                    table,
                    row,
                    "source",
                    f"there is no source {value!r}.",
                    "Add it to published/sources.csv or correct the key.",
                )


def intervals_contain_their_estimate(frames: Frames) -> Iterator[Problem]:
    """An interval has two ends and the estimate lies between them."""
    for table in ("findings", "study_level"):
        frame = frames[table]
        ends = frame["ci_low"].notna() | frame["ci_high"].notna()
        holds = (frame["ci_low"] <= frame["estimate"]) & (frame["estimate"] <= frame["ci_high"])
        for row in frame.index[ends & ~holds]:
            low, middle, high = frame.loc[row, ["ci_low", "estimate", "ci_high"]]
            yield _problem(
                table,
                row,
                "estimate",
                f"the interval {low} to {high} does not contain the estimate {middle}.",
                "Compare the three numbers with the source.",
            )


def case_facts_have_a_source(frames: Frames) -> Iterator[Problem]:
    """Every fact of a case names the page that it was read at, or a finding."""
    frame = frames["cases"]
    bare = (frame["kind"] == "fact") & frame["source_url"].isna() & frame["finding"].isna()
    for row in frame.index[bare]:
        yield _problem(
            "cases",
            row,
            "source_url",
            f"the fact {frame.loc[row, 'id']!r} has no source.",
            "Write the address of the page that holds it, name a finding, or take the fact out.",
        )


def dois_are_well_formed(frames: Frames) -> Iterator[Problem]:
    """A DOI starts with 10, a registrant, a slash, and has no resolver in front."""
    dois = frames["sources"]["doi"].dropna()
    for row, value in dois.items():
        if not pd.Series([value]).str.fullmatch(DOI).iloc[0]:
            yield _problem(
                "sources",
                row,
                "doi",
                f"{value!r} is no DOI.",
                "Write it without the resolver, for example 10.1001/jama.2018.12777.",
            )


def details_are_shown_where_confirmed(frames: Frames) -> Iterator[Problem]:
    """Authors, volume and pages are shown where a DOI or a page confirms them, and only there."""
    frame = frames["sources"]
    confirmed = frame["doi"].notna() | frame["details_from"].notna()
    for row in frame.index[frame["details_shown"] != confirmed]:
        yield _problem(
            "sources",
            row,
            "details_shown",
            "it must be true where a DOI or details_from stands, and false elsewhere.",
            "Correct it, or add the DOI or the page that confirms the details.",
        )


def cited_findings(frames: Frames) -> Iterator[tuple[str, object, str, str]]:
    """Yield (table, row, column, finding id) for everything that counts as evidence."""
    places = (("claims", "evidence_for"), ("claims", "evidence_against"), ("cases", "finding"))
    for table, column in places:
        for row, value in frames[table][column].dropna().items():
            for name in str(value).split():
                yield table, row, column, name


def evidence_exists(frames: Frames) -> Iterator[Problem]:
    """Claims and case facts name findings that exist."""
    known = set(frames["findings"]["id"])
    for table, row, column, name in cited_findings(frames):
        if name not in known:
            yield _problem(
                table,
                row,
                column,
                f"there is no finding {name!r}.",
                "Correct the id; findings stand in published/findings.csv.",
            )


def evidence_is_not_retracted(frames: Frames) -> Iterator[Problem]:
    """No finding of a retracted source counts as evidence."""
    gone = set(frames["sources"].loc[frames["sources"]["retracted"], "key"])
    findings = frames["findings"]
    retracted = set(findings.loc[findings["source"].isin(gone), "id"])
    for table, row, column, name in cited_findings(frames):
        if name in retracted:
            yield _problem(
                table,
                row,
                column,
                f"{name!r} was retracted.",
                "Take it out, or cite the work that took its place.",
            )


def findings_are_verified(frames: Frames) -> Iterator[Problem]:
    """Every finding says how its number was checked, in one of four words."""
    for row, value in frames["findings"]["verified"].items():
        if value not in VERIFIED:
            yield _problem(
                "findings",
                row,
                "verified",
                f"it holds {value!r}.",
                f"Write one of: {', '.join(VERIFIED)}.",
            )


def review_dates_are_sane(frames: Frames) -> Iterator[Problem]:
    """The next review is due after the last one, and within three years of it."""
    for table in ("findings", "claims"):
        frame = frames[table]
        gap = frame["review_by"] - frame["reviewed"]
        sane = (gap > pd.Timedelta(0)) & (gap <= LONGEST_REVIEW_GAP)
        for row in frame.index[~sane]:
            yield _problem(
                table,
                row,
                "review_by",
                "the review is not due within three years after the last one.",
                "Correct one of the two dates.",
            )


def p_values_are_probabilities(frames: Frames) -> Iterator[Problem]:
    """A p value lies between 0 and 1, and a bound has a value."""
    frame = frames["findings"]
    inside = frame["p"].between(0, 1)
    for row in frame.index[frame["p"].notna() & ~inside]:
        yield _problem(
            "findings", row, "p", f"{frame.loc[row, 'p']} is no p value.", "It runs from 0 to 1."
        )
    for row in frame.index[frame["p"].isna() & frame["p_is_bound"]]:
        yield _problem(
            "findings",
            row,
            "p_is_bound",
            "it is true and p is empty.",
            "Write the bound in p, or false here.",
        )


RULES: tuple[Callable[[Frames], Iterator[Problem]], ...] = (
    ids_are_unique,
    rows_name_a_known_source,
    intervals_contain_their_estimate,
    case_facts_have_a_source,
    dois_are_well_formed,
    details_are_shown_where_confirmed,
    evidence_exists,
    evidence_is_not_retracted,
    findings_are_verified,
    review_dates_are_sane,
    p_values_are_probabilities,
)
