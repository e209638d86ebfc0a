"""What counts as right in staffing, which mistakes are recognised, and what is said."""

from functools import partial

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.absolute_risk import risk_at
from carebook.methods.clustered import clustered_logistic
from carebook.methods.logistic import logistic_regression

MINE, DIED, GRADUATES = ("H13", "H24"), "died_30_days", "graduate_nurses"


# fmt: off
def rows(data, hospitals=MINE):
    return data["admissions"].query("@hospitals[0] <= hospital <= @hospitals[1]")

def crude_deaths(data, above=np.greater_equal, by=None, order=1, per=100, **slip):
    table = rows(data, **slip).assign(kind=lambda found: 1.0 * above(found[GRADUATES], 45))
    died = (table.groupby(by)[[DIED, "kind"]].mean() if by else table).groupby("kind")[DIED].mean()
    return (per * died[1], per * died[0])[::order]

def log_odds(table, odds=True, log=np.log, sign=1):
    risk = table["predicted_risk"] / 100
    return sign * log(risk / (1 - risk) if odds else risk)

def fit(data, fair=True, by="", points=10, risk=log_odds, staffing=True, **slip):
    table = rows(data, **slip)
    held = {"risk": risk(table)} | ({"staffing": table["patients_per_nurse"]} if staffing else {})
    predictors = pd.DataFrame({"asked": table[GRADUATES] / points} | (held if fair else {}))
    method = partial(clustered_logistic, clusters=table[by]) if by else logistic_regression
    return method(table[DIED], predictors).loc["asked"]

def ratio(data, power=np.exp, **slip):
    return tuple(power(fit(data, **slip)[["estimate", "low", "high"]]))

def unit_error(table, by="unit", correct=True, over="patients", means=False):
    group = table[by] if by else pd.Series(range(len(table)), table.index)
    sums, units = (table[DIED] - table[DIED].mean()).groupby(group).sum(), group.nunique()
    if means:
        return table[DIED].groupby(group).mean().std() / units**0.5
    error = (sums**2).sum() ** 0.5 / (len(table) if over == "patients" else units)
    return error * ((units / (units - 1)) ** 0.5 if correct else 1)

def wider(data, by="unit", power=1, order=1, **slip):
    both = [[fit(data, fair, way, **slip)["error"] for way in (by, "")] for fair in (False, True)]
    return tuple((honest / plain) ** power for honest, plain in both)[::order]

def fewer_deaths(data, new=risk_at, way=-1, per=1000, power=1, by="unit", digits=15, **slip):
    risks = rows(data, slip.get("hospitals", MINE))["predicted_risk"] / 100
    found = [(risks - new(risks, each)).mean() for each in ratio(data, by=by, **slip)]
    saved = [round(each, digits) for each in found]
    return tuple(((per or len(risks)) * saved[place]) ** power for place in (0, way, -way))

def risk_cases(data, variation):
    some = rows(data)[["age", "predicted_risk"]].sample(12, random_state=variation + 5)
    ends = pd.DataFrame({"predicted_risk": [0.1, 95.0, 61.5 + variation]}, index=[7, 3, 5])
    return [Case("twelve patients", (some,)), Case("three patients", (ends,))]

def unit_cases(data, variation):
    found = rows(data)[["unit", DIED]]
    some = found.sample(240, weights=found[DIED] + 0.1, random_state=variation + 3)
    died = [letter == "B" for letter in "BACABACBBCABB"[variation:][:11]]
    few = pd.DataFrame({"unit": list("ZBQZBQZKBBZ"), DIED: died}, index=range(11, 0, -1))
    return [Case(f"{len(table)} patients", (table,)) for table in (some, few, few.head(7))]

def odds_cases(data, variation):
    some = {0.12: 0.8, 0.3: 2.0, 0.04: 1.3, 0.88: 0.5, 0.65: 0.93}
    return [Case(f"odds ratio {k}", (a + 0.01 * variation, k)) for a, k in some.items()]

