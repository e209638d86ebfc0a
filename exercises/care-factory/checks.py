"""What counts as right in care-factory, which mistakes are recognised, and what is said."""

import re
from functools import partial

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Number, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.bunching import bunching
from carebook.methods.logistic import logistic_regression

START, WEEK, ALL, LAST = 260_640, 10_080, (0, 9999), (226, 240)
SLIPS = Slips({
    "broken weeks": ("The broken weeks at both ends of the year are still in.", {"whole": False}),
    "cut towards 0": ("Round weeks down: cut towards 0, week 0 has 14 days.", {"cut": np.trunc}),
    "H06": ("This is H06, which has no target. Take H03.", {"place": ("H06",)}),
    "under 240": ("A visit of exactly 240 minutes keeps the target.", {"yes": "minutes < 240"}),
    "mean of weeks": ("A mean of weekly shares: count people, not weeks.", {"plain": True}),
    "one size": ("You gave all weeks the same size. Each has its own.", {"same": True}),
    "not clipped": ("A limit lies outside 0 to 1. Cut it there.", {"unclipped": True}),
    "all weeks": ("Later weeks are in your centre; take the first ones only.", {"every": True}),
    "a week too many": ("Your baseline is one week too long.", {"extra": 1}),
    "ends the run": ("A point on the centre ended your run. Pass over it.", {"level": "o"}),
    "is above": ("A point on the centre counted as above. Pass over it.", {"level": "a"}),
    "is below": ("A point on the centre counted as below. Pass over it.", {"level": "b"}),
    "last run lost": ("The last run of a list was not counted.", {"runs": "a+(?=b)|b+(?=a)"}),
    "above only": ("You looked above the centre only. Below counts too.", {"runs": "a+"}),
    "in all": ("All points on one side together; count those in a row.", {"order": sorted}),
    "whole year": ("The weeks before are in it. Take those after the start.", {"start": -25}),
    "emptied hour": ("Your curve ran through the emptied hour: end at 300.", {"end": 245}),
    "in reach": ("You divided by those in reach; divide by all visits.", {"reach": True}),
    "everybody": ("These are all visits. Keep the last quarter of an hour.", {"span": ALL}),
    "from 225": ("One minute too many: take 226 to 240.", {"span": (225, 240)}),
    "not only home": ("Divide by those sent home.", {"where": "minutes > 0"}),
    "at 300": ("A visit of exactly 300 minutes is not longer.", {"yes": "minutes >= 300"}),
    "breaches": ("These are visits of more than 240 minutes. Take 300.", {"yes": "breach"}),
    "no severity": ("Severity is missing: sicker patients stay longer.", {"known": ["hours"]}),
    "whole weeks": ("The broken weeks are missing. Take the whole year.", {"whole": True}),
    "H03": ("This is H03 alone. Take both hospitals.", {"place": ("H03",)}),
    "a minute": ("This is the slope of a minute.", {"known": ["minutes", "severity"]}),
    "odds ratio": ("This is an odds ratio. Leave the estimate in log odds.", {"ratio": True}),
})  # fmt: skip


def visits(data, place=("H03",), whole=True, cut=np.floor):
    rows = data["ed_attendances"].query("hospital in @place")
    minutes, weeks = rows["minutes_in_department"], cut((rows["arrival"] - START) / WEEK)
    rows = rows.assign(week=weeks.astype(int), minutes=minutes, hours=minutes / 60)
    return rows[rows["week"].between(-25, 25)] if whole else rows


def headcount(data, **slip):
    return tuple(np.bincount(visits(data, **slip)["week"] >= 0))


def share(data, yes, span=ALL, where="minutes > 0", plain=False, **slip):
    rows = visits(data, **slip).query("@span[0] <= minutes <= @span[1]").query(where)
    weeks = rows.eval(yes).groupby(rows["week"]).agg(["mean", "size"])
    halves = (weeks.loc[:-1], weeks.loc[0:])
    return tuple(np.average(h["mean"], weights=None if plain else h["size"]) for h in halves)


def limit(weeks, baseline, steps, plain=0, same=0, unclipped=False, every=False, extra=0):
    first = weeks if every else weeks.head(baseline + extra)
    size = weeks["size"] * 0 + weeks["size"].mean() if same else weeks["size"]
    centre = np.average(first["count"] / first["size"], weights=None if plain else first["size"])
    found = centre + steps * np.sqrt(centre * (1 - centre) / size)
    return found if unclipped else found.clip(0, 1)


def longest(values, centre, level="", runs="a+|b+", order=str):
    text = "".join("a" if each > centre else "b" if each < centre else level for each in values)
    return max(map(len, re.findall(runs, "".join(order(text)))), default=0)


