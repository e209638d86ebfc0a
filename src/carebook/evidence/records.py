"""The three records of the register: what a source, a finding and a case fact is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """A paper, report, book or page that findings rest on: one row of ``sources.csv``.

    Text that is missing in the table is an empty string here. The meaning of each field stands in
    ``datasets/datapackage.json``.
    """

    key: str
    citation: str
    authors: str
    year: int | None
    title: str
    journal: str
    volume_pages: str
    doi: str
    pmid: str
    design: str
    retracted: bool
    details_shown: bool
    details_from: str
    url: str


@dataclass(frozen=True)
class Finding:
    """One number or statement that the book may use: one row of ``findings.csv``.

    Text that is missing in the table is an empty string here, a missing number None. Numbers stand
    twice: as a float to compute with, and as the text of the file (`estimate_text` and so on), so
    that 0.70 is printed as 0.70. The meaning of each field stands in
    ``datasets/datapackage.json``.
    """

    id: str
    source: str
    topic: str
    population: str
    n: int | None
    n_unit: str
    exposure: str
    comparator: str
    outcome: str
    measure: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    interval: str
    p: float | None
    p_is_bound: bool
    unit: str
    unit_note: str
    direction: str
    direction_means: str
    finding: str
    limits: str
    verified: str
    source_url: str
    reviewed: date
    review_by: date
    retracted: bool = False
    estimate_text: str = ""
    ci_low_text: str = ""
    ci_high_text: str = ""
    p_text: str = ""


@dataclass(frozen=True)
class CaseFact:
    """One fact behind a case study: a row of kind "fact" in ``cases.csv``.

    `source_url` holds one address or several, parted by semicolons; it is empty where `finding`
    names a finding of the register instead. `own_account` is true where an organisation reports
    the fact about itself.
    """

    id: str
    case: str
    title: str
    kind: str
    text: str
    source_url: str
    own_account: bool
    finding: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that the fact was read at."""
        return tuple(part.strip() for part in self.source_url.split(";") if part.strip())
