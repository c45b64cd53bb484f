"""A text cut at its findings, so that a template marks them without knowing places."""

from collections.abc import Sequence
from dataclasses import dataclass

from kenes.redaction.hits import Hit
from kenes.redaction.words import in_words


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text as it is read; `kind` says in words what was found there, or is empty."""

    text: str
    kind: str = ""


def pieces_of(text: str, hits: Sequence[Hit]) -> list[Piece]:
    """Return the whole text in parts."""
    pieces, last = [], 0
    for hit in hits:
        pieces.append(Piece(in_words(text[last : hit.start])))
        pieces.append(Piece(hit.of(text), str(hit.kind.label)))
        last = hit.end
    pieces.append(Piece(in_words(text[last:])))
    return [piece for piece in pieces if piece.text]
