"""What counts as right in partners, which mistakes are recognised, and what is said."""

from functools import partial

import pandas as pd

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Numbers, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.clusters import intraclass_correlation
from carebook.methods.experience import case_mix_adjusted, mean_scores
from carebook.methods.score_reliability import reliability_of

TRAITS = ("age_band", "health", "sex", "contact")


def sent(data, units=("U076", "U150")):
    table = data["experience_survey"].query("@units[0] <= unit <= @units[1]")
    return table.assign(score=table.filter(like="item_").mean(axis=1))


def said(data, **slip):
    return sent(data, **slip).query("responded")


def totals(data, least=30, count=said, **slip):
    few = (count(data, **slip).groupby("unit").size() < least).sum()
    return len(sent(data, **slip)), len(said(data, **slip)), few


def response(data, of=None, order=1, per=100, **slip):
    replied = sent(data, **slip).groupby("age_band")["responded"]
    shares = replied.mean() if of is None else of(replied.sum())
    return (per * shares["16-39"], per * shares["75+"])[::order]


def top_box(table, lowest=9, blanks=False, mean=False, per=1):
    known = table if blanks else table.dropna()
    top = known["answer"] if mean else per * (known["answer"] >= lowest)
    return top.groupby(known["unit"]).mean().tolist()


def two_scores(data, of="item_7", lowest=9, order=1, replies=said, per=100, **slip):
    answers = replies(data, **slip).groupby("unit")[of]
    both = [answers.get_group(unit) for unit in ("U124", "U139")]
    pairs = [(each.mean(), per * (each.fillna(0) >= lowest).mean()) for each in both]
    return (*pairs[0][::order], *pairs[1][::order])


def needed(data, of="score", letters=lambda n, share: n / share, odds=4, **slip):
    table, everybody = said(data, **slip), sent(data, **slip)
    icc = intraclass_correlation(table[of], table["unit"]).value
    answers = odds * (1 - icc) / icc
    return answers, letters(answers, len(table) / len(everybody))


def standardised(table, standard, weights=lambda ages: ages.value_counts(normalize=True), own=0):
    means = table.groupby("age_band")["score"].mean()
    return (means * weights((table if own else standard)["age_band"])).sum()


def fair(data, least=30, by="mean", give="adjusted", order=1, traits=TRAITS, **slip):
    table = said(data, **slip)
    table = case_mix_adjusted(table["score"], table["unit"], table[list(traits)])
    table = table[table["n"] >= least]
    return tuple(table.loc[[table[by].idxmax(), table[by].idxmin()], give])[::order]


def beyond(data, least=30, order=1, rule="high < @ref or low > @ref", **slip):
    table = said(data, **slip)
    score, unit, known = table["score"], table["unit"], {"ref": table["score"].mean()}
    both = (mean_scores(score, unit), case_mix_adjusted(score, unit, table[list(TRAITS)]))
    rule = f"n >= {least} and ({rule})"
    return tuple(len(each.query(rule, local_dict=known)) for each in both)[::order]


def top_cases(data, variation):
    some = said(data)[["unit", "item_7"]].set_axis(["unit", "answer"], axis=1)
    some = some.astype({"answer": float}).sample(110, random_state=variation + 2)
    some["answer"] = some["answer"].mask(some["unit"].duplicated() & (some["answer"] == 7))
    few = [9.0, None, 10, 8, 9, 10, 3, None, 8, 9][variation % 3 :][:7]
    few = pd.DataFrame({"unit": list("QBQBQBB"), "answer": few}, range(7, 0, -1))
    return [Case(f"{len(table)} rows", (table,)) for table in (some, few)]


def standard_cases(data, more):
    table = said(data)[["age_band", "score"]].astype({"score": float})
    one = table.sample(60, weights=1 + 9 * (table["age_band"] == "16-39"), random_state=more + 4)
    few = pd.DataFrame({"age_band": list("yyyox"), "score": [4.0, 6, 5, 9 - more, 7]})
    pairs = (one, table.sample(300, random_state=1)), (few, few.iloc[[0, 1, 0, 4, 3, 4]])
    return [Case(f"{len(unit)} people", (unit, standard)) for unit, standard in pairs]


