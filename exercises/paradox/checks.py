"""What counts as right in paradox, which mistakes are recognised, and what is said."""

from functools import partial

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Number, Numbers, Table, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.bootstrap import bootstrap_ratio, percentile_interval

DAY = ["clinician", "day"]


def diary(data, role="resident", late=True):
    days = data["clinic_days"]
    return days[(days["role"] == (role or days["role"])) & (late | ~days["after_hours"])]


def size(data, role="resident", numbers=False):
    days = diary(data, role)
    return tuple(days.groupby(by).ngroups for by in ("clinician", "day" if numbers else DAY))


def share_of_time(days, task, late=False, below=False, count=False, own=False, flag=None):
    kept = days if late or below else days[~days["after_hours"]]
    minutes = kept["minutes"] ** (0 if count else 1)
    part = minutes * (late | ~kept["after_hours"]) * (kept[flag] if flag else kept["task"] == task)
    by = kept["clinician"] if own else np.zeros(len(kept))
    return (part.groupby(by).sum() / minutes.groupby(by).sum()).mean()


def care_by_role(data, face=False, **slip):
    days = {role: diary(data, role) for role in ("resident", "nurse")}
    slip["flag"] = None if face else "about_patient"
    return pd.Series({role: share_of_time(days[role], "face to face", **slip) for role in days})


def resampled(totals, draws, once=False, own=False, fixed=False):
    drawn = [totals.iloc[list(set(row) if once else row)] for row in draws.to_numpy()]
    if own:
        return [(some["part"] / some["minutes"]).mean() for some in drawn]
    below = [(totals if fixed else some)["minutes"].sum() for some in drawn]
    return [some["part"].sum() / whole for some, whole in zip(drawn, below, strict=True)]


def interval(data, level=0.95, late=False, count=False, library="", **slip):
    days = diary(data, late=late)
    rows = pd.DataFrame({"minutes": days["minutes"] ** (0 if count else 1)})
    rows["part"] = rows["minutes"].where(days["task"] == "record", 0)
    if library:
        whom = days["clinician"] if library == "people" else None
        return percentile_interval(bootstrap_ratio(rows["part"], rows["minutes"], whom).resampled)
    totals = rows.groupby(days["clinician"]).sum()
    draws = np.random.default_rng(22).integers(0, len(totals), (2000, len(totals)))
    return percentile_interval(resampled(totals, pd.DataFrame(draws), **slip), level)


def widening(data, power=1, **slip):
    return (np.ptp(interval(data, **slip)) / np.ptp(interval(data, library="entries"))) ** power


def evening(data, role="resident", by=DAY, worked=False):
    days, late = diary(data, role), diary(data, role).query("after_hours")
    return late["minutes"].sum() / (late if worked else days).groupby(by).ngroups


def given_back(days, task, seconds, workdays, only=False, floor=True, unit=3600, late=True):
    some = days[(days["task"] == task) & (late | ~days["after_hours"])]
    saved = (some["minutes"] * 60).clip(upper=seconds).sum() if floor else len(some) * seconds
    return saved / (some if only else days).groupby(DAY).ngroups * workdays / unit


def cases(asked, data, variation):
    few = diary(data)
    few = few[few["clinician"].isin([f"C{place + variation}" for place in (32, 34, 36, 39, 44)])]
    part = few["minutes"].where(few["task"] == "inbox", 0)
    sums = few.assign(part=part).groupby("clinician")[["part", "minutes"]].sum()
    five = [[0, 1, 2, 3, 4], [3, 3, 3, 3, 3], [1, 0, 0, 4, variation], [2, 2, 2, 4, 1]]
    drawn = {"four draws of five": five, "one draw": five[3:], "two draws": five[1:3]}
    off = {"record": 24, "phone": 150, "meeting": 45, "inbox": 300}
    named = {
        "shares": {"walking": (few, "walking")}
        | {f"{t} in half {n + 1}": (few[n::2], t) for n in range(2) for t in off},
        "draws": {name: (sums, pd.DataFrame(rows)) for name, rows in drawn.items()},
        "savings": {f"{s} s off {t}": (few, t, s, 200 + variation) for t, s in off.items()},
    }
    return [Case(name, arguments) for name, arguments in named[asked].items()]


