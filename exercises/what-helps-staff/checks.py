"""What counts as right in what-helps-staff, which mistakes are recognised, and what is said."""

from functools import partial

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.clusters import intraclass_correlation
from carebook.methods.linear import linear_regression
from carebook.methods.pooling import pool_rows

# The pool of the notebook, in hundredths: estimate and limits; the first six changed the work.
ROWS = {"Alder": (-33, -73, 7), "Brackwater": (-86, -131, -41), "Corran": (-42, -61, -23),
        "Dunmore": (-39, -75, -3), "Holm Valley": (-8, -43, 27), "Ilex": (-46, -92, 0),
        "Easby": (-22, -64, 20), "Farrow": (-7, -40, 26), "Garth": (-44, -94, 6),
        "Juniper": (4, -34, 42), "Kelloe": (-15, -69, 39)}  # fmt: skip
PAIR, CONTROL = ("Brackwater", "Holm Valley"), ("control_n", "control_mean", "control_sd")
SLIPS = Slips({
    "lab's units": ("These are the units of the lab. Yours begin after U072.", {"ask": "<="}),
    "all units": ("All 48 units are in it. Yours begin after U072.", {"ask": "> 'U0' or unit >"}),
    "lost": ("You counted who was lost, not who has a score.", {"lost": True}),
    "at the start": ("Count the smallest unit after 12 months.", {"start": True}),
    "usual first": ("This is usual minus listening. Turn it round.", {"sign": -1}),
    "no baseline": ("The baseline is not in your regression.", {"known": ["arm"]}),
    "people": ("You counted people. Make one row a unit.", {"by": "people"}),
    "in clusters": ("These are people in clusters. Make one row a unit.", {"by": "clusters"}),
    "arms left in": ("The arms' difference is still in it.", {"raw": True}),
    "before": ("These are scores before the trial.", {"column": "baseline_burnout"}),
    "itself": ("Nobody resembles himself: take 1 from the size.", {"less": 0}),
    "itself too": ("A row does not share with itself.", {"itself": 1}),
    "blanks match": ("Two blanks are no match: nothing is known.", {"blanks": True}),
    "n alone": ("The same number of people may be chance.", {"columns": CONTROL[:1]}),
    "no sd": ("You left out the standard deviation.", {"columns": CONTROL[:2]}),
    "first spared": ("You spared the first of those that share.", {"spared": True}),
    "fixed": ("This is the fixed effect. Use the random one.", {"model": "fixed"}),
    "course first": ("This is course minus work. Turn it round.", {"sign": -1}),
    "limits subtracted": ("You took limit from limit. Variances add up.", {"how": np.subtract}),
    "errors added": ("You added the errors. Add their squares.", {"how": np.add}),
    "nothing out": ("A control group is still counted twice.", {"out": ()}),
    "both out": ("You took out both rows that share. One may stay.", {"out": PAIR}),
    "wrong one": ("You kept the row that the lot did not decide.", {"out": PAIR[1:]}),
    "another out": ("You took out a trial that shares nothing.", {"out": (PAIR[0], "Ilex")}),
    "not a root": ("That is for a variance. An error takes the root.", {"power": 1}),
    "stretched": ("You multiplied the limits: start from the estimate.", {"stretched": True}),
    "rounded": ("You rounded the limits. Keep their decimals.", {"digits": 2}),
    "Corran out": ("Corran is missing. Widen it, and keep it.", {"out": (PAIR[0], "Corran")}),
})  # fmt: skip


def rows(data, ask=">", stayed=True):
    found = data["listening_trial"].query(f"unit {ask} 'U072'")
    return found[~found["lost"]] if stayed else found


def totals(data, ask=">", lost=False, start=False):
    every, stayed = rows(data, ask, stayed=False), rows(data, ask)
    least = (every if start else stayed)["unit"].value_counts().min()
    return len(every), len(every) - len(stayed) if lost else len(stayed), least


def trial(data, by="people", sign=1, known=("arm", "baseline_burnout"), ask=">"):
    table = rows(data, ask)
    arm = (table["arm"] == ("listening" if sign > 0 else "usual")).astype(float)
    table = table.assign(arm=arm)[["unit", "arm", "baseline_burnout", "burnout_12_months"]]
    groups = table["unit"] if by == "clusters" else None
    table = table.groupby("unit").mean() if by == "units" else table
    found = linear_regression(table["burnout_12_months"], table[[*known]], groups)
    return tuple(found.loc["arm", ["estimate", "low", "high"]])


def alike(data, ask=">", raw=False, column="burnout_12_months", less=1):
    table = rows(data, ask)
    values = table[column] - (0 if raw else table.groupby("arm")[column].transform("mean"))
    found = intraclass_correlation(values, table["unit"])
    return found.value, 1 + (found.size - less) * found.value


