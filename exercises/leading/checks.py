"""What counts as right in leading, which mistakes are recognised, and what is said."""

from functools import partial

import numpy as np
import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.clusters import intraclass_correlation

SLIPS = Slips({
    "wave 2": ("Take wave 3.", {"wave": [2]}), "all waves": ("Take one wave.", {"wave": [1, 2, 3]}),
    "invited": ("You counted who was invited. Count who answered.", {"invited": True}),
    "up to 11": ("Eleven answers are not fewer than eleven.", {"line": 12}),
    "safety": ("You took psychological safety.", {"item": "psychological_safety"}),
    "hospitals": ("These are hospitals. How alike are people of one unit?", {"unit": "hospital"}),
    "one answer": ("One answer is that reliable. A mean has more behind it.", {"how": "one"}),
    "itself": ("Below the line, take 1 from the people first.", {"how": "itself"}),
    "not counted": ("The people are missing above the line.", {"how": "divided"}),
    "rounded down": ("That is one answer too few: round up.", {"whole": np.floor}),
    "in part": ("Nobody answers in part. Give whole numbers.", {"whole": float}),
    "more than": ("A unit with exactly so many has enough.", {"more": True}),
    "wrong way": ("The more reliable a mean, the more of it stays.", {"how": "wrong way"}),
    "all alike": ("Each unit has its own number of people.", {"how": "all alike"}),
    "to zero": ("The rest of the weight is for the centre.", {"how": "to zero"}),
    "by one answer": ("You weighed each mean as if it were one answer.", {"how": "by one"}),
    "units' mean": ("Take the mean of all answers as the centre.", {"centre": "units"}),
    "same people": ("Your jury holds those who had answered before.", {"jury": "same"}),
    "everybody": ("Leave out of the jury who had answered before.", {"jury": "all"}),
    "not squared": ("Square them.", {"how": "absolute"}), "roots": ("No root.", {"how": "root"}),
    "no second": ("Take the others from a hospital's total: what do you learn?", {"also": "no"}),
    "everywhere": ("You kept a unit back where nothing had to be hidden.", {"also": "always"}),
    "all that tie": ("Of equally small ones only the first is kept back.", {"also": "all"}),
})  # fmt: skip


def rows(data, wave=(3,), invited=False):
    found = data["staff_survey"].query("wave in @wave", local_dict={"wave": list(wave)})
    return found if invited else found[found["responded"]]


def counts(data, line=11, **which):
    sizes = rows(data, **which)["unit"].value_counts()
    return sizes.sum(), sizes.min(), (sizes < line).sum(), sizes[sizes < line].sum()


def alike(data, wave=(3,), item="leadership_score", unit="unit"):
    icc = intraclass_correlation(rows(data, wave)[item], rows(data, wave)[unit])
    return icc.value, icc.low, icc.high


def reliability(people, icc, how=""):
    top, one = icc if how == "divided" else people * icc, how != "itself"
    return icc if how == "one" else top / (1 + (people - one) * icc)


def enough(data, whole=np.ceil, more=False, invited=False, **other):
    icc, sizes = alike(data, **other)[0], rows(data, invited=invited)["unit"].value_counts()
    return (need := whole(4 * (1 - icc) / icc)), (sizes >= need + more).sum()


def pulled(table, icc, centre, how=""):
    people = table["people"].mean() if how == "all alike" else table["people"]
    weight = icc if how == "by one" else reliability(people, icc)
    weight = 1 - weight if how == "wrong way" else weight
    return list(weight * table["mean"] + (how != "to zero") * (1 - weight) * centre)


def units(data, wave=(3,), centre="", how="", item="leadership_score"):
    table = rows(data, wave).groupby("unit")[item].agg(people="size", mean="mean")
    middle = (table["mean"] if centre else rows(data, wave)[item]).mean()
    return table.assign(pulled=pulled(table, alike(data, wave, item)[0], middle, how))


def ends(data, **which):
    table = units(data, **which).sort_values("mean")
    most = (table["mean"] - table["pulled"]).abs().max()
    return table["mean"].iloc[0], table["pulled"].iloc[0], most


