"""A forest plot of a review's studies, pooled afresh from the table ``study_level``.

An author writes::

    ```{forest} panagioti2017
    :caption: Twenty trials of ways to reduce burnout in physicians.
    :alt: Forest plot. Most intervals cross the line of no effect; the pool does not.
    :by: subgroup
    :favours: the intervention | control
    ```

with ``:model:`` random (the default) or fixed, and ``:measure:`` where a review has more than one.
A reader sees the figure, the pools in words, and a folded table of the same rows with a link to the
file. The alternative text is required.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from carebook.data import describe, load
from carebook.evidence import UnknownFinding, source
from carebook.evidence.wording import printed_number
from carebook.methods.pooling import MODELS, Pool, pool_groups, pool_rows
from carebook.press.authoring import note_code, note_tables, table_link, warn
from carebook.press.citations import cite_source
from carebook.press.drawing import save_figure
from carebook.press.markup import block, line
from carebook.press.stacked_table import build_table, words

HEADS = ("Study", "Sample", "Estimate", "95% interval", "Weight")
SAMPLE = HEADS.index("Sample")
TABLE = "study_level"
DRAWN_WITH = (
    "carebook.methods.pooling",
    "carebook.figures.forest_plot",
    "carebook.figures.forest_lines",
    "carebook.figures.house_style",
)
CHOICES = ("model", "by", "measure")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive ``forest``."""
    for needed in ("stacked_table", "citations", "markup"):
        app.setup_extension(f"carebook.press.{needed}")
    app.add_directive("forest", Forest)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


@dataclass(frozen=True)
class Review:
    """The rows of a review in ``study_level``, the pool of all, and the pool of each group."""

    name: str
    model: str
    by: str
    rows: pd.DataFrame
    pool: Pool
    groups: dict[Hashable, Pool]


def pool_review(name: str, model: str = "random", by: str = "", measure: str = "") -> Review:
    """Return a review, pooled from those of its rows that have an interval.

    Parameters
    ----------
    name
        The review's ``meta_id``.
    model
        ``"random"`` or ``"fixed"``.
    by
        Column that names each row's group; no groups where it is empty.
    measure
        Measure to choose where the review has more than one.

    Raises
    ------
    ValueError
        If there is no such review or column, or the rows cannot be pooled; the message says why.
    """
    rows = _rows(name, measure)
    if by and by not in rows:
        raise ValueError(f"by: no column {by!r}; there are {', '.join(rows.columns)}")
    whole = rows.dropna(subset=["estimate", "ci_low", "ci_high"])
    if whole.empty:
        raise ValueError(f"no study of {name} has an interval, so nothing can be pooled")
    groups = pool_groups(whole, by, model) if by else {}
    return Review(name, model, by, rows, pool_rows(whole, model), groups)


def _rows(name: str, measure: str) -> pd.DataFrame:
    table = load(TABLE)
    rows = table[table["meta_id"] == name]
    if rows.empty:
        raise ValueError(
            f"no review {name!r} in {TABLE}.csv; it has {', '.join(table['meta_id'].unique())}"
        )
    chosen = rows[rows["measure"] == measure] if measure else rows
    if chosen.empty or chosen["measure"].nunique() > 1:
        kinds = ", ".join(sorted(rows["measure"].unique()))
        raise ValueError(f"{name} has the measures {kinds}; choose one with :measure:")
    return chosen


def _choice_of_model(value: str) -> str:
    return directives.choice(value, MODELS)


class Forest(SphinxDirective):
    """``{forest} <review>``; see the top of the module."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012 - docutils' own way
        "caption": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "by": directives.unchanged_required,
        "favours": directives.unchanged_required,
        "model": _choice_of_model,
        "measure": directives.unchanged_required,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the figure and the folded table, or nothing and a located warning."""
        try:
            missing = [name for name in ("caption", "alt") if not self.options.get(name)]
            if missing:
                raise ValueError(f"write :{missing[0]}: in words, for readers who cannot see it")
            chosen = {key: self.options[key] for key in CHOICES if key in self.options}
            review = pool_review(self.arguments[0], **chosen)
            figure = build_forest(self.env, review, self.options)
        except (ValueError, UnknownFinding) as error:
            return warn(self, f"forest: {error}")
        note_tables(self.env, TABLE)
        note_code(self.env, *DRAWN_WITH)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, build_folded_table(self.env, review)]


def build_forest(env: BuildEnvironment, review: Review, options: Mapping[str, str]) -> nodes.figure:
    """Return the figure: drawing, caption, and the pools in words.

    Raises
    ------
    ValueError
        If ``favours`` is not two sides with a bar between.
    """
    sides = [side.strip() for side in options.get("favours", "|").split("|")]
    if len(sides) != 2:
        raise ValueError("favours: write both sides with a bar between, 'treatment | control'")
    image = nodes.image(alt=options["alt"], uri=draw(env, review, (sides[0], sides[1])))
    legend = nodes.legend("", nodes.paragraph(text=pools_in_words(review)))
    caption = nodes.caption(text=options["caption"])
    return nodes.figure("", image, caption, legend, classes=["bc-forest"])


