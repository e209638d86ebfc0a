"""What counts as right in two-logics, which mistakes are recognised, and what is said."""

from functools import partial

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Number, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.data import load
from carebook.methods.before_after import controlled_before_after

CLEAN, LATE, HALF, WAIT, AFTER = (4, 12), (16, 18), (13, 18), (19, 22), (28, 36)
SOME = (((1, 3), (5, 14)), ((1, 10), (12, 16)), ((4, 4), (9, 11)))
LONG = (((1, 6), (9, 20)), ((3, 12), (15, 19)))

# fmt: off
SLIPS = Slips({
    "all steps": ("You took every unit that joined. Keep the third step.", {"steps": (19, 21, 23)}),
    "13-18": ("You took months 13 to 18 as the time before.", {"before": HALF}),
    "late": ("Your time before holds months by which units were chosen.", {"before": LATE}),
    "to 18": ("Your time before runs on to month 18. Stop at month 12.", {"before": (4, 18)}),
    "range": ("The last month of a window got lost. Both its ends count.", {"edge": 1}),
    "counts": ("You compared infections, not rates. Line days differ.", {"weigh": "counts"}),
    "means": ("You averaged rates row by row. Add up first, then divide.", {"weigh": "rows"}),
    "upside down": ("Upside down: the two things compared changed places.", {"flip": True}),
    "both ends": ("You took a window's first and last month, not those between.", {"only": True}),
    "own table": ("Your function counts in `months`, not in its own table.", {"own": True}),
    "rounded": ("You rounded before you divided. Round once, at the end.", {"digits": 3}),
    "relative fall": ("This is how much the rate fell, not the ratio.", {"fall": True}),
    "per line day": ("This is for one line day. Give it for 1,000.", {"per": 1}),
    "to 23": ("In month 23 the programme had begun. Stop before it.", {"after": (19, 23)}),
    "to 24": ("Months 23 and 24 are already under the programme.", {"after": (19, 24)}),
    "odds": ("You made a ratio of odds. A risk is a share of all unit-months.", {"odds": True}),
    "joiners alone": ("Only the joiners are in it. What did others do?", {"alone": True}),
    "after alone": ("You compared the groups after only. How did each change?", {"last": True}),
    "subtracted": ("You subtracted one ratio from the other. Divide.", {"subtract": True}),
    "everybody": ("The joiners are in their own comparison. Take them out.", {"everybody": True}),
    "other steps": ("Units of the other steps are in your comparison.", {"rest": True}),
    "90 %": ("This is the 90 % interval. Ask for 95 %.", {"level": 0.90}),
})
# fmt: on


def groups(data, steps=(23,), rest=False):
    table = data["infection_months"]
    ours, never = table["programme_start"].isin(steps), table["programme_start"].isna()
    return table[ours], table[~ours if rest else never]


def rate(table, window, weigh="days", edge=0, only=False, own=False):
    table, (first, last) = load("infection_months") if own else table, window
    rows = table[table.month.isin(window) if only else table.month.between(first, last - edge)]
    if weigh == "rows":
        return (rows["infections"] / rows["line_days"]).mean()
    return rows["infections"].sum() / (1 if weigh == "counts" else rows["line_days"].sum())


def ratio(table, before, after, flip=False, fall=False, digits=9, **slip):
    found = round(rate(table, after, **slip) / rate(table, before, **slip), digits)
    return 1 - found if fall else 1 / found if flip else found


def compare(joined, others, before, after, alone=0, last=0, subtract=0, **slip):
    if last:
        return rate(joined, after) / rate(others, after)
    ours, theirs = (ratio(rows, before, after, **slip) for rows in (joined, others))
    return ours if alone else ours - theirs if subtract else ours / theirs


def controlled(table, before, after, everybody=False, **slip):
    joins = table["programme_start"].notna()
    return compare(table[joins], table[~joins | everybody], before, after, **slip)


def size(data, before=LATE, edge=0, **steps):
    rows = groups(data, **steps)[0].query("@before[0] <= month <= @before[1] - @edge")
    return int(rows["infections"].sum()), int(rows["line_days"].sum())


def fall(data, steps=(23,), before=LATE, after=AFTER, **slip):
    return ratio(groups(data, steps)[0], before, after, **slip)


