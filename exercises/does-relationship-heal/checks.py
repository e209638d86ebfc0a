"""What counts as right in does-relationship-heal, which mistakes are recognised, what is said."""

from functools import partial

import numpy as np
from scipy.stats import norm, t

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Table, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.linear import linear_regression
from carebook.methods.pooling import pool_fixed, pool_random, standard_error_from_interval

# fmt: off
LIMITS, ALIKE, Z = ["estimate", "ci_low", "ci_high"], ("baseline_hba1c", "age", "continuity"), 1.96
JUDGES = ("empathy_patient", "empathy_observer", "empathy_self")

def published(data, meta, text="", column="study"):
    rows = data["study_level"].query("meta_id == @meta")
    return rows[rows[column].str.contains(text, regex=False)]

def turned(data, study="Spatz", order=(0, 2, 1), way=np.reciprocal):
    values = published(data, "pereiragray2018", study)[LIMITS].to_numpy(dtype=float)[0]
    return tuple(way(values)[list(order)])

def gap(data, other="rated by PATIENTS", sign=1, add=np.hypot, widths=2, root=1, ends=False):
    both = [published(data, "empathytraining2016", who, "subgroup")[LIMITS].to_numpy()[0]
            for who in ("rated by external", other)]
    (one, low, high), (two, least, most) = both
    reach = Z * add((high - low) / (widths * Z), (most - least) / (widths * Z)) ** root
    found = sign * (one - two)
    return (found, low - most, high - least) if ends else (found, found - reach, found + reach)

def log_ratio(estimate, low, high, log=np.log, widths=2, upper=False):
    error = log(high / estimate) / Z if upper else (log(high) - log(low)) / (widths * Z)
    return log(estimate), error

def average(effects, errors, tau2, power=1.0, keep=1, inside=False, root=0.5, plain=False):
    errors = np.array(errors)
    weights = ((errors + tau2) ** -2 if inside else 1 / (errors**2 + keep * tau2)) ** power
    return np.average(effects, weights=None if plain else weights), weights.sum() ** -root

def new_place(middle, error, tau2, k, times=lambda k: t.ppf(0.975, k - 2), keep=1, back=np.exp):
    width = (keep * tau2 + error**2) ** 0.5
    return back(middle - times(k) * width), back(middle + times(k) * width)

def pools(data, measures=("HR",), turn=True, control=False, ratio=True, order=(0, 1), share=False,
          ends=("prediction_low", "prediction_high")):
    rows = published(data, "baker2020").query("measure in @measures and ci_low == ci_low")
    rows = rows[control | ~rows["study"].str.contains("unfamiliar")]
    values, back = rows[LIMITS].to_numpy(dtype=float), rows["subgroup"].str.contains("REVERSED")
    values[back & turn] = 1 / values[back & turn][:, [0, 2, 1]]
    errors = standard_error_from_interval(values[:, 1], values[:, 2], ratio)
    found = [way(values[:, 0], errors, ratio=ratio) for way in (pool_fixed, pool_random)]
    if not share:
        return (*(found[n].estimate for n in order), *(getattr(found[1], end) for end in ends))
    return tuple(found[n].weights[[*rows["study"]].index("Leleu and Minvielle")] for n in order)

def fit(data, judges=JUDGES, limits=False, alike=ALIKE, doctors=("C101", "C200"), points=10, by=1,
        beside=()):
    rows = data["consultations"].query("@doctors[0] <= clinician <= @doctors[1]")
    known = {each: [*alike, *(other for other in beside if other != each)] for each in judges}
    tables = {each: rows[known[each]].assign(rating=rows[each] / points) for each in judges}
    groups = (rows["clinician"],) if by else ()
    found = {j: linear_regression(rows["hba1c"], tables[j], *groups).loc["rating"] for j in judges}
    return tuple(found[judges[0]][limits]) if limits else {j: found[j]["estimate"] for j in judges}

def listed_cases(data, variation, some, at, name):
    cases = ((*each[:at], each[at] + variation / 20, *each[at + 1:]) for each in some)
    return [Case(f"{name} {case[-1]:g}", case) for case in cases]

def average_cases(data, variation):
    chance = np.random.default_rng(variation + 7)
    some = ((2, 0.0), (3, 0.05), (5, 0.2), (8, 0.011), (4, 0.4))
    return [Case(f"{n} studies, tau2 {tau2}", (chance.normal(-0.2, 0.4, n).round(3).tolist(),
            chance.uniform(0.05, 0.6, n).round(3).tolist(), tau2)) for n, tau2 in some]

