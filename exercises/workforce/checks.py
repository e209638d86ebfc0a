"""What counts as right in workforce, which mistakes are recognised, and what is said."""

from functools import partial

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Number, Numbers, Table, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.copenhagen import score_scales
from carebook.methods.nonresponse import share_bounds
from carebook.methods.prevalence import wilson_interval
from carebook.methods.survey_weights import effective_size

# One mistake a line, so that they can be read as a list.
# fmt: off
SLIPS = Slips({
    "all waves": ("You used all three waves. Keep wave 3 only.", {"waves": (1, 2, 3)}),
    "wave 1": ("This is wave 1, which the lab used. Keep wave 3 only.", {"waves": (1,)}),
    "who answered": ("That is a role's part of all answers. Divide by its invited.", {"of": "all"}),
    "silent": ("This is the share who did not answer. Turn it round.", {"of": "silent"}),
    "above only": ("You counted scores above 50 only. At 50 counts too.", {"edge": 0.1}),
    "invited": ("The silent are in your denominator. Leave them out here.", {"invited": True}),
    "work": ("This is the work-related scale. Use the personal one.", {"scale": "work"}),
    "90 %": ("This is the 90 % interval. Ask for 95 %.", {"level": 0.90}),
    "answered below": ("You divided by those who answered; divide by the invited.", {"by": "few"}),
    "left out": ("Your upper end leaves out the silent. Each counts as a yes.", {"by": "left out"}),
    "swapped": ("The ends are in the wrong order: the lower comes first.", {"by": "swapped"}),
    "percentages": ("You return percentages. Return shares from 0 to 1.", {"by": "percentages"}),
    "wave 2": ("This is the change from wave 2. Begin at wave 1.", {"first": 2}),
    "turned": ("This is wave 1 minus wave 3. Turn it round.", {"turned": True}),
    "alike": ("You took low from low, high from high. Which are furthest apart?", {"alike": True}),
    "of invited": ("You divided by all invited. Divide by the silent.", {"of": "invited"}),
    "of answered": ("You divided by the answers. Divide by the silent.", {"of": "answered"}),
    "half of few": ("That makes half of the answers, not of the invited.", {"half": "answered"}),
    "upside down": ("Upside down: people of the cell above, answers below.", {"how": "down"}),
    "staff alone": ("This is the cell's size. Share it among its answers.", {"how": "staff"}),
    "one for all": ("Everybody has the same weight. Each cell needs its own.", {"how": "one"}),
    "mean of one": ("Your weights have a mean of one. Each should count people.", {"how": "mean"}),
    "one a cell": ("That is one weight for each cell. Give one for each row.", {"how": "cells"}),
    "role alone": ("These cells are roles. Use role and band together.", {"cells": ["role"]}),
    "band alone": ("These cells are bands. Use role and band together.", {"cells": ["band"]}),
    "no weights": ("This is what comes out without weights.", {"cells": []}),
    "cells alike": ("You averaged the cells as if all were of one size.", {"alike": True}),
    "not squared": ("Below the line stands the sum of the SQUARED weights.", {"squares": False}),
})

def survey(data, waves=(3,), scale="personal", edge=0.0):
    table = data["staff_survey"].query("wave in @waves")
    band = pd.cut(table["tenure_years"], [-1, 1, 4, 9, 99], labels=list("abcd")).astype(str)
    tired = (score_scales(table)[scale] >= 50 + edge).where(table["responded"]).astype(float)
    return table.assign(band=band, tired=tired)

def counts(data, invited=False, **slip):
    table = survey(data, **slip)
    answered = len(table) if invited else int(table["responded"].sum())
    return int(table["tired"].sum()), answered, len(table)

def response(data, of="", **slip):
    came = survey(data, **slip).groupby("role")["responded"]
    return {"": came.mean(), "silent": 1 - came.mean(), "all": came.sum() / came.sum().sum()}[of]

def chance(data, level=0.95, **slip):
    yes, answered, _ = counts(data, **slip)
    return yes / answered, *wilson_interval(yes, answered, level)

def bounds(yes, answered, invited, by=""):
    below, times = (answered if by == "few" else invited), (100 if by == "percentages" else 1)
    low, high = times * yes / below, times * (yes + invited - answered) / below
    high = yes / answered if by == "left out" else high
    return (high, low) if by == "swapped" else (low, high)

def change(data, first=1, turned=False, alike=False, **slip):
    was, now = (share_bounds(*counts(data, waves=(wave,), **slip)) for wave in (first, 3))
    was, now = (now, was) if turned else (was, now)
    ends = (was.low, was.high) if alike else (was.high, was.low)
    return now.share - was.share, now.low - ends[0], now.high - ends[1]

