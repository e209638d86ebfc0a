"""What counts as right in old-argument, which mistakes are recognised, and what is said."""

from functools import partial
from math import log

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Table, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.standardised_ratios import standardised_ratio

FIVE, THREE = ["H04", "H08", "H17", "H21", "H31"], ["H08", "H17", "H31"]
COUNTS, PARTS = ["operations", "observed_deaths", "expected_deaths"], ("", "_low", "_high")


def rows(data, months=(1, 24), flat=False):
    table = data["surgery_outcomes"].query("@months[0] <= month <= @months[1]")
    rate = table["observed_deaths"].sum() / table["operations"].sum()
    return table.assign(expected_deaths=rate * table["operations"]) if flat else table


def sums(data, names=slice(None), **slip):
    return rows(data, **slip).groupby("hospital")[COUNTS].sum().loc[names]


def ratios(table, by="expected_deaths", monthly=False, power=1):
    deaths, model, group = table["observed_deaths"], table[by], table["hospital"]
    if monthly:
        return (deaths / model).groupby(group).mean()
    return (deaths.groupby(group).sum() / model.groupby(group).sum()) ** power


def limits(expected, reach, root=0.5, far=False, floor=0.0):
    half, unit = reach / expected**root, expected if far else 1
    return unit * max(floor, 1 - half), unit * (1 + half)


def outside(data, root=0.5, size=abs, **slip):
    _, observed, expected = sums(data, **slip).to_numpy().T
    reached = size(observed / expected - 1) * expected**root
    return tuple(int((reached > reach).sum()) for reach in (1, 1.96, 3.09))


def chart(table, ratio, floor=0.0, late=False, whole=1, plain=False, each=False):
    deaths, model = table["observed_deaths"], table["expected_deaths"]
    weights = deaths - model if plain else deaths * log(ratio) - (ratio - whole) * model
    values = [0.0]
    for weight in weights.clip(lower=0) if each else weights:
        values.append(max(-np.inf if late else floor, values[-1] + weight))
    return [max(floor, value) for value in values[1:]]


def first_months(data, months=(1, 24), begin=1, **slip):
    table = rows(data, months).set_index(["hospital", "month"])
    paths = [np.array(chart(table.loc[name], 1.35, **slip)) for name in THREE]
    return tuple(int((path > 4).argmax()) + months[0] - 1 + begin for path in paths)


def excess(data, added=False, names=THREE, up=0.0, times=1.0, **slip):
    found = sums(data, names, **slip)[COUNTS[1:]] * [1, 1 + up]
    pairs = found.to_numpy() if added else [found.sum()]
    each = [standardised_ratio(*pair) for pair in pairs]
    return tuple(times * sum(getattr(x, f"excess{part}") for x in each) for part in PARTS)


def ratio_cases(data, variation):
    some = rows(data).sample(60, random_state=variation + 3)[["hospital", *COUNTS]]
    few = pd.DataFrame([("Z", 9, 0, 0.5), ("B", 8, 0, 1.25), ("Z", 40, 4, 3.0 + variation)])
    few.columns = some.columns
    return [Case("months of many", (some,)), Case("a quiet hospital", (few,))]


def limit_cases(data, variation):
    sizes = [round(size * (1 + variation / 7), 1) for size in (2.0, 30.0, 174.5, 410.0)]
    return [Case(f"{e} expected at {z}", (e, z)) for e in sizes for z in (1.96, 3.09)]


def chart_cases(data, variation):
    pick = rows(data).query("hospital in ['H11', 'H17', 'H21', 'H36']")
    part, parts = slice(variation, variation + 9), pick.groupby("hospital")[["month", *COUNTS[1:]]]
    bad = [(7, 0, 1.5), (8, 9, 2.0), (9, 2, 6.5), (10, 14, 1.0 + variation)]
    some = [pd.DataFrame(bad, columns=["month", *COUNTS[1:]]), *(each[part] for _, each in parts)]
    pairs = zip(some, (1.4, 1.35, 1.5, 2.0, 0.7), strict=True)
    return [Case(f"{len(table)} months at {ratio}", (table, ratio)) for table, ratio in pairs]


