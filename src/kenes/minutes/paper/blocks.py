"""What a paper is made of. Every block is in the paper's language but for pieces that name their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line. `language` where it is not the paper's; `href` an absolute address."""

    text: str
    language: str = ""
    href: str = ""
    is_strong: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3 (the title is 1); `anchor` names its place."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; a `note` is set smaller."""

    kind: ClassVar[str] = "paragraph"
    lines: tuple[Line, ...]
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names with what stands beside them, one or more lines."""

    kind: ClassVar[str] = "pairs"
    rows: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; `width` in parts of the sum of all. A `period` (`10:00–10:10`) is not broken."""

    text: str
    width: int
    is_number: bool = False
    is_period: bool = False

    @property
    def style(self) -> str:
        """The class of its cells in a page."""
        return "number" if self.is_number else "paper-period" if self.is_period else ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: for each column its lines; the first column names the row."""

    cells: tuple[tuple[Line, ...], ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; its head is repeated on each page. One that `is_whole` stays on one page."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    is_whole: bool = False

    @property
    def labelled(self) -> list[dict[str, object]]:
        """The rows for a template: each cell with its column."""
        return [
            {
                "anchor": row.anchor,
                "cells": [(column, lines) for column, lines in zip(self.columns, row.cells, strict=True)],
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on: what is signed as, and who does (role and body, or nothing yet)."""

    kind: ClassVar[str] = "signatures"
    rows: tuple[tuple[str, Line], ...]
    under: str


Block = Heading | Paragraph | Pairs | Table | Bullets | Signatures


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `name` is its title as files and browsers show it; `mark` stands above a draft.

    `body` is the host, above the title and at the head of each page; `made_at` when it was read.
    """

    language: str
    made_at: datetime
    body: Piece
    name: str
    title: str
    subtitle: Line
    date: str
    place: str
    mark: str
    page_words: str
    blocks: tuple[Block, ...]


def plain(text: str, language: str = "") -> Line:
    """Return a line of one piece."""
    return (Piece(text, language),)


def lines_of(text: str, language: str = "") -> tuple[Line, ...]:
    """Return the lines of a text that somebody wrote."""
    return tuple(plain(line, language) for line in text.splitlines() if line.strip())


def text_of(lines: Sequence[Line]) -> str:
    """Return lines as plain text."""
    return "\n".join("".join(piece.text for piece in line) for line in lines)
