"""What counts as right in well-staff-well-patients, which mistakes are recognised, what is said."""

from functools import partial

import numpy as np

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.linear import linear_regression

PAIRS = (("engagement", "experience"), ("staffing", "burnout"), ("burnout", "experience"))
SLIPS = Slips({
    "36 months": ("All 36 months are in it. Keep months 25 to 36.", {"first": 1}),
    "mean of rates": ("You averaged ratios row by row. Add up first.", {"plain": True}),
    "order": ("The right numbers in the wrong order: read it again.", {"turn": True}),
    "mixed": ("All rows as they stand: between and within are mixed in it.", {"how": "all"}),
    "between": ("These are means of units. Take distances from them.", {"how": "between"}),
    "within": ("These are distances from means. Take the means.", {"how": "within"}),
    "by rows": ("Units with more rows count more. Give each unit one.", {"how": "by rows"}),
    "y alone": ("You took the mean away from y alone. x needs it, too.", {"how": "y alone"}),
    "months": ("You took away the mean of each month. Take each unit's.", {"how": "months"}),
    "mean of slopes": ("You averaged one slope a unit. Fit one to all rows.", {"how": "slopes"}),
    "upside down": ("This is the slope of x for one unit of y. Turn it round.", {"swap": True}),
    "correlation": ("This is a correlation, not a slope.", {"corr": True}),
    "staffing": ("You held staffing equal. Hold burnout equal.", {"other": "staffing"}),
    "no units": ("Your interval does not know which rows share a unit.", {"by": None}),
    "90 %": ("This is the 90 % interval. Ask for 95 %.", {"level": 0.90}),
    "alone": ("Burnout is not in your regression.", {"other": None}),
    "percent": ("This looks like a percentage. Leave the ratio as it is.", {"times": 100}),
    "edges": ("Below 42 leaves 42 out; 48 or more holds 48.", {"edges": True}),
    "same month": ("You paired each month with itself.", {"lag": 0}),
    "backwards": ("You paired x with y of the month before.", {"lag": -1}),
    "across units": ("A unit's last month met the next unit's first.", {"across": True}),
    "not sorted": ("You took the next row for the next month. Sort first.", {"sort": False}),
    "as it stands": ("Take each number's distance from its unit's mean.", {"centre": False}),
})  # fmt: skip


def third(data, first=25, last=36):
    return data["ward_months"].query("@first <= month <= @last")


def rates(data, plain=False, turn=False, **slip):
    rows = third(data, **slip)
    parts = rows[["reported_errors", "observed_errors"]].div(rows["patient_days"], axis=0)
    found = 1000 * np.average(parts, axis=0, weights=None if plain else rows["patient_days"])
    return tuple(found[::-1] if turn else found)


def levelled(table, names, how):
    values, by = table[[*names]], table["month" if how == "months" else "unit"].to_numpy()
    means = values.groupby(by).transform("mean")
    means = means.assign(**{names[0]: 0.0}) if how == "y alone" else means
    found = {"all": values, "by rows": means, "between": values.groupby(by).mean()}
    return found.get(how, values - means)


def slope(table, x, y, how, swap=False, corr=False):
    if how == "slopes":
        return np.mean([slope(rows, x, y, "all") for _, rows in table.groupby("unit")])
    values = levelled(table, (x, y), how)
    a, b = values[y if swap else x], values[x if swap else y]
    return a.corr(b) if corr else a.cov(b) / a.var()


def levels(data, how="within", turn=False, swap=False, corr=False, **slip):
    kinds = ("all", how, "between") if turn else ("all", "between", how)
    return tuple(slope(third(data, **slip), *PAIRS[0], k, swap, corr) for k in kinds)


def fitted(data, how="within", other="burnout", by="unit", level=0.95, **slip):
    rows = third(data, **slip)
    known = ["engagement", other] if other else ["engagement"]
    values = levelled(rows, (*known, "experience"), how)
    groups = rows[by] if by and how != "between" else None
    return linear_regression(values["experience"], values[known], groups, level).iloc[1:]


def adjusted(data, turn=False, **slip):
    return tuple(fitted(data, **slip)["estimate"].iloc[:: -1 if turn else 1])


def interval(data, **slip):
    return tuple(fitted(data, **slip)[["low", "high"]].iloc[0])