def difference(data, steps=(23,), before=LATE, flip=False, per=1000, **slip):
    first, last = (per * rate(groups(data, steps)[0], window, **slip) for window in (before, AFTER))
    return first - last if flip else last - first


def risks(data, steps=(23,), before=CLEAN, flip=False, odds=False):
    rows = groups(data, steps)[0].assign(hit=lambda table: table["infections"] > 0)
    windows = (AFTER, before) if flip else (before, AFTER)
    first, last = (rows[rows["month"].between(*window)]["hit"].mean() for window in windows)
    return (last / (1 - last) / (first / (1 - first)) if odds else last / first), last - first


def compared(data, before=CLEAN, steps=(23,), rest=False, **slip):
    return compare(*groups(data, steps, rest), before, AFTER, **slip)


def interval(data, before=CLEAN, level=0.95, alone=False, **who):
    found = controlled_before_after(*groups(data, **who), before, AFTER, level)
    chosen = (found.joined if alone else found).ratio
    return chosen.low, chosen.high


def cases(data, variation, units, windows):
    table, found = data["infection_months"].query("month <= 20"), []
    for place, (before, after) in enumerate(windows):
        seed = 100 * variation + 10 * place + units
        names = table["unit"].drop_duplicates().sample(units, random_state=seed)
        rows = table[table.unit.isin(names)].sample(frac=0.9, random_state=seed, ignore_index=True)
        found.append(Case(f"{units} units, months {before} and {after}", (rows, before, after)))
    return found


# fmt: off
Q = partial(Question, read="the lab of the chapter on the two logics")
R = partial(Q, kind=Number(3, low=0, high=5), expects="one number, to three decimals")
E = partial(R, points=3, kind=Number(3, 0, low=0, high=5))
SUMS, END = ("counts", "means", "upside down"), ("subtracted", "rounded")
WHO = ("joiners alone", "after alone", "other steps", "all steps")
QUESTIONS = (
    Q("size", 2, Numbers(("infections", "line days"), 0, 0), "two whole numbers, infections first",
      **SLIPS.value(size, "all steps", "13-18", "range")),
    Q("rate_ratio", 4, Function(partial(cases, units=6, windows=SOME), 3), "one number, a ratio",
      **SLIPS.function(ratio, *SUMS, "range", "both ends", "own table", "relative fall")),
    Q("fall", 3, Number(4, low=0, high=5), "one number, to four decimals",
      **SLIPS.value(fall, *WHO[3:], "13-18", *SUMS, "relative fall")),
    Q("difference", 2, Number(3), "infections per 1,000 line days, to three decimals, with a sign",
      **SLIPS.value(difference, "all steps", "13-18", "upside down", "per line day", "means")),
    R("waiting", 3, **SLIPS.value(partial(fall, after=WAIT), "to 23", "to 24", "13-18", *SUMS)),
    Q("risks", 4, Numbers(("ratio", "difference"), 3), "a ratio, then a difference, 3 decimals",
      **SLIPS.value(risks, "odds", "upside down", "all steps", "late")),
    Q("controlled_ratio", 5, Function(partial(cases, units=16, windows=LONG), 3), "one number",
      **SLIPS.function(controlled, "everybody", *WHO[:2], "subtracted", *SUMS, "both ends")),
    E("controlled_late", **SLIPS.value(partial(compared, before=LATE), "13-18", *WHO, *SUMS, *END)),
    E("controlled", **SLIPS.value(compared, "late", "to 18", *WHO, *SUMS, *END)),
    Q("interval", 3, Numbers(("low", "high"), 3), "two ratios, the lower first, to three decimals",
      **SLIPS.value(interval, "90 %", "late", "other steps", "all steps", "joiners alone")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("C", {
        "A": "A fall is not yet an effect. What happened in units that did not join?",
        "B": "An interval that holds 1 holds other ratios too. Not shown is not none.",
        "D": "By which months were the units chosen? A bad spell passes by itself."})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotes", **choice("135", {
        "1235": "One reason too many: a question left open has not been answered with no.",
        "1345": "One reason too many: nobody drew lots here.",
        "13": "One reason is missing: look at how sure the sentence is.",
        "15": "One reason is missing: look at which months were used."})),
    Q("advice", 4, Written(120)),
)
