"""What of a text is shown with a search: the part where its words stand, with the words marked."""

from dataclasses import dataclass

from kenes.register.asked import Search
from kenes.register.words import Word, words_in

LENGTH = 280
BEFORE = 60
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_hit` where it is a word that was looked for."""

    text: str
    is_hit: bool = False


def snippet_of(text: str, search: Search | None, *, length: int = LENGTH) -> list[Piece]:
    """Return the text's part around the first word that was looked for, else its beginning."""
    hits = [word for word in words_in(text) if is_hit(word, search)] if search else []
    begin, end = _window(text, hits[0].start if hits else 0, length)
    pieces = [Piece(ELLIPSIS)] if begin else []
    place = begin
    for hit in hits:
        if hit.start >= begin and hit.end <= end:
            pieces += [Piece(text[place : hit.start]), Piece(text[hit.start : hit.end], is_hit=True)]
            place = hit.end
    pieces.append(Piece(text[place:end] + (ELLIPSIS if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]


def is_hit(word: Word, search: Search) -> bool:
    """Say whether the search looks for the word."""
    return not search.tokens.isdisjoint(word.stems.tokens) or word.folded.startswith(search.beginnings)


def _window(text: str, around: int, length: int) -> tuple[int, int]:
    """Return the bounds of the part to show, between words where there are spaces."""
    if len(text) <= length:
        return 0, len(text)
    begin = max(0, min(around - BEFORE, len(text) - length))
    begin = 0 if begin == 0 else max(text.rfind(" ", 0, begin + 1) + 1, begin - BEFORE)
    end = min(len(text), begin + length)
    space = text.rfind(" ", begin, end)
    return begin, end if end == len(text) or space <= around else space
