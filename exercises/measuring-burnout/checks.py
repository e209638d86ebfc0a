"""What counts as right in measuring-burnout, which mistakes are recognised, and what is said."""

from functools import partial

import numpy as np

from carebook.checks import Question
from carebook.checks.kinds import Case, Choice, Choices, Function, Number, Numbers, Table, Written
from carebook.checks.mistakes import Slips, choice
from carebook.methods.copenhagen import PERSONAL, WORK, score_items, score_scales
from carebook.methods.prevalence import wilson_interval
from carebook.methods.reliability import cronbach_alpha

# fmt: off
SLIPS = Slips({
    "all waves": ("You used all three waves. Keep wave 2 only.", {"waves": (1, 2, 3)}),
    "wave 1": ("This is wave 1, which the lab used. Keep wave 2 only.", {"waves": (1,)}),
    "not reversed": ("work_4 asks about having energy. Turn it round first.", {"reverse": False}),
    "reversed": ("Here work_4 stays as it is, not turned round.", {"reverse": True}),
    "upside down": ("Upside down: code 1 (always) is worth 100 points, 5 none.", {"turn": True}),
    "item left out": ("You left work_4 out. Keep all seven items.", {"without": ["work_4"]}),
    "blanks dropped": ("You lost everybody with a blank item; keep them.", {"complete": True}),
    "blank as 0": ("A blank became 0 points. No answer is not the answer 'never'.", {"zero": True}),
    "above only": ("You counted scores above the cut-off only. At it counts too.", {"edge": 0.1}),
    "invited": ("People without a score are in your denominator.", {"invited": True}),
    "90 %": ("This is the 90 % interval. Ask for 95 %.", {"level": 0.90}),
    "edge": ("Exactly the minimum is enough: compare with >=.", {"edge": 1}),
    "rule ignored": ("Rows with fewer answers than the minimum stay blank.", {"ignore": True}),
})
# fmt: on


def survey(data, waves=(2,)):
    return data["staff_survey"].query("wave in @waves")


def points(answers, reverse=True, turn=False, zero=False, without=()):
    items = score_items(answers)[list(WORK)]
    items = items if reverse else items.assign(work_4=100 - items["work_4"])
    items = (100 - items if turn else items).fillna(0.0 if zero else np.nan)
    return items.drop(columns=list(without))


def score(answers, complete=False, **slip):
    return points(answers, **slip).mean(axis=1, skipna=not complete)


def headcount(data, waves=(2,), complete=False):
    answers = survey(data, waves)
    kept = answers.dropna() if complete else answers[answers["responded"]]
    return len(answers), len(kept)


def scores(data, waves=(2,), zero=False, **slip):
    answers = survey(data, waves)
    return score(answers[answers["responded"]] if zero else answers, zero=zero, **slip)


def work_mean(data, **slip):
    return scores(data, **slip).mean()


def alpha(data, waves=(2,), **slip):
    return cronbach_alpha(points(survey(data, waves), **slip)).value


def high(data, edge=0.0, invited=False, **slip):
    found = scores(data, **slip).where(data["staff_survey"][list(WORK)].count(axis=1) >= 4)
    return (found if invited else found.dropna()) >= 50 + edge


def share(data, **slip):
    return high(data, **slip).mean()


def interval(data, level=0.95, **slip):
    return wilson_interval(int(high(data, **slip).sum()), len(high(data, **slip)), level)


def by_role(data, **slip):
    return high(data, **slip).groupby(data["staff_survey"]["role"]).mean()


def headlines(data, waves=(2,), edge=0.0, invited=False):
    scales = score_scales(survey(data, waves)).dropna(how="all" if invited else "any")
    over, far = scales >= 50 + edge, scales["work"] >= 75 + edge
    found = [over["work"], over["personal"], over.any(axis=1), over.all(axis=1), far]
    return min(each.mean() for each in found), max(each.mean() for each in found)


def rule(items, minimum, edge=0, zero=False, ignore=False):
    means = (items.fillna(0.0) if zero else items).mean(axis=1)
    return means if ignore else means.where(items.notna().sum(axis=1) >= minimum + edge)


