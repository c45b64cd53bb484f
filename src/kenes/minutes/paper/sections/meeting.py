"""The head of the paper: what was held, where, when, by whom."""

from collections.abc import Iterator, Mapping
from typing import Any

from kenes.minutes.paper.blocks import Block, Line, Pairs, Piece, plain
from kenes.minutes.paper.telling import Telling, joined
from kenes.minutes.states import FreePart
from kenes.programme.states import MeetingFormat, SphereKey


def meeting(telling: Telling) -> Iterator[Block]:
    """Yield the table of the meeting's facts."""
    words, told = telling.words, telling.content["meeting"]
    spheres = ", ".join(words.label(SphereKey(key)) for key in told["spheres"])
    rows: list[tuple[str, tuple[Line, ...]]] = [
        (words("campaign"), ((telling.official(told["campaign"]),),)),
        (words("session"), ((telling.official(told["session"]),),)),
        (words("host"), ((telling.official(told["host"]),),)),
        (words("place"), ((telling.official(told["place"]),),)),
        (words("format"), (plain(words.label(MeetingFormat(told["format"]))),)),
        (words("spheres"), (plain(spheres),)),
        (words("planned"), (plain(_period(telling, told["planned"])),)),
        (words("held"), (plain(_held(telling, told["held"])),)),
        (words("chair"), telling.written(FreePart.CHAIR) or (plain(words("not_recorded")),)),
        (words("secretary"), telling.written(FreePart.SECRETARY) or (plain(words("not_recorded")),)),
        (words("moderator"), (_moderator(telling, told["moderator"]),)),
        (words("speakers"), tuple(_speakers(telling)) or (plain(words("not_recorded")),)),
    ]
    yield Pairs(tuple(rows))


def _period(telling: Telling, period: Mapping[str, str]) -> str:
    words = telling.words
    start, end = words.clock(period["from"]), words.clock(period["to"])
    return f"{words.day(period['from'])}, {start}–{end} ({words.offset(period['from'])})"


def _held(telling: Telling, held: Mapping[str, str | None]) -> str:
    words, start, end = telling.words, held["from"], held["to"]
    if start is None:
        return words("not_recorded")
    closed = words.clock(end) if end and words.day(end) == words.day(start) else end and words.moment(end)
    opened = words("held_words", start=words.clock(start), end=closed or words("not_closed"))
    return f"{words.day(start)}: {opened} ({words.offset(start)})"


def _moderator(telling: Telling, moderator: Mapping[str, Any] | None) -> Line:
    words = telling.words
    if moderator is None:
        return plain(words("not_recorded"))
    body = telling.official(moderator["body"])
    if moderator["position"]:
        return (Piece(moderator["position"]), Piece(", "), body)
    return (Piece(words("moderator_of")), Piece(", "), body)


def _speakers(telling: Telling) -> Iterator[Line]:
    """Yield each speaker once, by role and body."""
    met: set[str] = set()
    for point in telling.content["agenda"]:
        for speaker in point["speakers"]:
            line = speaker_line(telling, speaker)
            words = "".join(piece.text for piece in line)
            if words not in met:
                met.add(words)
                yield line


def speaker_line(telling: Telling, speaker: Mapping[str, Any]) -> Line:
    """Return a speaker by role and body."""
    named = [telling.official(speaker["role"]), telling.official(speaker["body"])]
    return joined([piece for piece in named if piece.text], ", ")