# fmt: off
SLIPS = Slips({
    "all roles": ("These are all three roles. Keep the residents only.", {"role": ""}),
    "consultants": ("These are the lab's consultants. Keep the residents.", {"role": "consultant"}),
    "day numbers": ("Two residents' days with one number are two days.", {"numbers": True}),
    "entries": ("You counted entries. Add up their minutes.", {"count": True}),
    "evenings in": ("The evenings are in. Leave out what came after hours.", {"late": True}),
    "evenings below": ("Evenings are out above the line, and still in below it.", {"below": True}),
    "evenings out": ("The evenings belong in here.", {"late": False}),
    "mean of shares": ("You averaged people's own shares. Divide sum by sum.", {"own": True}),
    "face to face": ("This is face to face. Asked is all about a named patient.", {"face": True}),
    "drawn twice": ("Who is drawn twice counts twice; yours counted once.", {"once": True}),
    "fixed total": ("Divide by the minutes of those drawn, not of everybody.", {"fixed": True}),
    "single tasks": ("You drew single entries. Draw whole residents.", {"library": "entries"}),
    "other draws": ("The library drew its own resamples. Take draw_people.", {"library": "people"}),
    "90 %": ("This is the 90 % interval. For 95 %, cut off less on either side.", {"level": 0.9}),
    "upside down": ("Upside down: how many times as wide is the one from people?", {"power": -1}),
    "free evenings": ("You left out the free evenings. They count, as 0.", {"worked": True}),
    "per entry": ("An entry's mean. Add up evenings.", {"by": [*DAY, "start"], "worked": True}),
    "per resident": ("You divided by residents. Divide by clinic days.", {"by": "clinician"}),
    "task's days": ("You divided by days with such an entry; all days count.", {"only": True}),
    "below nothing": ("An entry cannot save more than it took.", {"floor": False}),
    "minutes": ("These are minutes. Asked are hours.", {"unit": 60}),
})
Q = partial(Question, read="the chapter Power without presence and its lab")
ROLES = ("all roles", "consultants")
TIME = ("entries", "evenings in", "evenings below", "mean of shares")
QUESTIONS = (
    Q("size", 2, Numbers(("residents", "clinic days"), 0, 0), "two whole numbers",
      **SLIPS.value(size, *ROLES, "day numbers")),
    Q("share_of_time", 5, Function(partial(cases, "shares"), 3), "a share for each call",
      **SLIPS.function(share_of_time, *TIME)),
    Q("record_share", 3, Number(3, low=0, high=1), "a share between 0 and 1, to three decimals",
      **SLIPS.value(lambda d, role="resident", **s: share_of_time(diary(d, role), "record", **s),
                    *ROLES, *TIME, share=True)),
    Q("care_by_role", 4, Table("role", 3), "a share for each of the two roles, to three decimals",
      **SLIPS.value(care_by_role, *TIME, "face to face", share=True)),
    Q("resampled_shares", 5, Function(partial(cases, "draws"), 3), "a share for each row of draws",
      **SLIPS.function(resampled, "drawn twice", "fixed total", "mean of shares")),
    Q("interval", 4, Numbers(("low", "high"), 3), "two shares, the lower first, to three decimals",
      **SLIPS.value(interval, "single tasks", "other draws", "drawn twice", "fixed total",
                    *TIME[:2], "90 %", share=True)),
    Q("widening", 2, Number(2, low=0), "one number, to two decimals",
      **SLIPS.value(widening, "upside down", "drawn twice", "fixed total", "90 %")),
    Q("evening", 3, Number(2, low=0, high=900), "minutes a clinic day, to two decimals",
      **SLIPS.value(evening, "free evenings", "per entry", "per resident", *ROLES)),
    Q("hours_given_back", 4, Function(partial(cases, "savings"), 2), "hours a year for each call",
      **SLIPS.function(given_back, "minutes", "task's days", "below nothing", "evenings out")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("B", {
        "A": "To lose is a judgement. The diaries hold minutes, and no verdict on them.",
        "C": "One thing is said to bring about another. Shares of a day cannot show that.",
        "D": "What counts as care here? The sentence chooses and does not tell."})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("124", dict.fromkeys(("12", "14", "24"), "That holds, and something is missing.") | {
        "1234": "One reason too many: nothing here shows what keeps residents from patients.",
        "1245": "One reason too many: nobody else's residents kept these diaries."})),
    Q("advice", 4, Written(120)),
)
