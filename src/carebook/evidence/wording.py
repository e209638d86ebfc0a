"""How the book prints an effect, a reference and a mark; everywhere the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from carebook.evidence.records import Finding, Source

Form = Literal["full", "value"]
FORMS = ("full", "value")

LABELS = {
    "OR": "odds ratio",
    "RR": "relative risk",
    "HR": "hazard ratio",
    "IRR": "incidence rate ratio",
    "SMD": "standardised mean difference",
    "correlation": "correlation",
    "beta": "regression coefficient",
    "median": "median",
    "AUC": "area under the curve",
    "alpha": "Cronbach’s alpha",
    "kappa": "kappa",
    "proportion": "proportion",
}
INTERVALS = {
    "confidence": "95% interval",
    "credible": "95% credible interval",
    "sensitivity range": "range of the sensitivity analysis",
}
MARK_WORDS = {
    "secondary": "read in another author’s account, not in the source itself",
    "own computation": "computed by us from published figures",
    "retracted": "withdrawn by the journal; a lesson, not evidence",
}
# Notes that a reader wants before the number or as part of its label, not in brackets after it.
NOTES_BEFORE = ("more than", "within", "nearly", "approximately")
NOTES_IN_LABEL = ("adjusted", "Pearson", "Spearman", "test-retest")
GROUP_MEASURES = ("count", "cost", "mean", "median", "none", "proportion", "rate")


@dataclass(frozen=True)
class Reference:
    """A reference line and, apart from it, the address it links to.

    `link_text` is the DOI where one stands, else the address; both are empty where there is none.
    """

    text: str
    url: str
    link_text: str


def effect_in_words(finding: Finding, form: Form = "full") -> str:
    """Return the size of `finding` as the book prints it.

    Parameters
    ----------
    finding
        Any finding; decimals are kept as they stand in the table.
    form
        ``"full"`` for label, value, unit, notes, interval and p, as in "odds ratio 2.70 (95%
        interval 1.87 to 3.89)"; ``"value"`` for the number alone, with "%" for a percentage.

    Returns
    -------
    str
        Empty where the finding is a statement without a number; print its sentence then.

    Raises
    ------
    ValueError
        If `form` is neither of the two.
    """
    if form not in FORMS:
        raise ValueError(f"form is {form!r}; it is one of {', '.join(FORMS)}. Write one of these.")
    if not finding.estimate_text:
        return ""
    if form == "value":
        number = printed_number(finding.estimate_text)
        return f"{number}%" if _is_percent(finding) else number
    size = " ".join(part for part in (_lead(finding), _size(finding)) if part)
    asides = "; ".join(part for part in _asides(finding) if part)
    return (f"{size} ({asides})" if asides else size).replace("'", "’")


def printed_number(text: str) -> str:
    """Return a number of the table in print: a true minus, commas from 1,000, decimals kept."""
    sign = "−" if text.startswith("-") else ""
    whole, point, decimals = text.lstrip("+-").partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}"


def marks(finding: Finding) -> tuple[str, ...]:
    """Return the marks that `finding` carries; `MARK_WORDS` holds the words readers are shown."""
    carried = {
        "secondary": finding.verified == "secondary",
        "own computation": finding.verified == "own-computation",
        "retracted": finding.retracted,
    }
    return tuple(mark for mark, applies in carried.items() if applies)


def reference(source: Source) -> Reference:
    """Return the reference of `source`; authors, volume and pages only where they may be shown."""
    year = f" ({source.year})" if source.year else ""
    lead = _authors(source) if source.details_shown else ""
    parts = [f"{lead}{year}" if lead else source.citation, source.title]
    place = [source.journal, source.volume_pages] if source.details_shown else [source.journal]
    parts.append(" ".join(part for part in place if part))
    if source.retracted:
        parts.append("Retracted")
    text = " ".join(_sentence(part) for part in parts if part)
    return Reference(text, source.url, f"doi:{source.doi}" if source.doi else source.url)


def _sentence(part: str) -> str:
    return part if part.endswith((".", "?", "!", "…")) else f"{part}."


def _authors(source: Source) -> str:
    """Return the authors as a reader writes them; empty where none could be seen."""
    if source.authors.startswith("("):
        return ""
    return re.sub(r" \((others|others not shown)\)", "", source.authors).replace("; ", ", ")


def _lead(finding: Finding) -> str:
    """Return the words before the number."""
    label, note = LABELS.get(finding.measure, ""), finding.unit_note
    if note in NOTES_IN_LABEL:
        return f"{note} {label}".strip()
    return f"{label} {note}".strip() if note in NOTES_BEFORE else label


def _is_percent(finding: Finding) -> bool:
    return finding.unit.split(" ")[0] == "percent"


def _size(finding: Finding) -> str:
    number = printed_number(finding.estimate_text)
    if finding.measure == "SMD":  # the label says the unit already
        return number
    if _is_percent(finding):
        return f"{number}%{finding.unit.removeprefix('percent')}"
    return f"{number} {finding.unit}".strip()


def _asides(finding: Finding) -> list[str]:
    said = finding.unit_note in (*NOTES_BEFORE, *NOTES_IN_LABEL)
    return ["" if said else finding.unit_note, _interval(finding), _p(finding)]


def _interval(finding: Finding) -> str:
    if not finding.ci_low_text:
        return ""
    low, high = printed_number(finding.ci_low_text), printed_number(finding.ci_high_text)
    return f"{INTERVALS[finding.interval]} {low} to {high}"


def _p(finding: Finding) -> str:
    """Return the p value; a p beside the value of one group belongs to a comparison and says so."""
    if not finding.p_text:
        return ""
    sign = "<" if finding.p_is_bound else "="
    one_group = finding.measure in GROUP_MEASURES or (
        finding.measure == "percent" and not re.search("change|difference|points", finding.unit)
    )
    explained = "p for" in finding.unit_note
    aside = " for the comparison" if one_group and not explained else ""
    return f"p {sign} {finding.p_text}{aside}"