def fresh(data, jury="new", how=""):
    before, after = units(data, [2]), rows(data)
    known = after["staff"].isin(rows(data, [2])["staff"])
    after = {"new": after[~known], "same": after[known], "all": after}[jury]
    gaps = before[["mean", "pulled"]].sub(after.groupby("unit")["leadership_score"].mean(), axis=0)
    size = (gaps.abs() if how == "absolute" else gaps**2).mean()
    return tuple(size**0.5 if how == "root" else size)


def publish(table, line=11, also="smallest"):
    hidden = table["answers"] < line
    for _, group in table.groupby("hospital"):
        rest = group.loc[~hidden[group.index], "answers"]
        if len(rest) and also != "no" and (len(group) - len(rest) == 1 or also == "always"):
            hidden.loc[rest.index[rest == rest.min()] if also == "all" else rest.idxmin()] = True
    return [int(each) for each in hidden]


def kept_back(data, **slip):
    table = rows(data).groupby("unit").agg(hospital=("hospital", "min"), answers=("staff", "size"))
    hidden = pd.Series(publish(table, **slip), table.index, dtype=bool)
    return hidden.sum(), table.loc[hidden, "answers"].sum()


def pulled_cases(data, variation):
    for people, icc, middle in (((5, 12, 33), 0.2, 60), ((40, 7), 0.06, 4), ((9, 30, 21), 0.3, 48)):
        made = [(n + 2 * variation, middle + 9 - n**0.8) for n in people]
        table = pd.DataFrame(made, list("WVU")[: len(made)], ["people", "mean"])
        yield Case(f"{len(people)} units", (table, icc, middle + variation))


def publish_cases(data, variation):
    for text in ("c9 a10 a14 c30 a14 c5 b11 b20", "a9 c8 a16 a16 d11", "a11 b9 b3 b12 a7 a11"):
        made = [(word[0], int(word[1:])) for word in text.split()[:: 1 - 2 * variation]]
        table = pd.DataFrame(made, range(len(made), 0, -1), ["hospital", "answers"])
        yield Case(f"{len(made)} units", (table,))


Q = partial(Question, read="the lab of the chapter Leading")
PEOPLE, THREE = ((6, 0.12), (15, 0.3), (24, 0.05), (40, 0.18)), "three numbers, in this order"
QUESTIONS = (
    Q("counts", 2, Numbers(("answers", "fewest", "units", "people"), 0, 0), "four whole numbers",
      **SLIPS.value(counts, "wave 2", "all waves", "invited", "up to 11")),
    Q("alike", 3, Numbers(("correlation", "low", "high"), 4), THREE,
      **SLIPS.value(alike, "wave 2", "all waves", "safety", "hospitals")),
    Q("reliability", 4, Function(lambda data, v: [
        Case(f"{n + v} people", (n + v, i + v / 50)) for n, i in PEOPLE], 3), "a share",
      **SLIPS.function(reliability, "one answer", "itself", "not counted")),
    Q("enough", 3, Numbers(("answers", "units"), 1, 0), "two whole numbers",
      **SLIPS.value(enough, "rounded down", "in part", "more than", "invited", "safety")),
    Q("pulled", 4, Function(pulled_cases, 3), "one number for each row",
      **SLIPS.function(pulled, "wrong way", "all alike", "to zero", "by one answer")),
    Q("ends", 4, Numbers(("as it came", "pulled", "furthest"), 3), THREE, **SLIPS.value(
        ends, "wave 2", "units' mean", "by one answer", "wrong way", "all alike")),
    Q("fresh", 5, Numbers(("as it came", "pulled"), 2), "two numbers, in this order",
      **SLIPS.value(fresh, "same people", "everybody", "not squared", "roots")),
    Q("publish", 5, Function(publish_cases, 0), "1 or 0 for each row", **SLIPS.function(
        publish, "up to 11", "no second", "everywhere", "all that tie")),
    Q("kept_back", 2, Numbers(("units", "answers"), 0, 0), "two whole numbers",
      **SLIPS.value(kept_back, "no second", "up to 11", "everywhere")),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("C", {
        "A": "Somebody is always last. What does the number say about a leader?",
        "B": "What would the interval hold then?", "D": "Who answered each time?"})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotes", **choice("135", {
        "1235": "One too many: what else differs?", "1345": "One too many: who answered?",
        "13": "Missing: the small units.", "15": "Missing: a test.", "35": "Missing: Part 2."})),
    Q("advice", 4, Written(120)))  # fmt: skip
