"""Show the expected and actual scores of an exercise's samples as a table in plain text."""

from __future__ import annotations

from carebook.press.exercises.course import Graded


def score_table(graded: Graded) -> str:
    """Return a line for each sample and question, then what came of it all."""
    lines = [f"{'sample':24} {'question':18} {'expected':>8} {'actual':>8}  equal"]
    lines += [
        f"{score.sample:24} {score.question:18} {score.expected:8g} {score.actual:8g}  "
        f"{'yes' if score.equal else 'NO'}"
        for score in graded.lines
    ]
    lines += [
        f"{sample}: its feedback holds what it must not: {text!r}" for sample, text in graded.leaks
    ]
    stopped = {score.sample: score.status for score in graded.scores if score.status}
    lines += [f"{sample}: could not be graded and gets 0" for sample in stopped]
    differ = sum(not score.equal for score in graded.lines)
    samples = len({score.sample for score in graded.scores})
    verdict = "all scores are as stated" if not differ else f"{differ} lines differ"
    lines.append(f"{samples} samples: {verdict}; feedback: {len(graded.leaks)} answers leaked.")
    return "\n".join(lines)


def as_stated(graded: Graded) -> bool:
    """Say whether every score is as stated and no feedback holds an answer."""
    return all(score.equal for score in graded.scores) and not graded.leaks