def answer_cases(data, variation):
    chance = np.random.default_rng(variation)
    some = survey(data)[list(WORK)].dropna().sample(18, random_state=variation)
    alike = some[:3].assign(**{item: [1, 5, 2] for item in WORK}).astype(some.dtypes)
    holes = some[6:12].mask(chance.permuted(np.tile(np.arange(7) < 2, (6, 1)), axis=1))
    silent = some[12:].mask(np.tile(np.arange(6)[:, None] == variation + 2, (1, 7)))
    named = {"full rows": some[:6], "same codes": alike, "blanks": holes, "a silent row": silent}
    return [Case(name, (table,)) for name, table in named.items()]


def rule_cases(data, variation):
    some = score_items(survey(data))[list(PERSONAL)].dropna().sample(14, random_state=variation)
    # Row k keeps k answers, so that every minimum has a row just at its edge.
    steps = some.where(np.arange(6) < (np.arange(14) % 7)[:, None]).sample(frac=1, random_state=9)
    return [Case(f"a minimum of {least}", (steps, least)) for least in (1, 3, 4, 6)]


# fmt: off
Q = partial(Question, read="the chapter Measuring burnout and its lab")
ALPHA, SHARE = "one number, to three decimals", "a share between 0 and 1, to three decimals"
SCORING = ("not reversed", "upside down")
COUNTING = ("all waves", "wave 1", "above only", "invited")
QUESTIONS = (
    Q("headcount", 3, Numbers(("invited", "answered"), 0, 0), "two whole numbers, invited first",
      **SLIPS.value(headcount, "all waves", "wave 1", "blanks dropped")),
    Q("score_work", 4, Function(answer_cases, 2), "one score for each row",
      **SLIPS.function(score, *SCORING, "blanks dropped", "blank as 0")),
    Q("work_mean", 3, Number(2, low=0, high=100), "one number from 0 to 100, to two decimals",
      **SLIPS.value(work_mean, *COUNTING[:2], *SCORING, "blanks dropped", "blank as 0")),
    Q("scale_score", 4, Function(rule_cases, 2), "one score for each row, blank under the minimum",
      **SLIPS.function(rule, "edge", "rule ignored", "blank as 0")),
    Q("alpha", 3, Number(3, 0, high=1), ALPHA,
      **SLIPS.value(alpha, "not reversed", "item left out")),
    Q("alpha_unreversed", 2, Number(3, 0, high=1), ALPHA,
      **SLIPS.value(partial(alpha, reverse=False), "reversed", "item left out")),
    Q("share_at_50", 3, Number(3, low=0, high=1), SHARE,
      **SLIPS.value(share, *COUNTING, *SCORING, "blanks dropped", share=True)),
    Q("interval", 3, Numbers(("low", "high"), 3), "two shares, the lower first, to three decimals",
      **SLIPS.value(interval, *COUNTING, "90 %", "not reversed", share=True)),
    Q("share_by_role", 4, Table("role", 3), "a share for each of the six roles, to three decimals",
      **SLIPS.value(by_role, *COUNTING, *SCORING, share=True)),
    Q("headlines", 3, Numbers(("smallest", "largest"), 3), "two shares, the smaller first",
      **SLIPS.value(headlines, *COUNTING, share=True)),
    Q("sentence", 2, Choice(tuple("ABCD")), "one letter", **choice("C", {
        "A": "This speaks of all staff. Who answered, and who did not?",
        "B": "One thing is said to bring about another. Two surveys alone do not show that.",
        "D": "A score under a cut-off is not a clean bill of health, and who did not answer?"})),
    Q("reasons", 2, Choices(tuple("12345")), "a set of numbers in quotation marks",
      **choice("124", {
        "1234": "One reason too many: the survey did not ask why people kept silent.",
        "1245": "One reason too many: decimals do not make a sentence true.",
        "12": "One reason is missing: look for what the sentence does not claim."})),
    Q("advice", 4, Written(120)),
)