def draw(env: BuildEnvironment, review: Review, favours: tuple[str, str]) -> str:
    """Draw the review and return the address of the picture for an image node."""
    from carebook.figures import forest

    figure = forest(
        review.rows, review.pool, review.groups or None, by=review.by or "subgroup", favours=favours
    )
    parts = (review.name, review.model, review.by, review.rows["measure"].iloc[0], *favours)
    return save_figure(env, figure, nodes.make_id("-".join(("forest", *filter(None, parts)))))


def pools_in_words(review: Review) -> str:
    """Return the pools as printed below the figure, the pool of all studies first."""
    kind = f"{review.model} effect{'s' if review.model == 'random' else ''}"
    lead = f"All {review.pool.k} studies together ({kind}): {pool_in_words(review.pool)}"
    told = [f"{lead}, I² {review.pool.i2:.0f}%."]
    told += [
        f"{str(name).capitalize()}, {pool.k} studies: {pool_in_words(pool)}."
        for name, pool in review.groups.items()
    ]
    left_out = len(review.rows) - review.pool.k
    if left_out:
        told.append(f"Studies without a published interval, left out of the pool: {left_out}.")
    return " ".join(told)


def pool_in_words(pool: Pool) -> str:
    """Return a pool as ``−0.289 (−0.419 to −0.159)``: three decimals, two for a ratio."""
    estimate, interval = _printed(pool.estimate, pool.low, pool.high, pool.ratio)
    return f"{estimate} ({interval})"


def _printed(estimate: float, low: float, high: float, ratio: bool) -> tuple[str, str]:
    """Return an estimate and its interval as printed in the legend and in the table."""
    middle, start, end = (
        "" if isnan(value) else printed_number(f"{value:.{2 if ratio else 3}f}")
        for value in (estimate, low, high)
    )
    return middle, f"{start} to {end}" if start and end else "not given"


def build_folded_table(env: BuildEnvironment, review: Review) -> nodes.Node:
    """Return the same rows as a table that unfolds, with the pools and a link to the file."""
    lines = table_lines(review)
    shown = [place for place in range(len(HEADS)) if place != SAMPLE or samples_known(review)]
    rows = [
        [words(line[place], head=place == 0, number=place > 0) for place in shown] for line in lines
    ]
    cited = _source_key(review)
    caption = f"Studies pooled by {source(cited).citation}" if cited else "Studies pooled"
    table = build_table(
        f"{caption}, as a table", [HEADS[place] for place in shown], rows, ["bc-forest"]
    )
    return block(
        "details",
        line("summary", nodes.Text("The same studies as a table")),
        table,
        _sources(env, review),
        classes=("bc-fold",),
    )


def table_lines(review: Review) -> list[tuple[str, str, str, str, str]]:
    """Return the lines of the table from top to bottom, as printed.

    A group's name stands before its studies and its pool after them; the pool of all is last.
    """
    lines = []
    for name, pool in review.groups.items():
        title = str(name).capitalize()
        lines.append((title, "", "", "", ""))
        lines += study_lines(review, review.rows[review.by] == name)
        lines.append(_pool_line(f"{title}, pooled ({pool.k})", pool))
    rest = ~review.rows[review.by].isin(list(review.groups)) if review.by else None
    lines += study_lines(review, rest)
    return [*lines, _pool_line(f"All studies, pooled ({review.pool.k})", review.pool)]


def _pool_line(name: str, pool: Pool) -> tuple[str, str, str, str, str]:
    return (name, "", *_printed(pool.estimate, pool.low, pool.high, pool.ratio), "")


def study_lines(
    review: Review, chosen: pd.Series | None = None
) -> list[tuple[str, str, str, str, str]]:
    """Return name, sample, estimate, interval and weight of each study as printed.

    Parameters
    ----------
    review
        The review.
    chosen
        Which of its rows, as a truth value for each; all where it is None.
    """
    pooled = review.rows.dropna(subset=["estimate", "ci_low", "ci_high"]).index
    weights = dict(zip(pooled, review.pool.weights, strict=True))
    rows = review.rows if chosen is None else review.rows[chosen]
    lines = []
    for index, row in rows.iterrows():
        estimate, low, high = (float(row[end]) for end in ("estimate", "ci_low", "ci_high"))
        lines.append(
            (
                " ".join(str(part) for part in (row["study"], row["year"]) if pd.notna(part)),
                f"{row['n']:,.0f}" if pd.notna(row["n"]) else "not given",
                *_printed(estimate, low, high, review.pool.ratio),
                f"{100 * weights[index]:.1f}%" if index in weights else "none",
            )
        )
    return lines


def samples_known(review: Review) -> bool:
    """Tell whether at least half of the studies have a sample size."""
    return bool(review.rows["n"].notna().mean() >= 0.5)


def _source_key(review: Review) -> str:
    return next((str(key) for key in review.rows["source"].dropna().unique() if key), "")


def _sources(env: BuildEnvironment, review: Review) -> nodes.paragraph:
    told = nodes.paragraph("", "Table: ")
    told += table_link(env.app, env.docname, describe(TABLE))
    key = _source_key(review)
    if key:
        cited = source(key)
        told += [nodes.Text(". Studies as listed by "), cite_source(env, cited, cited.citation)]
    told += nodes.Text(". Weights are those of the pool of all studies.")
    if not samples_known(review):
        told += nodes.Text(" Sample sizes are left out, because most rows have none.")
    return told
