"""Two versions side by side: the lines of their papers, those that differ marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kenes.minutes.models import Minutes
from kenes.minutes.paper.blocks import (
    Block,
    Bullets,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Signatures,
    Table,
    text_of,
)
from kenes.minutes.paper.making import paper_of


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines of one kind: `same`, `removed` or `added`; of many that are the same only the count is told."""

    kind: str
    lines: tuple[str, ...]
    hidden: int = 0


# Lines on each side of a difference that show where it stands.
CONTEXT = 2


def differences(older: Minutes, newer: Minutes, language: str) -> list[Difference]:
    """Return what changed from one version to the other, in one language."""
    before, after = _lines(older, language), _lines(newer, language)
    found: list[Difference] = []
    for kind, from_start, from_end, to_start, to_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            found += _shortened(before[from_start:from_end])
            continue
        if from_end > from_start:
            found.append(Difference("removed", tuple(before[from_start:from_end])))
        if to_end > to_start:
            found.append(Difference("added", tuple(after[to_start:to_end])))
    return found


def _shortened(lines: list[str]) -> list[Difference]:
    if len(lines) <= 2 * CONTEXT + 1:
        return [Difference("same", tuple(lines))]
    hidden = len(lines) - 2 * CONTEXT
    return [
        Difference("same", tuple(lines[:CONTEXT])),
        Difference("hidden", (), hidden),
        Difference("same", tuple(lines[-CONTEXT:])),
    ]


def _lines(minutes: Minutes, language: str) -> list[str]:
    return [line for block in paper_of(minutes, language).blocks for line in _lines_of(block) if line]


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield from (text_of([line]) for line in block.lines)
        case Bullets():
            yield from (text_of([line]) for line in block.items)
        case Pairs():
            yield from (f"{name}: {_on_one_line(lines)}" for name, lines in block.rows)
        case Table():
            yield from (" | ".join(_on_one_line(cell) for cell in row.cells) for row in block.rows)
        case Signatures():
            yield from (f"{name} {text_of([line])}" for name, line in block.rows)


def _on_one_line(lines: Sequence[Line]) -> str:
    return text_of(lines).replace("\n", " / ")
