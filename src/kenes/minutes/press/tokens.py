"""The signs in a summary: `{{ questions.asked }}` is a number with its noun, `|number` the number alone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import category

from kenes.minutes.errors import SummaryNumberTyped, SummaryTokenUnknown
from kenes.minutes.figures import DEFINITIONS
from kenes.minutes.paper.blocks import Line, Piece
from kenes.minutes.paper.words import Words

TOKEN = re.compile(r"\{\{\s*([a-z_.]+)\s*(\|\s*number)?\s*\}\}")
FACTS = ("meeting.code", "meeting.date", "meeting.host", "meeting.on_date", "meeting.place", "meeting.title")
_NOUNS = {definition.key: definition.noun for definition in DEFINITIONS}
# Only a year that says it is one is no number of the record's: 2026 жылы, 2026 г., in 2026.
_DIGITS = re.compile(r"\d+(?:[\s.,\u00a0]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_NUMBERS = frozenset({"Nl", "No"})  # Ⅳ, ½, ²
_AFTER_A_YEAR = re.compile(r"[\s\u00a0]*(?:ж\.|жыл|г\.|год)")
_BEFORE_A_YEAR = re.compile(r"\b(?:in|of|since|until|by)\s$")
_AFTER_A_YEAR_IN_ENGLISH = re.compile(r"\s*(?:[.,;:)!?]|$)")


def check_text(text: str, counted: Mapping[str, Any]) -> None:
    """Raise SummaryTokenUnknown or SummaryNumberTyped where a number is not the record's."""
    known = {key for key, number in counted["numbers"].items() if number["value"] is not None} | set(FACTS)
    for token in TOKEN.finditer(text):
        if token[1] not in known:
            raise SummaryTokenUnknown(sign=token[0], known=", ".join(sorted(known)))
    bare = TOKEN.sub(" ", text)
    if "{{" in bare or "}}" in bare:
        raise SummaryTokenUnknown(sign="{{", known=", ".join(sorted(known)))
    for digits in _DIGITS.finditer(bare):
        if not _is_year(digits):
            raise SummaryNumberTyped(number=digits[0])
    for char in bare:
        if category(char) in _OTHER_NUMBERS:
            raise SummaryNumberTyped(number=char)


def _is_year(digits: re.Match[str]) -> bool:
    if not _YEAR.fullmatch(digits[0]):
        return False
    before, after = digits.string[: digits.start()], digits.string[digits.end() :]
    if _AFTER_A_YEAR.match(after):
        return True
    return bool(_BEFORE_A_YEAR.search(before) and _AFTER_A_YEAR_IN_ENGLISH.match(after))


def lines_told(text: str, counted: Mapping[str, Any], words: Words, *, address: str) -> Iterator[Line]:
    """Yield the text's lines with every sign replaced; a number leads to its records under `address`."""
    for line in text.splitlines():
        if line.strip():
            yield tuple(_pieces(line, counted, words, address))


def _pieces(line: str, counted: Mapping[str, Any], words: Words, address: str) -> Iterator[Piece]:
    at = 0
    for token in TOKEN.finditer(line):
        if token.start() > at:
            yield Piece(line[at : token.start()])
        yield _told(token, counted, words, address)
        at = token.end()
    if at < len(line):
        yield Piece(line[at:])


def _told(token: re.Match[str], counted: Mapping[str, Any], words: Words, address: str) -> Piece:
    key = token[1]
    if key in FACTS:
        return _fact(key, counted["meeting"], words)
    value = counted["numbers"][key]["value"] or 0
    told = words.number(value) if token[2] else words.counted(value, _NOUNS[key])
    return Piece(told, href=f"{address}figures/{key}/")


def _fact(key: str, meeting: Mapping[str, Any], words: Words) -> Piece:
    name = key.partition(".")[2]
    if name == "code":
        return Piece(meeting["code"])
    if name in {"date", "on_date"}:
        held_on = words.local_day(meeting["held"]["from"] or meeting["planned"]["from"])
        return Piece(words.on_date(held_on) if name == "date" else words.happened_on(held_on))
    text, language = words.official(meeting[name])
    return Piece(text, "" if language == words.language else language)