def shared(table, columns=CONTROL, itself=0, blanks=False, spared=False):
    sizes = table.groupby([*columns], dropna=not blanks)[columns[0]].transform("size")
    later = table.duplicated([*columns]) & table[[*columns]].notna().all(axis=1)
    return list(later + 0 if spared else sizes.fillna(1) - 1 + itself)


def widened(estimate, low, high, people, units, icc, less=1, power=0.5, stretched=False):
    times, start = (1 + (people / units - less) * icc) ** power, 0 if stretched else estimate
    return start + times * (low - start), start + times * (high - start)


def pools(data, out=PAIR[:1], sign=1, how=np.hypot, model="random", icc=0, digits=9, **slip):
    table = pd.DataFrame(ROWS, ["estimate", "ci_low", "ci_high"]).T / 100
    wide = np.round(widened(*table.loc["Corran"], 420, 14, icc, **slip), digits)
    table.loc["Corran"] = (-0.42, *wide)
    kept = ([n for n in names if n not in out] for names in ([*ROWS][:6], [*ROWS][6:]))
    work, course = (pool_rows(table.loc[names].assign(measure="SMD"), model) for names in kept)
    middle = sign * (work.estimate - course.estimate)
    reach = how(work.high - work.estimate, course.high - course.estimate)
    return work.estimate, course.estimate, middle, middle - reach, middle + reach


def control_cases(data, variation):
    texts = ("aaa aab aba aaa xxx xxx cxa cxa ddd ddd eee", "aaa aab bbb aaa cxx cxx abb aaa xxx",
             "xba xba aaa abc dbc abc abd xxx xxx abc daa daa")  # fmt: skip
    for words in map(str.split, texts):
        words = words[2 * variation :] + words[: 2 * variation]
        made = [[None if x == "x" else 3 * ord(x) - 270 + variation for x in w] for w in words]
        table = pd.DataFrame(made, range(len(made), 0, -1), CONTROL, dtype=float)
        yield Case(f"{len(made)} rows", (table,))


def widened_cases(data, variation):
    some = (-0.3, 0.2, 305, 12, 0.04), (0.15, 0.4, 66, 4, 0.1), (0.5, 0.3, 95, 30, 0.2)
    for d, half, n, units, icc in some:
        case = (d, d - half, d + half, n + 60 * variation, units, icc)
        yield Case(f"{case[3]} people in {units} units", case)


PEOPLE, WRONG = ("lab's units", "all units"), ("usual first", "no baseline")
ARM, GAP = Numbers(("arm", "low", "high"), 3), Numbers(("work", "course", "gap", "low", "high"), 4)
Q = partial(Question, read="the lab of the chapter What helps staff")
QUESTIONS = (
    Q("totals", 2, Numbers(("people", "scored", "smallest"), 0, 0), "three whole numbers",
      **SLIPS.value(totals, *PEOPLE, "lost", "at the start")),
    Q("by_people", 3, ARM, "three numbers of points", **SLIPS.value(trial, *PEOPLE, *WRONG)),
    Q("alike", 4, Numbers(("correlation", "design effect"), 4), "two numbers, in this order",
      **SLIPS.value(alike, *PEOPLE, "arms left in", "before", "itself")),
    Q("honest", 4, ARM, "three numbers of points",
      **SLIPS.value(partial(trial, by="units"), "people", "in clusters", *PEOPLE, *WRONG)),
    Q("shared_control", 4, Function(control_cases, 0), "one whole number for each row",
      **SLIPS.function(shared, "itself too", "blanks match", "n alone", "no sd", "first spared")),
    Q("pools", 4, GAP, "five numbers", **SLIPS.value(
        partial(pools, out=()), "fixed", "course first", "limits subtracted", "errors added")),
    Q("mended", 4, GAP, "five numbers", **SLIPS.value(
        pools, "nothing out", "both out", "wrong one", "another out", "limits subtracted")),
    Q("widened", 4, Function(widened_cases, 3), "two numbers, the lower first", **SLIPS.function(
        widened, "not a root", "itself", "stretched")),
    Q("final", 3, GAP, "five numbers", **SLIPS.value(
        partial(pools, icc=0.06), "nothing out", "not a root", "itself", "Corran out", "rounded")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("C", {
        "A": "What did the interval of the difference hold once each group counted once?",
        "B": "Not shown is not none: read both intervals again.",
        "D": "That interval counts people. What was drawn by lot?"})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotes", **choice("134",
        dict.fromkeys(("13", "14", "34"), "What you chose holds, and one reason is missing.") | {
        "1234": "One reason too many: what could an interval that holds 0 still hold?",
        "1345": "One reason too many: who decided which trials were about work?"})),
    Q("advice", 4, Written(120)))  # fmt: skip
