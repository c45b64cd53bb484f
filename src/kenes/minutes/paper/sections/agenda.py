"""The agenda as planned and as followed."""

from collections.abc import Iterator, Mapping
from typing import Any

from kenes.minutes.paper.blocks import Block, Column, Heading, Line, Paragraph, Table, TableRow, plain
from kenes.minutes.paper.sections.meeting import speaker_line
from kenes.minutes.paper.telling import Telling


def agenda(telling: Telling) -> Iterator[Block]:
    """Yield the section."""
    words, points = telling.words, telling.content["agenda"]
    yield Heading(2, words("agenda"), "agenda")
    if not points:
        yield Paragraph((plain(words("no_agenda")),))
        return
    columns = (
        Column(words("number"), 6, is_number=True),
        Column(words("point"), 30),
        Column(words("speaker"), 26),
        Column(words("by_plan"), 19, is_period=True),
        Column(words("in_fact"), 19),
    )
    is_followed = any(point["taken"] for point in points)
    rows = tuple(
        TableRow(
            (
                (plain(str(number)),),
                ((telling.official(point["title"]),),),
                tuple(speaker_line(telling, speaker) for speaker in point["speakers"]),
                (plain(_period(telling, point["planned"])),),
                _taken(telling, point, is_followed=is_followed),
            ),
            point["code"],
        )
        for number, point in enumerate(points, start=1)
    )
    yield Table(words("agenda_caption"), columns, rows)


def _period(telling: Telling, period: Mapping[str, str | None]) -> str:
    clock = telling.words.clock
    return "–".join(clock(at) if at else "…" for at in (period["from"], period["to"]))


def _taken(telling: Telling, point: Mapping[str, Any], *, is_followed: bool) -> tuple[Line, ...]:
    words = telling.words
    lines = [plain(_period(telling, period)) for period in point["taken"]]
    if point["is_removed"]:
        lines.append(plain(words("taken_off")))
    elif not lines:
        lines.append(plain(words("not_taken" if is_followed else "not_followed")))
    return tuple(lines)