def ratios(data, edges=False, plain=False, turn=False, times=1, **slip):
    rows, found, nudge = third(data, **slip), [], 0.01 if edges else 0
    for part in (rows[rows["burnout"] < 42 + nudge], rows[rows["burnout"] >= 48 + nudge]):
        above, below = part["reported_errors"], part["observed_errors"].replace(0, np.nan)
        found.append(times * ((above / below).mean() if plain else above.sum() / below.sum()))
    return tuple(found[::-1] if turn else found)


def next_month(table, x, y, lag=1, across=False, sort=True, centre=True):
    rows = table.sort_values(["unit", "month"]) if sort else table
    values = levelled(rows, (x, y), "within" if centre else "all")
    return values[x].corr((values[y] if across else values[y].groupby(rows["unit"])).shift(-lag))


def lags(data, turn=False, first=25, last=36, **slip):
    rows, pairs = third(data, first, last), (PAIRS[0], PAIRS[0][::-1])
    return tuple(next_month(rows, *pair, **slip) for pair in pairs[:: -1 if turn else 1])


def cases(data, variation, seed):
    chance, table, found = np.random.default_rng(seed + variation), third(data), []
    for number, (x, y) in enumerate(PAIRS, 5):
        units = chance.choice(table["unit"].unique(), number, replace=False)
        last = table["unit"].map(dict(zip(units, chance.integers(28, 37, number), strict=True)))
        rows = table[table["month"] <= last][["unit", "month", x, y]].sample(frac=1, random_state=1)
        found.append(Case(f"{y} and {x} in {number} units", (rows, x, y)))
    return found


Q = partial(Question, read="the lab of the chapter Well staff, well patients?")
TO_4, WRONG_WAY = "to four decimals", ("upside down", "correlation")
QUESTIONS = (
    Q("rates", 2, Numbers(("reported", "observed"), 3), "two rates, three decimals, reported first",
      **SLIPS.value(rates, "36 months", "mean of rates", "order")),
    Q("between_slope", 4, Function(partial(cases, seed=1), 4), "one number, a slope",
      **SLIPS.function(partial(slope, how="between"), "mixed", "within", "by rows", *WRONG_WAY)),
    Q("within_slope", 5, Function(partial(cases, seed=3), 4), "one number, a slope",
      **SLIPS.function(partial(slope, how="within"), "mixed", "between", "y alone", "months",
                       "mean of slopes", *WRONG_WAY)),
    Q("levels", 4, Numbers(("all", "between", "within"), 4), f"three slopes {TO_4}, in that order",
      **SLIPS.value(levels, "36 months", "order", "mean of slopes", "y alone", *WRONG_WAY)),
    Q("adjusted", 4, Numbers(("engagement", "burnout"), 4), f"two slopes {TO_4}, engagement first",
      **SLIPS.value(adjusted, "mixed", "between", "staffing", "36 months", "order")),
    Q("interval", 3, Numbers(("low", "high"), 4), f"two slopes {TO_4}, the lower first",
      **SLIPS.value(interval, "no units", "90 %", "alone", "mixed")),
    Q("ratios", 3, Numbers(("below 42", "48 or more"), 4), f"two ratios {TO_4}, in this order",
      **SLIPS.value(ratios, "36 months", "mean of rates", "edges", "order", "percent")),
    Q("next_month", 4, Function(partial(cases, seed=5), 4), "one number, a correlation",
      **SLIPS.function(next_month, "same month", "backwards", "across units", "as it stands",
                       "not sorted")),
    Q("lags", 3, Numbers(("engagement first", "experience first"), 4), f"two correlations {TO_4}",
      **SLIPS.value(lags, "36 months", "order", "across units", "as it stands")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("B", {
        "A": "At which level was that slope found, and about which level does A speak?",
        "C": "Not shown is not none: read your interval again, and your slope between units.",
        "D": "What works within a month need leave no mark on the next."})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotes", **choice("145", {
        "1245": "One reason too many: burnout is one common cause. Are there others?",
        "1345": "One reason too many: did the month before tell you anything?",
        "15": "One is missing: look at what is left open.", "45": "One is missing: the levels.",
        "14": "One is missing: read how the sentence ends."})),
    Q("advice", 4, Written(120)))  # fmt: skip
