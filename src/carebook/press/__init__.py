"""Everything that makes the book; as a Sphinx extension it registers all of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = (
    "stale_pages",
    "cell_errors",
    "appearance",
    "formulas",
    "page_strip",
    "figure_rules",
    "accessible_tables",
    "finding_role",
    "case_fact_role",
    "evidence_table",
    "forest_plot",
    "evidence_library",
    "references",
    "data_dictionary",
    "causal_diagram",
    "quiz",
    "prediction",
    "exercise_card",
    "callouts",
    "page_records",
    "reader_path",
    "outcome_map",
    "claim_ledger",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every part; each says in its own module what an author writes and a reader sees."""
    for part in PARTS:
        app.setup_extension(f"carebook.press.{part}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