def tipping(data, of="silent", half="invited", **slip):
    yes, answered, invited = counts(data, **slip)
    people = {"silent": invited - answered, "answered": answered, "invited": invited}
    return (people[half] / 2 - yes) / people[of]

def post_stratify(table, population, how=""):
    size, total = population.set_index("cell")["staff"], population["staff"].sum()
    people, answers = table["cell"].map(size), table.groupby("cell")["cell"].transform("size")
    found = {"": people / answers, "down": answers / people, "staff": people}
    found |= {"one": 0 * people + total / len(table), "mean": people / answers * len(table) / total}
    return {**found, "cells": size / table["cell"].value_counts()}[how]

def weighted(data, cells=("role", "band"), kish=False, alike=False, squares=True, **slip):
    table = survey(data, **slip)
    table["cell"] = sum((table[name] for name in cells), start=table["staff"].str[:0])
    found = table.query("responded")
    staff = table["cell"].value_counts().rename_axis("cell").reset_index(name="staff")
    weights = post_stratify(found, staff)
    if kish:
        return effective_size(weights) if squares else weights.sum()
    average = (found["tired"] * weights).sum() / weights.sum()
    return found.groupby("cell")["tired"].mean().mean() if alike else average

def count_cases(data, variation):
    yes, answered, invited = ((57, 140, 320), (88, 191, 247))[variation]
    named = {"some silent": (yes, answered, invited), "all answered": (yes, answered, answered)}
    named |= {"most silent": (yes, answered, 3 * invited), "nobody answered": (0, 0, invited)}
    return [Case(name, each) for name, each in named.items()]

def weight_cases(data, variation):
    draw, cells = np.random.default_rng(variation), ["ward", "office", "theatre", "laboratory"]
    staff = pd.DataFrame({"cell": cells, "staff": draw.integers(20, 90, 4).tolist()})
    rows = pd.DataFrame({"cell": draw.permutation(cells * 2 + cells[:2] * (2 + variation))})
    rows.index = draw.permutation(100)[: len(rows)]
    tables = {"four cells": rows, "a cell without answers": rows[rows["cell"] != "theatre"]}
    return [Case(name, (table, staff)) for name, table in tables.items()]

Q = partial(Question, read="the chapter's lab, The silent half")
WAVES, CELLS = ("wave 1", "all waves"), ("role alone", "band alone", "no weights")
QUESTIONS = (
    Q("response", 3, Table("role", 4), "a share for each of the six roles, to four decimals",
      **SLIPS.value(response, *WAVES, "who answered", "silent", share=True)),
    Q("chance", 3, Numbers(("share", "low", "high"), 4), "three shares: share, lower, upper limit",
      **SLIPS.value(chance, *WAVES, "above only", "invited", "work", "90 %", share=True)),
    Q("bounds", 4, Function(count_cases, 3), "two shares for each call, the lower first",
      **SLIPS.function(bounds, "answered below", "left out", "swapped", "percentages")),
    Q("limits", 3, Numbers(("low", "high"), 4), "two shares, the lower first, to four decimals",
      **SLIPS.value(lambda data, by="", **slip: bounds(*counts(data, **slip), by), *WAVES,
                    "above only", "work", "answered below", "left out", "swapped", share=True)),
    Q("change", 3, Numbers(("change", "lowest", "highest"), 4), "three numbers between −1 and 1",
      **SLIPS.value(change, "wave 2", "turned", "alike", "above only", "work", share=True)),
    Q("tipping", 3, Number(4, low=0, high=1), "a share from 0 to 1, to four decimals",
      **SLIPS.value(tipping, "of invited", "of answered", "half of few", *WAVES, share=True)),
    Q("post_stratify", 5, Function(weight_cases, 3), "one weight a row, in order", **SLIPS.function(
        post_stratify, "upside down", "staff alone", "one for all", "mean of one", "one a cell")),
    Q("weighted", 4, Number(3, low=0, high=1), "a share between 0 and 1, to three decimals",
      **SLIPS.value(weighted, *CELLS, "cells alike", *WAVES)),
    Q("effective", 3, Number(1, low=1), "one number, to one decimal",
      **SLIPS.value(partial(weighted, kish=True), *CELLS, "not squared", *WAVES)),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("B", {
        "A": "The late ones answered. What is known of those who never did?",
        "C": "An interval knows of chance. Does it know who is missing?",
        "D": "Weights mend what the staff list sees. The silent may differ in other ways."})),
    Q("reasons", 3, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("124", {
        "1234": "One reason too many: chance always plays a part.",
        "1245": "One reason too many: nobody knows what the silent are like.",
        "12": "One reason is missing: look at how the sentence ends."})),
    Q("advice", 4, Written(120)),
)
