"""What counts as right in old-argument, which mistakes are recognised, and what is said."""

from functools import partial
from math import log

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Table, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.standardised_ratios import standardised_ratio

# fmt: off
SLIPS = Slips({
    "all months": ("You used all five years. Keep months 1 to 24.", {"months": (1, 60)}),
    "lab's months": ("These are the months that the lab used. Keep 1 to 24.", {"months": (25, 60)}),
    "one short": ("The last month is missing: up to 24 means 24 as well.", {"months": (1, 23)}),
    "monthly": ("You averaged monthly values. Add up first, divide once.", {"monthly": True}),
    "upside down": ("Upside down: you divided expected by observed.", {"power": -1}),
    "per operation": ("You divided by operations: that is the crude rate.", {"by": "operations"}),
    "one risk": ("You expected the same risk everywhere: who was iller?", {"flat": True}),
    "no root": ("You divided by the expected deaths, not by their square root.", {"root": 1}),
    "in deaths": ("These are limits for a number of deaths. Asked for is a ratio.", {"far": True}),
    "below zero": ("No ratio lies below 0: stop the lower limit there.", {"floor": -np.inf}),
    "no floor": ("Your chart falls below 0. It must stop there every month.", {"floor": -np.inf}),
    "late floor": ("You cut the finished sum at 0. Cut after every month.", {"late": True}),
    "whole ratio": ("You took off ratio × expected. It is (ratio − 1) × expected.", {"whole": 0}),
    "plain excess": ("You added up observed minus expected, without a logarithm.", {"plain": 1}),
    "limits added": ("You added up three intervals. Add up the deaths first.", {"added": True}),
    "99.8 %": ("This is the 99.8 % interval. Ask for 95 %.", {"level": 0.998}),
    "everybody": ("You took all forty hospitals. Keep the three.", {"names": slice(None)}),
    "model lowered": ("You lowered the expected deaths. The new model raises them.", {"up": -0.1}),
})
# fmt: on
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


def outside(data, root=0.5, **slip):
    _, observed, expected = sums(data, **slip).to_numpy().T
    reached = abs(observed / expected - 1) * expected**root
    return int((reached > 1.96).sum()), int((reached > 3.09).sum())


def chart(table, ratio, floor=0.0, late=False, whole=1, plain=False):
    deaths, model = table["observed_deaths"], table["expected_deaths"]
    weights = deaths - model if plain else deaths * log(ratio) - (ratio - whole) * model
    values = [0.0]
    for weight in weights:
        values.append(max(-np.inf if late else floor, values[-1] + weight))
    return [max(floor, value) for value in values[1:]]


def first_months(data, months=(1, 24), **slip):
    table = rows(data, months).set_index(["hospital", "month"])
    parts = [table.loc[name] for name in THREE]
    return tuple(part.index[np.array(chart(part, 1.35, **slip)) > 4][0] for part in parts)


def excess(data, level=0.95, added=False, names=THREE, up=0.0, **slip):
    found = sums(data, names, **slip)[COUNTS[1:]] * [1, 1 + up]
    pairs = found.to_numpy() if added else [found.sum()]
    each = [standardised_ratio(*pair, level) for pair in pairs]
    return tuple(sum(getattr(x, f"excess{part}") for x in each) for part in PARTS)


def ratio_cases(data, variation):
    some = rows(data).sample(60, random_state=variation + 3)[["hospital", *COUNTS]]
    quiet = [("Z", 9, 0, 0.5), ("B", 8, 0, 1.25), ("Z", 40, 4, 3.0 + variation)]
    small = pd.DataFrame(quiet, columns=["hospital", *COUNTS])
    return [Case("months of many", (some,)), Case("a quiet hospital", (small,))]


def limit_cases(data, variation):
    sizes = [round(size * (1 + variation / 7), 1) for size in (2.0, 30.0, 174.5, 410.0)]
    return [Case(f"{e} expected, {z}", (e, z)) for e in sizes for z in (1.96, 3.09)]


def chart_cases(data, variation):
    pick = rows(data).query("hospital in ['H11', 'H17', 'H21', 'H36']")
    part, parts = slice(variation, variation + 9), pick.groupby("hospital")[["month", *COUNTS[1:]]]
    pairs = zip(parts, (1.35, 1.5, 2.0, 0.7), strict=True)
    return [Case(f"nine months, ratio {ratio}", (each[part], ratio)) for (_, each), ratio in pairs]


# fmt: off
Q = partial(Question, read="the chapter A hundred years of the same quarrel and its lab")
EXCESS = Numbers(("excess", "low", "high"), 1)
WHEN = ("all months", "lab's months", "one short")
DIVIDED = ("monthly", "upside down", "per operation")
QUESTIONS = (
    Q("totals", 2, Numbers(("operations", "observed", "expected"), 1), "three numbers, one decimal",
      **SLIPS.value(lambda data, **slip: tuple(sums(data, **slip).sum()), *WHEN)),
    Q("crude", 3, Numbers(("H04", "H08"), 2), "two rates per 100 operations, to two decimals",
      **SLIPS.value(lambda data, monthly=False, **slip: tuple(
          100 * ratios(rows(data, **slip), "operations", monthly)[FIVE[:2]]), *WHEN, "monthly")),
    Q("ratios", 4, Function(ratio_cases, 3), "one ratio for each hospital, by name",
      **SLIPS.function(ratios, *DIVIDED)),
    Q("five_ratios", 3, Table("hospital", 3), "a ratio for each of the five, to three decimals",
      **SLIPS.value(lambda data, months=(1, 24), flat=False, **slip:
                    ratios(rows(data, months, flat), **slip)[FIVE], *WHEN, *DIVIDED, "one risk")),
    Q("limits", 4, Function(limit_cases, 3), "two ratios, the lower first",
      **SLIPS.function(limits, "no root", "in deaths", "below zero")),
    Q("outside", 3, Numbers(("at 95", "at 99.8"), 0, 0), "two whole numbers of hospitals",
      **SLIPS.value(outside, *WHEN[:2], "one risk", "no root")),
    Q("chart", 5, Function(chart_cases, 3), "one value for each month",
      **SLIPS.function(chart, "no floor", "late floor", "whole ratio", "plain excess")),
    Q("first_months", 3, Numbers(tuple(THREE), 0, 0), "three months, H08 first",
      **SLIPS.value(first_months, "lab's months", "plain excess")),
    Q("excess", 3, EXCESS, "three numbers of deaths, to one decimal",
      **SLIPS.value(excess, *WHEN, "limits added", "99.8 %", "everybody")),
    Q("new_excess", 2, EXCESS, "three numbers of deaths, to one decimal",
      **SLIPS.value(partial(excess, up=0.1), *WHEN, "model lowered")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("B", {
        "A": "It counts persons. Which of those who died were they?",
        "C": "A rate without the patients' risk behind it. Who is operated on there?",
        "D": "Inside the limits means that chance would do. Is that the same as nothing wrong?"})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("135", {
        "1235": "One reason too many: no chart shows what went wrong at a bedside.",
        "1345": "One reason too many: what is not chance need not be care.",
        "13": "One reason is missing: how sure is the number?"})),
    Q("advice", 4, Written(120)),
)
