"""The signs in a summary: `{{ questions.asked }}` is a number with its noun, `|number` the number alone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kenes.minutes.errors import SummaryNumberTyped, SummaryTokenUnknown
from kenes.minutes.figures import DEFINITIONS
from kenes.minutes.paper.blocks import Line, Piece
from kenes.minutes.paper.words import Words

TOKEN = re.compile(r"\{\{\s*([a-z_.]+)\s*(\|\s*number)?\s*\}\}")
FACTS = ("meeting.code", "meeting.date", "meeting.host", "meeting.place", "meeting.title")
_NOUNS = {definition.key: definition.noun for definition in DEFINITIONS}
# A year standing alone is no number of the record's; everything else in digits is.
_DIGITS = re.compile(r"\d+(?:[\s.,\u00a0]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


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
        if not _YEAR.fullmatch(digits[0]):
            raise SummaryNumberTyped(number=digits[0])


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
    if name == "date":
        held_on = meeting["held"]["from"] or meeting["planned"]["from"]
        return Piece(words.on_date(words.local_day(held_on)))
    text, language = words.official(meeting[name])
    return Piece(text, "" if language == words.language else language)
