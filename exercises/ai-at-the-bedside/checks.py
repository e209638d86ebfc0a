"""What counts as right in ai-at-the-bedside, which mistakes are recognised, and what is said."""

from functools import partial

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.logistic import logistic_regression

ILL, LOWER, MINE, FROM = "deteriorated", 0.07, slice(-15_000, None), np.greater_equal


def rows(data, part=MINE):
    return data["deterioration_alerts"].iloc[part]


def fourfold(table, at=LOWER, reaches=FROM):
    rang, ill = reaches(table["score"], at), table[ILL]
    return tuple(int(each.sum()) for each in (rang & ill, rang & ~ill, ~rang & ill, ~rang & ~ill))


def counts(data, order=(0, 1, 2, 3), at=LOWER, reaches=FROM, **slip):
    return tuple(fourfold(rows(data, **slip), at, reaches)[place] for place in order)


def shares(data, order=1, of=(0, 2), among=(0, 1), **slip):
    found = counts(data, **slip)
    return tuple(found[group[0]] / sum(found[i] for i in group) for group in (of, among))[::order]


def true_share(found, alone, frequency, lot=False, false=lambda alone: 1 - alone, well=True):
    ill, rest = (1, 1) if lot else (frequency, 1 - frequency if well else 1)
    return found * ill / (found * ill + false(alone) * rest)


def minutes(data, share=28 / 4 / 2, order=1, only=(0, 1), each=9, **slip):
    tables = [fourfold(rows(data, **slip), at) for at in (0.10, LOWER)]
    return tuple(each * share * sum(t[i] for i in only) / sum(t) for t in tables)[::order]


def fair(data, order=1, way=np.divide, rang=False, **slip):
    table = rows(data, **slip)
    means = table[table["score"] >= LOWER * rang].groupby("group")[[ILL, "score"]].mean()
    return tuple(way(means[ILL], means["score"]))[::order]


def found(data, order=1, at=LOWER, among=lambda t: t[ILL], of="rang", **slip):
    table = rows(data, **slip).assign(rang=lambda each: each["score"] >= at)
    return tuple(table[among(table)].groupby("group")[of].mean())[::order]


def worth(t, at, heard, price=lambda p: p / (1 - p), good=1, bad=0, over=sum, reaches=FROM):
    n = fourfold(t, at, reaches)
    return (heard**good * n[0] - price(at) * n[1] * heard**bad) / over(n)


def benefit(data, per=1000, at=LOWER, part=MINE, **slip):
    table = rows(data, part)
    asked = ((table, 1), (table, 0.5), (table.assign(score=1.0), 0.5))
    return tuple(per * worth(each, at, heard, **slip) for each, heard in asked)


def visits(data, power=np.exp, at=0.10, came=pd.Series.notna, need=True, log=np.log, **slip):
    table = rows(data, **slip).query("score >= @at")
    team = pd.DataFrame({"team": 1.0 * came(table["minutes_to_team"])})
    risk = log(table["score"] / (1 - table["score"])) if log else table["score"]
    held = team.assign(**{"score": risk} | ({"ill": 1.0 * table[ILL]} if need else {}))
    one, two = (logistic_regression(table["died"], each).loc["team"] for each in (team, held))
    return tuple(float(power(x)) for x in (one["estimate"], *two[["estimate", "low", "high"]]))


def worth_cases(data, variation):
    table = rows(data)[["score", ILL]]
    some = table.sample(150, weights=0.1 + table[ILL], random_state=variation + 3)
    few = some.head(8).assign(score=[0.02, 0.08, 0.08, 0.25, 0.4, 0.05, 0.3, 0.08])
    asked = ((some, 0.05, 0.9), (some, 0.1, 0.5), (few, 0.08, 0.75), (few, 0.25, 0.4))
    return [Case(f"{len(t)} patients at {at}", (t, at, heard)) for t, at, heard in asked]