SLIPS = Slips({
    "all 24": ("You used all 24 hospitals.", {"hospitals": ("H01", "H24")}),
    "lab's": ("These are the hospitals of the lab.", {"hospitals": ("H01", "H12")}),
    "above": ("At least 45 means that 45 counts.", {"above": np.greater}),
    "shares": ("These are shares. Give deaths for every 100.", {"per": 1}),
    "unit means": ("You averaged units. Take their patients together.", {"by": "unit"}),
    "swapped": ("The two numbers have changed places.", {"order": -1}),
    "no odds": ("That is the log of the risk, not of its odds.", {"odds": False}),
    "no log": ("These are odds. Take their logarithm.", {"log": np.asarray}),
    "flipped": ("Your odds are those of survival.", {"sign": -1}),
    "one point": ("That is for 1 percentage point. Asked for is 10.", {"points": 1}),
    "no exp": ("These are log odds. np.exp makes ratios of them.", {"power": np.asarray}),
    "raw risk": ("You put in the risk, not its log odds.", {"risk": lambda t: t["predicted_risk"]}),
    "log risk": ("You put in the log of the risk, not of its odds.",
                 {"risk": partial(log_odds, odds=False)}),
    "no staffing": ("Staffing is missing from the model.", {"staffing": False}),
    "strangers": ("You took patients as strangers. Go by units.", {"by": ""}),
    "no factor": ("√(units ÷ (units − 1)) is missing.", {"correct": False}),
    "over units": ("Divide by the patients, not by the units.", {"over": "units"}),
    "of means": ("That treats a small unit like a large one.", {"means": True}),
    "hospital": ("You clustered by hospital. The unit was asked for.", {"by": "hospital"}),
    "upside down": ("Upside down: divide the other way round.", {"power": -1}),
    "times": ("You multiplied the risk, not its odds.", {"way": lambda a, b: a * b}),
    "odds left": ("These are odds. Make a risk of them.", {"way": lambda a, b: a * b / (1 - a)}),
    "change": ("That is the change of the risk.", {"way": lambda a, b: risk_at(a, b) - a}),
    "mean": ("That is at a mean risk.", {"new": lambda a, b: a - (m := a.mean()) + risk_at(m, b)}),
    "risk ratio": ("You took an odds ratio for a ratio of risks.", {"new": lambda a, b: a * b}),
    "limits": ("Look at the order of your limits.", {"way": 1}),
    "price limits": ("Few deaths averted make a high price, not a low one.", {"way": -1}),
    "in all": ("That is for all patients together. Give it per 1,000.", {"per": 0}),
    "added": ("These are deaths added: take the new risk from the old.", {"per": -1000, "way": 1}),
    "rounded": ("You divided by rounded deaths. Keep their decimals.", {"digits": 5}),
    "crude": ("You used the crude ratio. Take the model of question 5.", {"fair": False}),
    "per patient": ("1,000 admissions cost 1,000 times as much as one.", {"per": 1000 / 30}),
})
Q = partial(Question, read="the chapter Work environment and mortality and its lab")
RATIO, WHERE = partial(Numbers, ("odds ratio", "low", "high")), ("all 24", "lab's")
QUESTIONS = (
    Q("totals", 2, Numbers(("admissions", "units", "deaths"), 0, 0), "three whole numbers",
      **SLIPS.value(lambda data, **slip: rows(data, **slip).pipe(
          lambda table: (len(table), table["unit"].nunique(), table[DIED].sum())), *WHERE)),
    Q("crude_deaths", 3, Numbers(("more graduates", "fewer"), 2), "two numbers, two decimals",
      **SLIPS.value(crude_deaths, *WHERE, "above", "unit means", "swapped", "shares")),
    Q("log_odds", 3, Function(risk_cases, 4), "one number for each row",
      **SLIPS.function(log_odds, "no odds", "no log", "flipped")),
    Q("crude_ratio", 2, RATIO(4), "three numbers, four decimals",
      **SLIPS.value(partial(ratio, fair=False), *WHERE, "one point", "no exp")),
    Q("fair_ratio", 3, RATIO(5), "three numbers, five decimals",
      **SLIPS.value(ratio, *WHERE, "one point", "no exp", "raw risk", "log risk",
                    "no staffing")),
    Q("unit_error", 4, Function(unit_cases, 4), "one standard error, as a share",
      **SLIPS.function(unit_error, "strangers", "no factor", "over units", "of means")),
    Q("wider", 3, Numbers(("question 4", "question 5"), 3), "two numbers, three decimals",
      **SLIPS.value(wider, "hospital", "upside down", "swapped")),
    Q("new_risk", 3, Function(odds_cases, 4), "one risk, as a share",
      **SLIPS.function(lambda a, b, way=risk_at: way(a, b), "times", "odds left", "change")),
    Q("fewer_deaths", 4, Numbers(("estimate", "low", "high"), 2), "three numbers, two decimals",
      **SLIPS.value(fewer_deaths, *WHERE, "strangers", "mean", "risk ratio", "limits",
                    "added", "in all", "crude")),
    Q("price", 3, Numbers(("estimate", "low", "high"), 0, 2), "three prices in whole pounds",
      **SLIPS.value(partial(fewer_deaths, per=1 / 30, power=-1, way=1), *WHERE, "strangers",
                    "mean", "price limits", "per patient", "rounded")),
    Q("sentence", 3, Choice(tuple("ABCD")), "one letter", **choice("C", {
        "A": "Who lay in those units? Compare Parts 1 and 2.", "B": "Was there nothing else?",
        "D": "Look at the limits again, and at what a single hospital can see."})),
    Q("reasons", 3, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("124", dict.fromkeys(("12", "14", "24"), "That holds, and something is missing.") | {
        "1234": "One reason too many: what was not measured cannot be shown to be absent.",
        "1245": "One reason too many: a promise makes no sentence safe."})),
    Q("advice", 4, Written(120)),
)
