"""A table that weighs claims: best study, size, certainty, what would change our mind.

An author writes rows as YAML under a caption, or names claims of ``claims.csv``::

    ```{evidence-table} What is known about burnout and error
    - claim: Clinicians who report burnout report more errors.
      findings: menon2020:si_unadj
      against: menon2020:si_adj
      certainty: low
      why: One survey; both things are told by the same person.
      would_change: A study in which somebody else counts the errors.
    ```

    ```{evidence-table} What the essay claims
    :claims: burnout-common burnout-errors
    ```

A reader sees one row for each finding, grouped by claim; on a narrow screen the rows are cards.
Words of a row may hold Markdown and roles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from carebook.data import load
from carebook.evidence import Finding, UnknownFinding, effect_in_words, source
from carebook.press.authoring import note_tables, warn
from carebook.press.citations import cite_finding, cite_source
from carebook.press.evidence_library import DESIGNS
from carebook.press.finding_role import allowed_finding, mark_nodes, sample_in_words
from carebook.press.stacked_table import Cell, build_table

CERTAINTIES = ("high", "moderate", "low", "very low")
KEYS = ("claim", "findings", "against", "certainty", "why", "would_change")
REQUIRED = tuple(key for key in KEYS if key != "against")
HEADS = (
    "Claim",
    "Best study",
    "Design",
    "Size and interval",
    "Certainty",
    "What would change our mind",
)
Inline = Callable[[str], list[nodes.Node]]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive ``evidence-table``."""
    for needed in ("stacked_table", "finding_role"):
        app.setup_extension(f"carebook.press.{needed}")
    app.add_directive("evidence-table", EvidenceTable)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


@dataclass(frozen=True)
class Weighed:
    """One claim, weighed: a row of YAML, or of ``claims.csv``.

    Raises
    ------
    ValueError
        If a part is empty or the certainty is none of `CERTAINTIES`.
    """

    claim: str
    findings: tuple[str, ...]
    against: tuple[str, ...]
    certainty: str
    why: str
    would_change: str

    def __post_init__(self) -> None:
        """Check the parts."""
        empty = [key for key in REQUIRED if not getattr(self, key)]
        if empty:
            raise ValueError(f"claim {self.claim!r}: nothing stands for {', '.join(empty)}")
        if self.certainty not in CERTAINTIES:
            raise ValueError(
                f"claim {self.claim!r}: certainty is {self.certainty!r}; "
                f"it is one of {', '.join(CERTAINTIES)}"
            )


