"""Every author's mistake stops with file, line, what is wrong and what to do."""

from __future__ import annotations

import pytest

from carebook.press.exercises import ExerciseFault, build_exercise
from carebook.press.exercises.build import read_exercise
from carebook.press.exercises.marking_guide import read_guide
from carebook.press.exercises.samples import read_samples

# file to change, text, new text, where the fault is reported, its words
FAULTS = {
    "duplicate grade_id": (
        "exercise.md",
        'check("halve", halve)',
        'check("area", halve)',
        r"exercise\.md:48: duplicate grade_id 'area'; it stands at line 30\. Give each question",
    ),
    "question without a cell": (
        "checks.py",
        'Question("why", 2, Written(50)),',
        'Question("why", 2, Written(50)),\n    Question("whence", 2, Written(50)),',
        r"checks\.py:21: question 'whence' has no written cell in exercise\.md\. Add the cell",
    ),
    "cell without a question": (
        "exercise.md",
        'check("halve", halve)',
        'check("half", halve)',
        r"checks\.py:16: question 'halve' has no check cell",
    ),
    "extra cell": (
        "exercise.md",
        "+++\n\nWrite a function.",
        '```{code-cell} ipython3\n:tags: [check]\ncheck("round", area)\n```\n\nWrite a function.',
        r"exercise\.md:35: the cell's question 'round' is not stated in checks\.py\. State one",
    ),
    "points that do not add up": (
        "exercise.md",
        "points: 7",
        "points: 8",
        r"exercise\.md:4: points: 8 are announced, and the questions add up to 7\. Write 'points:",
    ),
    "too few mistakes": (
        "checks.py",
        '        Mistake("square", "This is the square.", lambda data: 16.0),\n',
        "",
        r"checks\.py:12: question 'area' recognises 1 mistakes\. Add Mistake records; 2 are",
    ),
    "mistake that looks right": (
        "checks.py",
        "lambda data: 16.0",
        "lambda data: 12.5664",
        r"checks\.py:12: question 'area': mistake 'square' cannot be told from the right answer",
    ),
    "two mistakes alike": (
        "checks.py",
        "lambda data: 16.0",
        "lambda data: math.pi * 4.5",
        r"checks\.py:12: question 'area': mistake 'square' cannot be told from mistake 'circum",
    ),
    "truth that stops": (
        "checks.py",
        "truth=lambda data: math.pi * 4,",
        "truth=lambda data: data['tides'],",
        r"checks\.py:12: question 'area': KeyError: 'tides'\. Mend the function",
    ),
    "truth of the wrong kind": (
        "checks.py",
        "truth=lambda data: math.pi * 4,",
        "truth=lambda data: 'twelve',",
        r"checks\.py:12: question 'area': its truth or a mistake: this is text in quotation marks",
    ),
    "checks.py that cannot be read": (
        "checks.py",
        "import math",
        "import math(",
        r"checks\.py:1: checks\.py cannot be run: SyntaxError",
    ),
    "question stated twice": (
        "checks.py",
        'Question("why", 2, Written(50)),',
        'Question("why", 2, Written(50)),\n    Question("why", 2, Written(50)),',
        r"checks\.py:20: question 'why' is stated twice\. Rename one",
    ),
    "number among the questions": (
        "checks.py",
        '    Question("why", 2, Written(50)),',
        '    3,\n    Question("why", 2, Written(50)),',
        r"checks\.py:20: entry 3 of QUESTIONS is 3, which is no Question\. Write Question",
    ),
    "checks.py that ends Python": (
        "checks.py",
        "import math\n",
        "import math\nraise SystemExit(3)\n",
        r"checks\.py:2: checks\.py cannot be run: SystemExit: 3",
    ),
    "truth that is missing": (
        "checks.py",
        "truth=lambda data: math.pi * 4,",
        "truth=lambda data: math.nan,",
        r"checks\.py:12: question 'area': ValueError: question 'area', answer: .* missing",
    ),
    "check without a value": (
        "exercise.md",
        'check("area", area)',
        'check("area",)',
        r"exercise\.md:30: a check cell holds .* Write one line: check\(\"name\", value\)",
    ),
    "check with a keyword": (
        "exercise.md",
        'check("area", area)',
        'check("area", value=area)',
        r"exercise\.md:30: a check cell holds",
    ),
    "check with an open bracket": (
        "exercise.md",
        'check("area", area)',
        'check("area", area',
        r"exercise\.md:30: a check cell holds",
    ),
    "check with a third argument": (
        "exercise.md",
        'check("area", area)',
        'check("area", area, 2)',
        r"exercise\.md:30: a check cell holds",
    ),
    "unknown table": (
        "exercise.md",
        "tables: none",
        "tables: staff_surway",
        r"exercise\.md:5: front matter: tables names 'staff_surway'\. .*staff_survey",
    ),
    "unknown tag": (
        "exercise.md",
        ":tags: [set-up]",
        ":tags: [setup]",
        r"exercise\.md:12: cell tags are \['setup'\]\. Use at most one of: set-up, solution",
    ),
    "no set-up": (
        "exercise.md",
        ":tags: [set-up]\n",
        "",
        r"exercise\.md:12: the first code cell, and no other, must be the set-up",
    ),
    "solution without markers": (
        "exercise.md",
        "### END SOLUTION\n",
        "",
        r"exercise\.md:21: the solution holds 0 times '### END SOLUTION'\. Put both",
    ),
    "solution without a check": (
        "exercise.md",
        'check("halve", halve)',
        "halve(2)",
        r"exercise\.md:48: a check cell holds 'halve\(2\)'\. Write one line",
    ),
    "minutes left out": (
        "exercise.md",
        "minutes: 5",
        "minutes: soon",
        r"exercise\.md:3: front matter: minutes is 'soon'\. Write 'minutes:' with a number",
    ),
    "another kernel": (
        "exercise.md",
        "name: python3",
        "name: ir",
        r"exercise\.md:1: front matter: kernelspec name is 'ir'\. Write 'name: python3'",
    ),
    "front matter that is no YAML": (
        "exercise.md",
        "title: A small exercise",
        "title: [A small exercise",
        r"exercise\.md:1: this is not a MyST notebook: .* Mend the front matter",
    ),
    "name that is no grade_id": (
        "exercise.md",
        'check("area", area)',
        'check("the area", area)',
        r"exercise\.md:30: question name 'the area' is not usable as a grade_id",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault_is_reported_with_file_and_line(book, change, case):
    name, old, new, words = FAULTS[case]
    change(name, old, new)
    with pytest.raises(ExerciseFault, match=words):
        read_exercise(book / "exercises" / "small")


def test_exercise_that_does_not_exist_is_named_with_those_that_do(book):
    with pytest.raises(ExerciseFault, match=r"smal/exercise\.md:1: .* Exercises that stand: small"):
        build_exercise(book, "smal")


def test_solution_that_fails_its_own_checks_stops_the_build(book, change):
    change("exercise.md", "radius_of_circle**2", "radius_of_circle**3")
    words = (
        r"exercise\.md:30: the solution earns 0 of 3 points for 'area': area: Not yet .* "
        r"Mend the solution, or the truth in checks\.py:12"
    )
    with pytest.raises(ExerciseFault, match=words):
        build_exercise(book, "small")
    assert not (book / "_build" / "exercises" / "small").exists()


def test_solution_that_raises_stops_the_build(book, change):
    change("exercise.md", "radius_of_circle = 2", "radius_of_circle = two")
    words = r"exercise\.md:21: the solution stops here: NameError: name 'two' is not defined"
    with pytest.raises(ExerciseFault, match=words):
        build_exercise(book, "small")


def test_release_that_stops_when_blank_stops_the_build(book, change):
    change("exercise.md", "area = ...\n", "")
    with pytest.raises(ExerciseFault, match=r"exercise\.md:29: the blank release stops here: Name"):
        build_exercise(book, "small")


def test_release_that_gives_the_answer_away_stops_the_build(book, change):
    change("exercise.md", "area = ...\n", "area = 12.566\n")
    words = r"exercise\.md:30: the blank release earns 3 points for 'area'\. Take the answer out"
    with pytest.raises(ExerciseFault, match=words):
        build_exercise(book, "small")


SAMPLE_FAULTS = {
    "unknown cell": ("right.md", "## why", "## wherefore", r"right\.md:9: there is no answer cell"),
    "score left out": ("right.md", "area: 3, ", "", r"right\.md:5: scores: area\. State one"),
    "too many points": ("right.md", "area: 3", "area: 4", r"right\.md:5: scores: 4 for 'area'"),
    "wrong total": ("right.md", "total: 6", "total: 7", r"right\.md:6: total: 7, and the scores"),
    "unknown start": ("right.md", "solution", "anew", r"right\.md:4: starts_from is 'anew'"),
    "score in quotation marks": (
        "right.md",
        "area: 3",
        'area: "3"',
        r"right\.md:5: scores: '3' for 'area'\. Write a number",
    ),
    "comments that are one word": (
        "right.md",
        "comments: {why: [a, c]}",
        "comments: a",
        r"right\.md:1: the front matter cannot be read",
    ),
    "no front matter": ("right.md", "---\n", "", r"right\.md:1: the front matter cannot be read"),
}


@pytest.mark.parametrize("case", SAMPLE_FAULTS)
def test_sample_fault_is_reported_with_file_and_line(book, change, case):
    name, old, new, words = SAMPLE_FAULTS[case]
    change(f"submissions/{name}", old, new)
    folder = book / "exercises" / "small"
    exercise = read_exercise(folder)
    with pytest.raises(ExerciseFault, match=words):
        read_samples(folder, exercise.master, exercise.stated)


def test_exercise_without_samples_is_refused(book):
    folder = book / "exercises" / "small"
    for path in (folder / "submissions").glob("*.md"):
        path.unlink()
    exercise = read_exercise(folder)
    with pytest.raises(ExerciseFault, match=r"there are no samples\. Write right\.md"):
        read_samples(folder, exercise.master, exercise.stated)


GUIDE_FAULTS = {
    "rubric off": (
        "points: 1, full: yes it does, none: none}\n    - {heading: Gives an",
        "points: 2, full: yes it does, none: none}\n    - {heading: Gives an",
        r"marking-guide\.yaml:1: the rubric of 'why' adds up to 3, the question is worth 2",
    ),
    "rubric without points": (
        "points: 1, full",
        "full",
        r"marking-guide\.yaml:1: 'why': row 1 of the rubric is worth None\. Write 'points:'",
    ),
    "rubric worth a word": (
        "points: 1, full",
        "points: one, full",
        r"marking-guide\.yaml:1: 'why': row 1 of the rubric is worth 'one'",
    ),
    "exemplar worth a word": ("points: 0", "points: nil", r"'why': exemplar 3 is worth 'nil'"),
    "few bands": ("points: 0", "points: 1", r"'why' has 2 exemplars of different worth\. Write at"),
    "few comments": (", e: Five.", "", r"'why' has 4 comments\. Write at least 5"),
    "other question": ("why:\n", "how:\n", r"no guide for 'why'\. Add it under that name"),
    "comment without a name": (
        "comments: {",
        "comments: {null: Nothing said., ",
        r"a comment is named None; put its name in quotation marks",
    ),
    "no yaml": ("comments: {", "comments: {{", r"marking-guide\.yaml:\d+: the guide cannot be"),
}


@pytest.mark.parametrize("case", GUIDE_FAULTS)
def test_guide_fault_is_reported(book, change, case):
    old, new, words = GUIDE_FAULTS[case]
    change("submissions/marking-guide.yaml", old, new)
    folder = book / "exercises" / "small"
    with pytest.raises(ExerciseFault, match=words):
        read_guide(folder, read_exercise(folder).stated)


def test_missing_guide_is_asked_for(book):
    folder = book / "exercises" / "small"
    (folder / "submissions" / "marking-guide.yaml").unlink()
    with pytest.raises(ExerciseFault, match=r"there is no marking guide\. Write one for 'why'"):
        read_guide(folder, read_exercise(folder).stated)


def test_points_in_tenths_add_up(book, change):
    change("checks.py", 'Question("area", 3,', 'Question("area", 0.1,')
    change("checks.py", 'Question("halve", 2,', 'Question("halve", 0.2,')
    change("checks.py", 'Question("why", 2,', 'Question("why", 0.3,')
    change("exercise.md", "points: 7", "points: 0.6")
    change("submissions/marking-guide.yaml", "points: 1,", "points: 0.1,")
    change("submissions/marking-guide.yaml", "points: 1,", "points: 0.2,")
    change("submissions/right.md", "area: 3, halve: 2, why: 1", "area: 0.1, halve: 0.2, why: 0.3")
    change("submissions/right.md", "total: 6", "total: 0.6")
    folder = book / "exercises" / "small"
    exercise = read_exercise(folder)
    assert list(read_guide(folder, exercise.stated)) == ["why"]
    assert len(read_samples(folder, exercise.master, exercise.stated)) == 2