def run(data, place, start=0, every=False, **slip):
    rows = visits(data, (place,))
    weekly = 1 - rows.groupby("week")["breach"].mean()
    centre = 1 - rows.loc[(rows["week"] < 0) | every, "breach"].mean()
    return longest(weekly.loc[start:], centre, **slip)


def runs(data, **slip):
    return run(data, "H03", **slip), run(data, "H06", **slip)


def excess_share(data, start=0, end=300, reach=False, **slip):
    rows = visits(data, **slip)
    found = bunching(rows["minutes"][rows["week"] >= start], 240, (225, end))
    return found.share_moved if reach else found.share


def death_slope(data, known=("hours", "severity"), ratio=0, place=("H03", "H06"), whole=False):
    rows = visits(data, place, whole)
    found = logistic_regression(rows["later_outcome"] == "died", rows[list(known)])
    return (np.exp if ratio else float)(found.loc[known[0], "estimate"])


def limit_cases(data, variation):
    chance, cases = np.random.default_rng(variation), []
    for share, baseline, steps in ((0.8, 5, 3), (0.8, 6, -3), (0.92, 4, 3), (0.1, 4, -3)):
        size = chance.integers(20, 300, 9)
        weeks = pd.DataFrame({"count": chance.binomial(size, share), "size": size})
        cases.append(Case(f"{baseline} weeks, {steps} steps", (weeks, baseline, steps)))
    return cases


def shift_cases(data, variation):
    texts = ("abaabbbb", "abaaoaab", "abbbobbba", "oabaobbb", "abababob", "aaoaaaaa")
    cut = enumerate((text + text[-1] * variation for text in texts), 1)
    return [Case(f"series {n}", (["boa".index(e) / 2 for e in t], 0.5)) for n, t in cut]


Q = partial(Question, read="the chapter Targets, Goodhart and Campbell and its lab")
S = partial(Q, points=3, kind=Numbers(("before", "after"), 4),
            expects="two shares between 0 and 1, before first, to four decimals")  # fmt: skip
WITHIN, BEYOND = partial(share, yes="~breach"), partial(share, yes="minutes > 300")
SHORT = partial(share, yes="discharge_path == 'short stay'", span=LAST)
BACK = partial(SHORT, yes="later_outcome == 'returned'", where="discharge_path == 'home'")
PERIODS = ("broken weeks", "cut towards 0", "H06")
QUESTIONS = (
    Q("headcount", 2, Numbers(("before", "after"), 0, 0), "two whole numbers, before first",
      **SLIPS.value(headcount, *PERIODS)),
    S("within", **SLIPS.value(WITHIN, *PERIODS, "under 240", "mean of weeks", share=True)),
    Q("p_chart_limit", 4, Function(limit_cases, 4), "one limit for each week", **SLIPS.function(
        limit, "mean of weeks", "one size", "not clipped", "all weeks", "a week too many")),
    Q("longest_shift", 4, Function(shift_cases, 0), "one whole number", **SLIPS.function(
        longest, "ends the run", "is above", "is below", "above only", "in all", "last run lost")),
    Q("runs", 3, Numbers(("H03", "H06"), 0, 0), "two whole numbers, H03 first",
      **SLIPS.value(runs, "all weeks", "whole year", "in all")),
    Q("excess_share", 4, Number(4, 1, 0, 1), "a share between 0 and 1, to four decimals",
      **SLIPS.value(excess_share, "whole year", "emptied hour", "in reach", "H06", share=True)),
    S("short_stay", **SLIPS.value(SHORT, "everybody", "from 225", "H06", share=True)),
    S("returned", **SLIPS.value(BACK, "everybody", "not only home", "from 225", "H06", share=True)),
    S("beyond", **SLIPS.value(BEYOND, "breaches", "at 300", *PERIODS, share=True)),
    Q("death_slope", 3, Number(4), "one number in log odds an hour, to four decimals",
      **SLIPS.value(death_slope, "no severity", "a minute", "odds ratio", "whole weeks", "H03")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("D", {
        "A": "Look at the share of stays over five hours before you speak of the longest waits.",
        "B": "A bunch can come from patients moved as well as from clocks. Which can you see?",
        "C": "You saw returns in a small group and no effect of the target on deaths."})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotes", **choice("235", {
        "1235": "One reason too many: you looked at one hospital with a target.",
        "2345": "One reason too many: the table cannot say whether a clock was right.",
        "25": "One reason is missing: look for what the sentence does not claim."})),
    Q("advice", 4, Written(120)))  # fmt: skip
