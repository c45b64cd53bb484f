"""What was decided: decisions, commitments, written answers with their dates."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from kenes.minutes.paper.blocks import (
    Block,
    Column,
    Heading,
    Line,
    Paragraph,
    Piece,
    Table,
    TableRow,
    lines_of,
    plain,
)
from kenes.minutes.paper.telling import Telling
from kenes.minutes.states import FreePart, Outcome


def decided(telling: Telling) -> Iterator[Block]:
    """Yield the section."""
    words = telling.words
    yield Heading(2, words("decided"), "decided")
    yield Heading(3, words("decisions"), "decisions")
    yield Paragraph(telling.written(FreePart.DECISIONS) or (plain(words("no_decisions")),))
    yield Heading(3, words("commitments"), "commitments")
    yield _commitments(telling)
    yield Heading(3, words("due"), "due")
    yield _due(telling)


def _commitments(telling: Telling) -> Block:
    words, rows = telling.words, telling.content["commitments"]
    if not rows:
        return Paragraph((plain(words("no_commitments")),))
    columns = (
        Column(words("number"), 20),
        Column(words("what"), 38),
        Column(words("who"), 26),
        Column(words("by_when"), 16),
    )
    told = tuple(
        TableRow(
            (
                (_code(row["code"]),),
                _promise(telling, row),
                tuple(_executor(telling, executor) for executor in row["executors"]),
                (plain(words.on_date(row["due"])),),
            ),
            row["code"],
        )
        for row in rows
    )
    return Table(words("commitments_caption"), columns, told)


def _code(code: str) -> Line:
    return (Piece(code, href=f"{settings.PUBLIC_URL}/commitments/{code}/", is_strong=True),)


def _promise(telling: Telling, row: Mapping[str, Any]) -> tuple[Line, ...]:
    words = telling.words
    text, language = words.official(row["texts"])
    lines = list(lines_of(text, "" if language == words.language else language))
    if row["source"]["kind"] == "question":
        lines.append(plain(f"({words('from_question', code=row['source']['id'])})"))
    if row["is_cancelled"]:
        lines.append(plain(f"({words('cancelled')})"))
    return tuple(lines)


def _executor(telling: Telling, executor: Mapping[str, Any]) -> Line:
    return (telling.official(executor["body"]), Piece(f" ({telling.words(executor['role'])})"))


def _due(telling: Telling) -> Block:
    words = telling.words
    awaited = {Outcome.NOT_DUE, Outcome.OVERDUE}
    rows = [row for row in telling.content["questions"] if row["outcome"] in awaited and row["unit"]]
    if not rows:
        return Paragraph((plain(words("no_due")),))
    columns = (Column(words("question"), 22), Column(words("unit"), 50), Column(words("by_when"), 28))
    told = tuple(
        TableRow(
            (
                (plain(row["code"]),),
                ((telling.official(row["unit"] or {}),),),
                (plain(_by_when(telling, row)),),
            )
        )
        for row in sorted(rows, key=lambda row: (row["due"] or "", row["code"]))
    )
    return Table(words("due_caption"), columns, told)


def _by_when(telling: Telling, row: Mapping[str, Any]) -> str:
    words = telling.words
    if not row["due"]:
        return words("not_recorded")
    overdue = f" ({words('overdue')})" if row["outcome"] == Outcome.OVERDUE else ""
    return words.on_date(row["due"]) + overdue