RATIOS = ((0.77, 0.7, 0.86), (1.92, 1.19, 3.12), (12.6, 3.1, 53.2), (0.97, 0.88, 1.06))
PLACES = ((-0.2, 0.05, 0.02, 5), (0.3, 0.1, 0.0, 4), (-0.1, 0.03, 0.004, 3), (0.05, 0.2, 0.1, 12))
SLIPS = Slips({
    "limits left": ("Your lower limit is above the upper one.", {"order": (0, 1, 2)}),
    "as printed": ("That is still as printed.", {"way": np.positive, "order": (0, 1, 2)}),
    "minus log": ("That is minus the logarithm. Give a ratio.", {"way": lambda x: -np.log(x)}),
    "the trained": ("You took the trained person, not the patients.", {"other": "rated by the"}),
    "other way": ("You took patients minus observers.", {"sign": -1}),
    "errors added": ("Standard errors are not added. Add squares.", {"add": np.add}),
    "whole width": ("You divided by 1.96 alone: a half is missing.", {"widths": 1}),
    "no root": ("The root is missing: squares, not an error.", {"root": 2}),
    "ends": ("Limits are not subtracted: two bad lucks seldom meet.", {"ends": True}),
    "no log": ("You worked on the ratio itself.", {"log": lambda x: x}),
    "upper only": ("You used the upper limit alone. Use both.", {"upper": True}),
    "1/error": ("The weights go by the error, not by its square.", {"power": 0.5}),
    "no tau2": ("tau2 is left out.", {"keep": 0}),
    "tau2 inside": ("Square the error first, then add tau2.", {"inside": True}),
    "plain mean": ("All studies count alike in your average.", {"plain": True}),
    "root": ("A root is missing in the standard error.", {"root": 1}),
    "normal": ("You used 1.96. Few studies need t.", {"times": lambda k: norm.ppf(0.975)}),
    "k - 1": ("Degrees of freedom: two are lost.", {"times": lambda k: t.ppf(0.975, k - 1)}),
    "no exp": ("These are logarithms. Ratios are asked for.", {"back": np.positive}),
    "not turned": ("The reversed rows are not turned round.", {"turn": False}),
    "control": ("The negative control is still in.", {"control": True}),
    "odds ratios": ("Odds ratios are still in: the lab's rows.", {"measures": ("HR", "OR")}),
    "no logs": ("You averaged ratios, not their logarithms.", {"ratio": False}),
    "swapped": ("Fixed and random have changed places.", {"order": (1, 0)}),
    "mean's": ("That is the interval of the average.", {"ends": ("low", "high")}),
    "a point": ("That is for one point. Ten are asked for.", {"points": 1}),
    "tenths": ("Ten points differ by ten times as much as one, not by a tenth.", {"points": 0.1}),
    "together": ("All three judges are in one model. Fit three.", {"beside": JUDGES}),
    "lab's": ("These are the doctors of the lab.", {"doctors": ("C001", "C100")}),
    "all 200": ("You took all 200 doctors.", {"doctors": ("C001", "C200")}),
    "alone": ("Nothing is held alike.", {"alike": ()}),
    "no start": ("The HbA1c at the start is missing.", {"alike": ALIKE[1:]}),
    "strangers": ("You took visits as strangers. Go by doctors.", {"by": False}),
    "patient's": ("That is the patient's rating.", {"judges": JUDGES}),
})
Q = partial(Question, read="the chapter Does relationship heal? and its lab")
SLOPES = partial(Q, points=3, kind=Table("judge", 4), expects="three slopes, to four decimals")
WHOSE, THREE = ("lab's", "all 200", "a point", "tenths", "together"), ("estimate", "low", "high")
QUESTIONS = (
    Q("turned", 2, Numbers(THREE, 4), "three ratios, to four decimals", **SLIPS.value(
        turned, "limits left", "as printed", "minus log")),
    Q("gap", 3, Numbers(THREE, 3), "three numbers, to three decimals", **SLIPS.value(
        gap, "the trained", "other way", "errors added", "whole width", "no root", "ends")),
    Q("to_log_ratio", 3, Function(partial(listed_cases, some=RATIOS, at=2, name="upper limit"), 4),
      "two numbers", **SLIPS.function(log_ratio, "no log", "whole width", "upper only")),
    Q("pool_by_hand", 4, Function(average_cases, 4), "two numbers in round brackets",
      **SLIPS.function(average, "1/error", "no tau2", "tau2 inside", "plain mean", "root")),
    Q("prediction_interval", 4, Function(partial(listed_cases, some=PLACES, at=0, name="k ="), 4),
      "two ratios, lower first",
      **SLIPS.function(new_place, "normal", "k - 1", "no tau2", "no exp")),
    Q("pools", 5, Numbers(("fixed", "random", "next place, low", "next place, high"), 4),
      "four ratios, to four decimals", **SLIPS.value(
          pools, "not turned", "control", "odds ratios", "no logs", "swapped", "mean's")),
    Q("giant", 2, Numbers(("fixed", "random"), 4), "two shares, to four decimals", **SLIPS.value(
        partial(pools, share=True), "not turned", "control", "odds ratios", "swapped", share=True)),
    SLOPES("crude", **SLIPS.value(partial(fit, alike=()), *WHOSE)),
    SLOPES("fair", **SLIPS.value(fit, *WHOSE, "alone", "no start")),
    Q("observer", 3, Numbers(("low", "high"), 4), "two numbers", **SLIPS.value(
        partial(fit, judges=JUDGES[1:], limits=["low", "high"]), *WHOSE, "alone", "strangers",
        "patient's")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("B", {
        "A": "Who rated the doctor lower to begin with? Compare questions 8 and 9.",
        "C": "For which judge did it all but vanish? Look at the others, and at question 10.",
        "D": "Copying was not tried. And how well does a doctor's own rating fit the others?"})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotes", **choice("124", {
        "1234": "One reason too many: three judges gave three slopes.",
        "1245": "One reason too many: this is one clinic.",
        **dict.fromkeys(("12", "14", "24"), "These hold, and one is missing.")})),
    Q("advice", 4, Written(120)))
