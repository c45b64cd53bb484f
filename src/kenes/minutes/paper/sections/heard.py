"""What was heard: opening words, announcements, polls; the questions have a file of their own."""

from collections.abc import Iterator, Mapping
from typing import Any

from kenes.minutes.paper.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Line,
    Paragraph,
    Piece,
    Table,
    TableRow,
    plain,
)
from kenes.minutes.paper.sections.questions import questions
from kenes.minutes.paper.telling import Telling
from kenes.minutes.states import FreePart


def heard(telling: Telling) -> Iterator[Block]:
    """Yield the section."""
    words = telling.words
    yield Heading(2, words("heard"), "heard")
    opening = telling.written(FreePart.OPENING)
    if opening:
        yield Heading(3, words("opening"), "opening")
        yield Paragraph(opening)
    yield Heading(3, words("announcements"), "announcements")
    yield from _announcements(telling)
    yield Heading(3, words("polls"), "polls")
    yield from _polls(telling)
    yield Heading(3, words("questions"), "questions")
    yield from questions(telling)


def _announcements(telling: Telling) -> Iterator[Block]:
    rows = telling.content["announcements"]
    if not rows:
        yield Paragraph((plain(telling.words("no_announcements")),))
        return
    yield Bullets(tuple(_announcement(telling, row) for row in rows))


def _announcement(telling: Telling, row: Mapping[str, Any]) -> Line:
    return (Piece(f"{telling.clock(row['at'])}. "), telling.official(row["text"]))


def _polls(telling: Telling) -> Iterator[Block]:
    words, rows = telling.words, telling.content["polls"]
    if not rows:
        yield Paragraph((plain(words("polls_not_recorded" if rows is None else "no_polls")),))
        return
    columns = (Column(words("poll_choice"), 80), Column(words("poll_ballots"), 20, is_number=True))
    for row in rows:
        choices = tuple(
            TableRow((((telling.official(one["words"]),),), (plain(words.number(one["ballots"])),)))
            for one in row["choices"]
        )
        yield Table(telling.official(row["title"]).text, columns, choices, is_whole=True)
        counted = telling.official(row["counted"]).text
        told = words("poll_counted", voters=words.number(row["voters"]), counted=counted)
        yield Paragraph((plain(told),), is_note=True)
