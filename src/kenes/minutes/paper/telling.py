"""What the sections of a paper share: the version's content, its written parts, the language's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from kenes.minutes.figures import Figure, figures_of
from kenes.minutes.models import Minutes
from kenes.minutes.paper.blocks import Line, Paragraph, Piece, lines_of, plain
from kenes.minutes.paper.words import Words
from kenes.minutes.queries import Content
from kenes.minutes.states import FreePart


@dataclass(frozen=True, slots=True)
class Telling:
    """A version in one language. `address` is that of the version's page."""

    words: Words
    content: Content
    texts: Mapping[str, Mapping[str, str]]
    figures: Mapping[str, Figure]
    address: str

    @property
    def held_at(self) -> str:
        """When the meeting began: as held, or as planned where that was not recorded."""
        meeting = self.content["meeting"]
        return str(meeting["held"]["from"] or meeting["planned"]["from"])

    def clock(self, at: str) -> str:
        """Return the time of day of a moment in UTC, with its date where that is not the meeting's day."""
        words = self.words
        is_same_day = words.local_day(at) == words.local_day(self.held_at)
        return words.clock(at) if is_same_day else words.moment(at)

    def official(self, texts: Mapping[str, str]) -> Piece:
        """Return an official text; one that the language lacks names the language it is in."""
        text, language = self.words.official(texts)
        return Piece(text, "" if language == self.words.language else language)

    def figure(self, key: str) -> Piece:
        """Return a number that leads to its records."""
        value = self.figures[key].value
        shown = self.words("not_recorded") if value is None else self.words.number(value)
        return Piece(shown, href=f"{self.address}figures/{key}/")

    def counted(self, key: str) -> Piece:
        """Return a number with its noun, leading to its records."""
        figure = self.figures[key]
        shown = self.words.counted(figure.value or 0, figure.definition.noun)
        return Piece(shown, href=f"{self.address}figures/{key}/")

    def written(self, part: FreePart) -> tuple[Line, ...]:
        """Return the lines of a part that a person wrote; in another language where this one lacks it."""
        text, language = self.words.official(self.texts.get(part, {}))
        if language == self.words.language:
            return lines_of(text)
        note = self.words("only_in", language=self.words(language))
        return (*lines_of(text, language), plain(note))

    def note(self, key: str) -> Paragraph:
        """Return fixed words set as a note."""
        return Paragraph((plain(self.words(key)),), is_note=True)


def telling_of(minutes: Minutes, language: str) -> Telling:
    """Return what the sections are made from."""
    meeting = minutes.content["meeting"]
    return Telling(
        words=Words(language, meeting["zone"]),
        content=minutes.content,
        texts=minutes.texts,
        figures=figures_of(minutes.content),
        address=f"{settings.PUBLIC_URL}/{language}/rooms/{meeting['code']}/minutes/{minutes.version}/",
    )


def with_values(words: Words, key: str, **values: Piece) -> Line:
    """Return fixed words with pieces in the place of their values."""
    marked = words(key, **{name: f"\0{name}\0" for name in values})
    parts = marked.split("\0")
    pieces = (values[part] if place % 2 else Piece(part) for place, part in enumerate(parts))
    return tuple(piece for piece in pieces if piece.text)


def joined(pieces: list[Piece], separator: str) -> Line:
    """Return pieces on one line with something between them."""
    line: list[Piece] = []
    for piece in pieces:
        line += [Piece(separator), piece] if line else [piece]
    return tuple(line)
