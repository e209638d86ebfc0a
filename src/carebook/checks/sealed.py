"""Right and wrong answers as salted, slow hashes, so that a notebook can check without holding any.

A part of an answer is hashed with its own salt. The first bytes of the hash are kept as a tag;
the rest unlocks what is said about a mistake, which can be read only by somebody who made it.
Guessing is slowed down, not made impossible. A choice of four letters can be tried out in no time,
and so can a share with three decimals: there are a thousand, at about 10 ms each. What is sealed
is safe from being read, not from being searched for.
Only plain iterated SHA-256 is used, which Python has in a browser as well.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from carebook.checks import kinds
from carebook.checks.cases import from_plain, to_plain
from carebook.checks.compare import OpenAnswers, Recognised
from carebook.checks.kinds import Case, Function, neighbours
from carebook.checks.records import Asked, Question

ROUNDS = 20_000  # about 10 ms a hash on a laptop, 50 ms in a browser
TAG = 8  # bytes of the hash that are kept


@dataclass(frozen=True)
class SealedQuestion:
    """A question whose answers are sealed; implements `compare.Answers`.

    Parameters
    ----------
    asked
        What everybody may know.
    salt
        Text mixed into every hash.
    slack
        Steps of the grid by which a part may differ.
    right
        Tag of the right token of each part.
    mistakes
        For each mistake: ``places``, ``tags`` by part, ``credit`` and the locked words.
    cases
        For a function question: the cases to try it on.
    """

    asked: Asked
    salt: str
    slack: int
    right: Mapping[str, str]
    mistakes: tuple[Mapping[str, Any], ...]
    cases: tuple[Case, ...] = ()

    def labels(self) -> tuple[str, ...]:
        """Return the names of the answer's parts."""
        return tuple(self.right)

    def is_right(self, label: str, token: str) -> bool:
        """Say whether a part is right."""
        return self._match(label, token, None, self.right[label]) is not None

    def recognise(self, tokens: Callable[[int | None], dict[str, str]]) -> Recognised | None:
        """Return the first mistake that all parts fit, with its words unlocked."""
        for mistake in self.mistakes:
            keys = self._keys(tokens(mistake["places"]), mistake)
            if keys is not None:
                name, says = json.loads(_lock(base64.b85decode(mistake["locked"]), keys))
                return Recognised(name, says, mistake["credit"])
        return None

    def _keys(self, given: Mapping[str, str], mistake: Mapping[str, Any]) -> bytes | None:
        """Return what unlocks the mistake's words, or None at the first part that differs."""
        if given.keys() != mistake["tags"].keys():
            return None
        keys = b""
        for label, tag in mistake["tags"].items():
            digest = self._match(label, given[label], mistake["places"], tag)
            if digest is None:
                return None
            keys += digest[TAG:]
        return keys

    def _match(self, label: str, token: str, places: int | None, tag: str) -> bytes | None:
        """Return the hash of the token, or of a neighbour, that has the tag."""
        for candidate in neighbours(token, self.slack):
            digest = slow_hash(self.salt, label, places, candidate)
            if digest[:TAG].hex() == tag:
                return digest
        return None


def slow_hash(salt: str, label: str, places: int | None, token: str) -> bytes:
    """Return the hash of one part: 32 bytes after `ROUNDS` rounds of SHA-256."""
    digest = "\x1f".join((salt, label, str(places), token)).encode()
    for _ in range(ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return digest


def _lock(words: bytes, keys: bytes) -> bytes:
    """Lock or unlock words with a stream of bytes made from `keys`."""
    stream = b""
    while len(stream) < len(words):
        stream += hashlib.sha256(keys + len(stream).to_bytes(4, "big")).digest()
    return bytes(a ^ b for a, b in zip(words, stream, strict=False))


def seal(question: Question, answers: OpenAnswers | None, salt: str) -> dict[str, Any]:
    """Return `question` with its answers sealed, as data that JSON can hold.

    Parameters
    ----------
    question
        As stated in ``checks.py``.
    answers
        Its answers, from `compare.resolve`; None for a written answer.
    salt
        Text mixed into every hash; differs between exercises and between variations.
    """
    kind = question.kind
    settings = {"places": kind.places} if isinstance(kind, Function) else asdict(kind)
    salt = f"{salt}/{question.name}"
    sealed: dict[str, Any] = {
        "name": question.name,
        "points": question.points,
        "kind": [type(kind).__name__, {k: v for k, v in settings.items() if not _infinite(v)}],
        "expects": question.expects,
        "read": question.read,
        "salt": salt,
    }
    if answers is None:
        return sealed
    sealed["right"] = {
        label: slow_hash(salt, label, None, token)[:TAG].hex()
        for label, token in answers.right.items()
    }
    sealed["mistakes"] = [
        _seal_mistake(salt, mistake.places, wrong, mistake.credit, (mistake.name, mistake.says))
        for mistake, wrong in answers.mistakes
    ]
    if isinstance(kind, Function):
        sealed["cases"] = to_plain(answers.cases)
    return sealed


def _infinite(value: Any) -> bool:
    """Say whether a setting is an unset limit, which JSON cannot hold."""
    return isinstance(value, float) and value in (float("inf"), float("-inf"))


def _seal_mistake(
    salt: str,
    places: int | None,
    wrong: Mapping[str, str],
    credit: float,
    words: tuple[str, str],
) -> dict[str, Any]:
    """Return one mistake as tags and locked words."""
    digests = {label: slow_hash(salt, label, places, token) for label, token in wrong.items()}
    keys = b"".join(digest[TAG:] for digest in digests.values())
    return {
        "places": places,
        "tags": {label: digest[:TAG].hex() for label, digest in digests.items()},
        "credit": credit,
        "locked": base64.b85encode(_lock(json.dumps(words).encode(), keys)).decode(),
    }


def pack(sealed: Sequence[Mapping[str, Any]]) -> str:
    """Return sealed questions as lines of text for a notebook cell."""
    text = json.dumps(list(sealed), sort_keys=False, separators=(",", ":"), allow_nan=False)
    code = base64.b64encode(zlib.compress(text.encode(), level=9)).decode()
    return "\n".join(code[start : start + 100] for start in range(0, len(code), 100))


def opened(text: str) -> str:
    """Return the plain data inside a text from `pack`: names, hashes and cases, as JSON."""
    return zlib.decompress(base64.b64decode("".join(text.split()))).decode()


def unpack(text: str) -> dict[str, SealedQuestion]:
    """Return the sealed questions that `pack` wrote, by name."""
    plain = json.loads(opened(text))
    return {each["name"]: _question(each) for each in plain}


def _question(plain: Mapping[str, Any]) -> SealedQuestion:
    """Build one sealed question from its plain data."""
    kind_name, settings = plain["kind"]
    settings = {k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()}
    if kind_name == "Function":
        settings["cases"] = lambda data, variation: ()
    kind = getattr(kinds, kind_name)(**settings)
    return SealedQuestion(
        asked=Asked(plain["name"], plain["points"], kind, plain["expects"], plain["read"]),
        salt=plain["salt"],
        slack=getattr(kind, "slack", 0),
        right=plain.get("right", {}),
        mistakes=tuple(plain.get("mistakes", ())),
        cases=from_plain(plain.get("cases", ())),
    )