# fmt: off
SLIPS = Slips({
    "all 150": ("You used all 150 units.", {"units": ("U001", "U150")}),
    "lab's": ("These are the units of the lab.", {"units": ("U001", "U075")}),
    "at most": ("Thirty replies are not fewer than 30.", {"least": 31}),
    "letters": ("Units are judged by replies, not by letters.", {"count": sent}),
    "made of": ("That is each band's share of all replies.", {"of": lambda n: n / n.sum()}),
    "swapped": ("Right numbers in the wrong order.", {"order": -1}),
    "shares": ("Give per cent.", {"per": 1}), "half": ("That is for 0.5, not 0.8.", {"odds": 1}),
    "above nine": ("Nine counts as top.", {"lowest": 10}), "ten": ("Take item_7.", {"of": "score"}),
    "blanks": ("Leave blanks out.", {"blanks": True}), "mean": ("That is a mean.", {"mean": True}),
    "silent": ("People who never replied are counted as not top.", {"replies": sent}),
    "chance": ("That is 1 minus chance. Divide.", {"way": lambda n, r: 1 - (1 - r) / n}),
    "no sum": ("You divided by chance, not by the sum.", {"way": lambda n, r: n * r / (1 - r)}),
    "grows": ("Chance shrinks with answers.", {"way": lambda n, r: r / (r + (1 - r) * n)}),
    "one more": ("Chance is 1 − icc, not 1.", {"way": lambda n, r: n * r / (1 + n * r)}),
    "item": ("That is for one question. Take the mean of ten.", {"of": "item_7"}),
    "times": ("More letters than answers are needed.", {"letters": lambda n, share: n * share}),
    "counts": ("Weights must add up to 1.", {"weights": lambda ages: ages.value_counts()}),
    "equal": ("You let all bands weigh the same.", {"weights": lambda ages: 1 / ages.nunique()}),
    "no minimum": ("Leave out units with fewer than 30 replies.", {"least": 1}),
    "crude": ("These are crude.", {"give": "mean"}), "own": ("That is its own mean.", {"own": 1}),
    "age": ("You adjusted for age alone.", {"traits": ("age_band",)}),
    "own ends": ("Take the ends of the crude means.", {"by": "adjusted"}),
    "above": ("You counted units above alone.", {"rule": "low > @ref"}),
})
Q, WHERE = partial(Question, read="the chapter Partners and its lab"), ("all 150", "lab's")
QUESTIONS = (
    Q("totals", 2, Numbers(("letters", "replies", "units"), 0, 0), "three whole numbers",
      **SLIPS.value(totals, *WHERE, "at most", "letters")),
    Q("response", 3, Numbers(("youngest", "oldest"), 2), "two numbers, two decimals",
      **SLIPS.value(response, *WHERE, "made of", "swapped", "shares")),
    Q("top_box", 4, Function(top_cases, 4), "one share for each unit",
      **SLIPS.function(top_box, "above nine", "blanks", "mean")),
    Q("two_scores", 4, Numbers(("U124 mean", "U124 top", "U139 mean", "U139 top"), 2), "4 numbers",
      **SLIPS.value(two_scores, "ten", "above nine", "silent", "swapped", "shares")),
    Q("reliability", 4, Function(lambda data, more: [
        Case(f"{n} answers", (n + more, 2 / (n + 5))) for n in (9, 40, 150)], 4), "one number",
      **SLIPS.function(
        lambda n, r, way=reliability_of: way(n, r), "chance", "no sum", "one more", "grows")),
    Q("needed", 4, Numbers(("answers", "letters"), 1), "two numbers, one decimal",
      **SLIPS.value(needed, *WHERE, "item", "times", "half")),
    Q("standardised", 4, Function(standard_cases, 4), "one mean score",
      **SLIPS.function(standardised, "counts", "own", "equal")),
    Q("fair", 3, Numbers(("highest", "lowest"), 3), "two numbers, three decimals",
      **SLIPS.value(fair, *WHERE, "no minimum", "crude", "age", "own ends", "swapped")),
    Q("beyond", 2, Numbers(("crude", "adjusted"), 0, 0), "two whole numbers",
      **SLIPS.value(beyond, *WHERE, "no minimum", "above", "swapped")),
    Q("sentence", 3, Choice(tuple("ABCD")), "one letter", **choice("C", {
        "A": "Where did both ends go when the patients were made alike?",
        "B": "Look at question 9.", "D": "Who replied? What was never recorded?"})),
    Q("reasons", 3, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("124", dict.fromkeys(("1", "2", "4", "12", "14", "24"), "True, not complete.") | {
        "1234": "A difference does not name its cause.", "1245": "Most cannot be placed."})),
    Q("advice", 4, Written(120)),
)
