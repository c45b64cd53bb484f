"""What minutes quote of questions: texts that may have to go while the hash of the minutes stays true.

A sealed content has for each quoted text a nonce; the hash of the minutes binds to the commitment
(SHA-256 of nonce ‖ text) in the text's place. When a text goes its nonce goes with it, and the
commitment stays: nobody can try texts against it, and the hash is the same as before.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from kenes.record.canonical import commitment

NONCE_BYTES = 32
SEALS = "seals"
TEXT = "text"
ANSWER = "answer"

Change = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quoted text: its key among the row's seals, and where it is kept."""

    key: str
    holder: dict[str, Any]
    name: str

    @property
    def text(self) -> str | None:
        text: str | None = self.holder[self.name]
        return text


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content with a nonce for each quoted text that has none yet."""
    copied = deepcopy(dict(content))
    for row in copied["questions"]:
        seals = row.setdefault(SEALS, {})
        for quote in _quotes(row):
            if quote.text is not None:
                seals.setdefault(quote.key, {"nonce": secrets.token_hex(NONCE_BYTES)})
    return copied


def unsealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content without its seals."""
    copied = deepcopy(dict(content))
    for row in copied["questions"]:
        row.pop(SEALS, None)
    return copied


def bound(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the hash is taken of: commitments in the place of the texts that are sealed."""
    copied = deepcopy(dict(content))
    for row in copied["questions"]:
        seals = row.pop(SEALS, {})
        for quote in _quotes(row):
            if quote.key in seals:
                quote.holder[quote.name] = _hash_of(seals[quote.key], quote.text)
    return copied


def is_taken_out(row: Mapping[str, Any]) -> bool:
    """Say whether something was taken out of the question's text after the version was final."""
    return "hash" in row.get(SEALS, {}).get(TEXT, {})


def changed(content: Mapping[str, Any], code: str, change: Change) -> dict[str, Any] | None:
    """Return the content with `change(key, text)` in the place of each text quoted of a question.

    What was there is forgotten but for its commitment. None where nothing is quoted that changes.
    """
    copied = deepcopy(dict(content))
    is_changed = False
    for row in copied["questions"]:
        if row["code"] == code:
            is_changed |= _change(row, change)
    return copied if is_changed else None


def is_quote_of(field: str, key: str) -> bool:
    """Say whether a quotation is of the field of a review: `text`, `answer` (aloud), `answer-kk`."""
    if TEXT in (field, key):
        return field == key
    language = field.removeprefix(ANSWER).removeprefix("-")
    return not language or key.endswith(f"-{language}")


def _change(row: dict[str, Any], change: Change) -> bool:
    is_changed, seals = False, row.get(SEALS, {})
    for quote in _quotes(row):
        if quote.text is None:
            continue
        text = change(quote.key, quote.text)
        if text == quote.text:
            continue
        if quote.key in seals:
            seals[quote.key] = {"hash": _hash_of(seals[quote.key], quote.text)}
        quote.holder[quote.name], is_changed = text, True
    return is_changed


def _quotes(row: dict[str, Any]) -> Iterator[_Quote]:
    yield _Quote(TEXT, row, TEXT)
    for place, answer in enumerate(row["answers"]):
        for language in answer["texts"]:
            yield _Quote(f"{ANSWER}-{place}-{language}", answer["texts"], language)


def _hash_of(seal: Mapping[str, str], text: str | None) -> str:
    return seal.get("hash") or commitment(seal["nonce"], text or "")