class EvidenceTable(SphinxDirective):
    """``{evidence-table} <caption>``, with ``:claims:`` or rows as YAML."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"claims": directives.unchanged_required}  # noqa: RUF012 - docutils' own way

    def run(self) -> list[nodes.Node]:
        """Return the table, or nothing and a located warning."""
        try:
            rows = read_rows("\n".join(self.content), self.options.get("claims", "").split())
            note_tables(self.env, *(["claims"] if self.options else []))
            table = build_evidence_table(self.env, self.arguments[0], rows, self._inline)
        except (UnknownFinding, ValueError) as error:
            return warn(self, f"evidence-table: {error}")
        self.set_source_info(table)
        return [table]

    def _inline(self, text: str) -> list[nodes.Node]:
        made, messages = self.parse_inline(text, lineno=self.lineno)
        return [*made, *messages]


def read_rows(body: str, claims: Sequence[str] = ()) -> list[Weighed]:
    """Return the rows that the YAML of a directive's body, or the named claims, hold.

    Raises
    ------
    ValueError
        If there is nothing or both, the YAML is none, a key is not known, or a claim is missing.
    """
    if bool(body.strip()) == bool(claims):
        raise ValueError("write rows as YAML in the body, or name claims with :claims:, not both")
    if claims:
        return _claims(claims)
    try:
        rows = yaml.safe_load(body)
    except yaml.YAMLError as error:
        raise ValueError(f"the body is no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("the body is a list of rows; start each with '- claim: …'")
    return [_weighed(row) for row in rows]


def _weighed(row: dict[str, Any]) -> Weighed:
    unknown = sorted(map(str, row.keys() - set(KEYS)))
    if unknown:
        raise ValueError(f"a row has {', '.join(unknown)}; its keys are {', '.join(KEYS)}")
    text = {key: " ".join(str(row.get(key) or "").split()) for key in KEYS}
    return Weighed(
        **{key: text[key] for key in ("claim", "certainty", "why", "would_change")},
        findings=_identifiers(row.get("findings")),
        against=_identifiers(row.get("against")),
    )


def _identifiers(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(map(str, value))
    return tuple(str(value or "").replace(",", " ").split())


def _claims(names: Sequence[str]) -> list[Weighed]:
    ledger = load("claims").fillna("").set_index("id")
    missing = [name for name in names if name not in ledger.index]
    if missing:
        raise ValueError(
            f"no claim {', '.join(missing)} in claims.csv; it has {', '.join(ledger.index)}"
        )
    return [
        Weighed(
            claim=str(row["claim"]),
            findings=_identifiers(row["evidence_for"]),
            against=_identifiers(row["evidence_against"]),
            certainty=str(row["certainty"]),
            why=str(row["reason"]),
            would_change=str(row["would_change"]),
        )
        for row in (ledger.loc[name] for name in names)
    ]


def build_evidence_table(
    env: BuildEnvironment, caption: str, rows: Sequence[Weighed], inline: Inline
) -> nodes.table:
    """Return the table; `inline` turns the words of a row into nodes.

    Raises
    ------
    carebook.evidence.UnknownFinding
        If a finding does not exist.
    ValueError
        If a finding was retracted.
    """
    made = [row for weighed in rows for row in _rows(env, weighed, inline)]
    return build_table(caption, HEADS, made, ["bc-evidence"])


def _rows(env: BuildEnvironment, weighed: Weighed, inline: Inline) -> list[list[Cell | None]]:
    """Return one row for each finding; what concerns the whole claim reaches over all of them."""
    shown = [(allowed_finding(name), False) for name in weighed.findings]
    shown += [(allowed_finding(name), True) for name in weighed.against]
    span = len(shown)
    certainty = nodes.paragraph("", "", _certainty(weighed.certainty), *inline(weighed.why))
    rows: list[list[Cell | None]] = []
    for number, (found, against) in enumerate(shown):
        first = number == 0
        claim = nodes.paragraph("", "", *inline(weighed.claim)) if first else None
        change = nodes.paragraph("", "", *inline(weighed.would_change)) if first else None
        rows.append(
            [
                Cell((claim,), span, head=True) if claim else None,
                *_study_cells(env, found, against, "" if first else "Other study"),
                Cell((certainty,), span) if first else None,
                Cell((change,), span) if change else None,
            ]
        )
    return rows


def _certainty(level: str) -> nodes.strong:
    name = f"bc-certainty-{nodes.make_id(level)}"
    return nodes.strong(text=f"{level.capitalize()}. ", classes=["bc-certainty", name])


def _study_cells(env: BuildEnvironment, found: Finding, against: bool, label: str) -> list[Cell]:
    cited = source(found.source)
    study = nodes.paragraph("", "")
    study += [nodes.strong(text="Against: ")] if against else []
    study += cite_source(env, cited, cited.citation)
    text = effect_in_words(found) or found.finding
    size = nodes.paragraph("", "", cite_finding(env, found, text), *mark_nodes(found))
    about = "; ".join(part for part in (found.outcome, sample_in_words(found)) if part)
    note = nodes.paragraph(text=about, classes=["bc-note"])
    design = nodes.paragraph(text=DESIGNS.get(cited.design, cited.design))
    columns = ((study,), (design,), (size, note) if about else (size,))
    labels = (label, "", "")
    return [
        Cell(content, classes=("bc-third",), label=name)
        for content, name in zip(columns, labels, strict=True)
    ]