# fmt: off
SLIPS = Slips({
    "all months": ("You used all five years. Keep months 1 to 24.", {"months": (1, 60)}),
    "lab's months": ("These are the months that the lab used. Keep 1 to 24.", {"months": (25, 60)}),
    "one short": ("The last month is missing: up to 24 means 24 as well.", {"months": (1, 23)}),
    "monthly": ("You averaged monthly values. Add up first, divide once.", {"monthly": True}),
    "upside down": ("Upside down: you divided expected by observed.", {"power": -1}),
    "per operation": ("You divided by operations: that is the crude rate.", {"by": "operations"}),
    "not per 100": ("These are deaths for each operation. Give them per 100.", {"per": 1}),
    "one risk": ("You expected the same risk everywhere: who was iller?", {"flat": True}),
    "one side": ("You counted the high ones. A hospital may lie below.", {"size": np.positive}),
    "no root": ("You divided by the expected deaths, not by their square root.", {"root": 1}),
    "in deaths": ("These are limits for a number of deaths. Asked for is a ratio.", {"far": True}),
    "below zero": ("No ratio lies below 0: stop the lower limit there.", {"floor": -np.inf}),
    "no floor": ("Your chart falls below 0. It must stop there every month.", {"floor": -np.inf}),
    "late floor": ("You cut the finished sum at 0. Cut after every month.", {"late": True}),
    "weights cut": ("You cut each weight at 0. Cut what has been added up so far.", {"each": True}),
    "from zero": ("You counted from 0. The first month is month 1.", {"begin": 0}),
    "whole ratio": ("You took off ratio × expected. It is (ratio − 1) × expected.", {"whole": 0}),
    "no log": ("You added up observed minus expected, without a logarithm.", {"plain": 1}),
    "limits added": ("You added up three intervals. Add up the deaths first.", {"added": True}),
    "everybody": ("You took all forty hospitals. Keep the three.", {"names": slice(None)}),
    "excess cut": ("You took a tenth off the excess. Work it out anew.", {"up": 0, "times": 0.9}),
    "model lowered": ("You lowered the expected deaths. The new model raises them.", {"up": -0.1}),
})
Q = partial(Question, read="the chapter A hundred years of the same quarrel and its lab")
EXCESS, DIVIDED = Numbers(("excess", "low", "high"), 1), ("monthly", "upside down", "per operation")
WHEN = ("all months", "lab's months", "one short")
QUESTIONS = (
    Q("totals", 2, Numbers(("operations", "observed", "expected"), 1), "three numbers, one decimal",
      **SLIPS.value(lambda data, **slip: tuple(sums(data, **slip).sum()), *WHEN)),
    Q("crude", 3, Numbers(("H04", "H08"), 2), "two rates per 100 operations, to two decimals",
      **SLIPS.value(lambda data, monthly=False, per=100, **slip: tuple(per * ratios(
          rows(data, **slip), "operations", monthly)[FIVE[:2]]), *WHEN, "monthly", "not per 100")),
    Q("ratios", 4, Function(ratio_cases, 3), "one ratio for each hospital, by name",
      **SLIPS.function(ratios, *DIVIDED)),
    Q("five_ratios", 3, Table("hospital", 3), "a ratio for each of the five, to three decimals",
      **SLIPS.value(lambda data, months=(1, 24), flat=False, **slip:
                    ratios(rows(data, months, flat), **slip)[FIVE], *WHEN, *DIVIDED, "one risk")),
    Q("limits", 4, Function(limit_cases, 3), "two ratios, the lower first",
      **SLIPS.function(limits, "no root", "in deaths", "below zero")),
    Q("outside", 3, Numbers(("at 1", "at 1.96", "at 3.09"), 0, 0), "three numbers of hospitals",
      **SLIPS.value(outside, *WHEN[:2], "one side", "one risk", "no root")),
    Q("chart", 5, Function(chart_cases, 3), "one value for each month",
      **SLIPS.function(chart, "no floor", "late floor", "weights cut", "whole ratio", "no log")),
    Q("first_months", 3, Numbers(tuple(THREE), 0, 0), "three months, H08 first",
      **SLIPS.value(first_months, "lab's months", "from zero", "weights cut", "no log")),
    Q("excess", 3, EXCESS, "three numbers of deaths, to one decimal",
      **SLIPS.value(excess, *WHEN, "limits added", "everybody")),
    Q("new_excess", 2, EXCESS, "three numbers of deaths, to one decimal",
      **SLIPS.value(partial(excess, up=0.1), *WHEN, "limits added", "excess cut", "model lowered")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("B", {
        "A": "It counts persons. Which of those who died were they?",
        "C": "A rate without the patients' risk behind it. Who is operated on there?",
        "D": "Inside the limits means that chance would do. Is that the same as nothing wrong?"})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("135", dict.fromkeys(("13", "15", "35"), "That holds, and something is missing.") | {
        "1235": "One reason too many: no chart shows what went wrong at a bedside.",
        "1345": "One reason too many: what is not chance need not be care."})),
    Q("advice", 4, Written(120)),
)
