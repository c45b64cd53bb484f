"""Who was there: each number with how it was counted, and what was not recorded."""

from collections.abc import Iterator

from kenes.minutes.paper.blocks import Block, Bullets, Heading, Paragraph, Piece, plain
from kenes.minutes.paper.telling import Telling, with_values


def present(telling: Telling) -> Iterator[Block]:
    """Yield the section."""
    words = telling.words
    yield Heading(2, words("present"), "present")
    yield from _participants(telling)
    yield from _bodies(telling)
    yield from _screens(telling)


def _participants(telling: Telling) -> Iterator[Block]:
    words = telling.words
    if not telling.figures["participants.all"].value:
        yield Paragraph((plain(words("no_participants")),))
        return
    numbers = with_values(
        words,
        "participants_words",
        all=telling.counted("participants.all"),
        confirmed=telling.figure("participants.confirmed"),
        guests=telling.figure("participants.guests"),
    )
    yield Paragraph(((Piece(f"{words('participants')}: ", is_strong=True), *numbers, Piece(".")),))
    yield telling.note("participants_counted")


def _bodies(telling: Telling) -> Iterator[Block]:
    words, attendance = telling.words, telling.content["attendance"]
    rows = telling.figures["bodies.represented"].rows
    if rows:
        number = telling.counted("bodies.represented")
        yield Paragraph(((Piece(f"{words('bodies')}: ", is_strong=True), number, Piece(".")),))
        yield Bullets(tuple((telling.official(row["texts"]),) for row in rows))
        yield telling.note("bodies_counted")
    if not attendance["bodies"]:
        yield telling.note("bodies_not_recorded")


def _screens(telling: Telling) -> Iterator[Block]:
    words = telling.words
    if telling.figures["screens.most"].value is None:
        yield telling.note("screens_not_recorded")
        return
    number = with_values(words, "screens_words", screens=telling.counted("screens.most"))
    yield Paragraph(((Piece(f"{words('screens')}: ", is_strong=True), *number, Piece(".")),))
    yield telling.note("screens_counted")