# fmt: off
SLIPS = Slips({
    "lab's": ("These are the rows of the lab.", {"part": slice(0, 15_000)}),
    "all": ("You used the whole table. Take the last 15,000 rows.", {"part": slice(None)}),
    "0.10": ("That is the alert as it is. Asked for is 0.07.", {"at": 0.10}),
    "above": ("A score of exactly the threshold raises an alert, too.", {"reaches": np.greater}),
    "places": ("False alerts and missed have changed places.", {"order": (0, 2, 1, 3)}),
    "swapped": ("Your numbers are in the wrong order.", {"order": -1}),
    "of all": ("The first is a share of all patients.", {"of": (0, 1, 2, 3)}),
    "negative": ("The second is about patients without an alert.", {"among": (3, 2)}),
    "lot": ("You left out how common the event is.", {"lot": True}),
    "alarmed": ("Specificity is the share of the well left alone.", {"false": lambda alone: alone}),
    "well": ("False alerts come only from those who stay well.", {"well": False}),
    "a day": ("That is for a whole day. Give it for one shift.", {"share": 7}),
    "ward": ("That is for the whole ward. Give it for one nurse.", {"share": 14}),
    "true only": ("You counted the true alerts. False ones take as long.", {"only": (0,)}),
    "alerts": ("These are alerts. Asked for are minutes.", {"each": 1}),
    "upside down": ("Upside down: divide the other way.", {"way": lambda seen, said: said / seen}),
    "apart": ("That is a difference. Divide.", {"way": np.subtract}),
    "with alert": ("You took patients with an alert. Take all.", {"rang": True}),
    "truth": ("That is the share of true alerts.", {"among": lambda t: t["rang"], "of": ILL}),
    "rings": ("That is the share of all who have an alert.", {"among": lambda t: t["score"] > 0}),
    "no odds": ("A false alert costs the odds, not the threshold.", {"price": lambda p: p}),
    "odds over": ("The odds are upside down.", {"price": lambda p: (1 - p) / p}),
    "heard": ("False alerts ring, answered or not.", {"bad": 1}),
    "deaf": ("Only a share of the true alerts is answered.", {"good": 0}),
    "over": ("You divided by alerts. Divide by patients.", {"over": lambda n: n[0] + n[1] or 1}),
    "one": ("That is for one patient. Asked for is 1,000.", {"per": 1}),
    "no exp": ("These are log odds. np.exp makes ratios of them.", {"power": np.asarray}),
    "everybody": ("Take patients with an alert only.", {"at": 0}),
    "lower": ("Take the alerts as they are now, from 0.10.", {"at": LOWER}),
    "no team": ("A blank means that no team came.", {"came": pd.Series.isna}),
    "need": ("You left out whether they deteriorated.", {"need": False}),
    "raw": ("You put in the score, not its log odds.", {"log": None}),
})
Q = partial(Question, read="the chapter on AI at the bedside and its lab")
WHERE, PAIR = ("lab's", "all"), Numbers(("first", "second"), 4)
WARDS = (0.49, 0.92, 0.04), (0.8, 0.7, 0.3), (0.33, 0.95, 0.11), (0.9, 0.6, 0.55)
QUESTIONS = (
    Q("counts", 2, Numbers(("true", "false", "missed", "alone"), 0, 0), "four whole numbers",
      **SLIPS.value(counts, *WHERE, "0.10", "above", "places")),
    Q("shares", 3, PAIR, "two shares, four decimals",
      **SLIPS.value(shares, *WHERE, "0.10", "swapped", "of all", "negative", share=True)),
    Q("true_share", 4, Function(lambda data, more: [
        Case(f"frequency {c}", (a, b - 0.03 * more, c)) for a, b, c in WARDS], 4), "one share",
      **SLIPS.function(true_share, "lot", "alarmed", "well")),
    Q("minutes", 4, Numbers(("0.10", "0.07"), 2), "two numbers, two decimals",
      **SLIPS.value(minutes, *WHERE, "a day", "ward", "true only", "alerts", "swapped")),
    Q("said", 3, PAIR, "two ratios, four decimals",
      **SLIPS.value(fair, *WHERE, "upside down", "apart", "with alert", "swapped")),
    Q("found", 3, PAIR, "two shares, four decimals",
      **SLIPS.value(found, *WHERE, "0.10", "truth", "rings", "swapped", share=True)),
    Q("worth", 4, Function(worth_cases, 4), "one net benefit for each patient",
      **SLIPS.function(worth, "no odds", "odds over", "heard", "deaf", "over", "above")),
    Q("benefit", 3, Numbers(("all answered", "some", "everybody"), 3), "three numbers",
      **SLIPS.value(benefit, *WHERE, "0.10", "one", "no odds", "heard")),
    Q("visits", 4, Numbers(("as counted", "equal need", "low", "high"), 4), "four numbers",
      **SLIPS.value(visits, *WHERE, "no exp", "everybody", "lower", "no team", "need", "raw")),
    Q("sentence", 3, Choice(tuple("ABCD")), "one letter", **choice("B", {
        "A": "To be found is not to be helped: who comes?", "C": "Look at both limits.",
        "D": "Compare Part 3: whose patients would still be missed?"})),
    Q("reasons", 3, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("235", dict.fromkeys(("2", "3", "5", "23", "25", "35"), "True, not complete.") | {
        "1235": "One too many: 1 goes beyond the interval.", "2345": "One too many: see 4."})),
    Q("answer", 4, Written(120)),
)
