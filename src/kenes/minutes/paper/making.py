"""From a version of the minutes to the paper in one language."""

from collections.abc import Iterator
from datetime import datetime

from kenes.minutes.models import Minutes
from kenes.minutes.paper.blocks import Block, Heading, Line, Paper, Paragraph, Piece, Table, plain
from kenes.minutes.paper.sections import SECTIONS
from kenes.minutes.paper.telling import Telling, telling_of, with_values
from kenes.minutes.paper.words import Words
from kenes.minutes.rules import is_public
from kenes.programme.states import MeetingKind
from kenes.questions.rows import in_utc


def paper_of(minutes: Minutes, language: str) -> Paper:
    """Return the version as a paper; a draft says on every page that it is one."""
    telling = telling_of(minutes, language)
    words, meeting = telling.words, minutes.content["meeting"]
    blocks = [block for section in SECTIONS for block in section(telling)]
    return Paper(
        language=language,
        made_at=datetime.fromisoformat(minutes.content["as_of"]),
        body=telling.official(meeting["host"]),
        name=words("name", number=meeting["code"]),
        title=words("title", number=meeting["code"]),
        subtitle=_subtitle(telling),
        date=words.day(telling.held_at),
        place=telling.official(meeting["place"]).text,
        mark="" if is_public(minutes) else words("draft"),
        page_words=words("page", page="{page}", pages="{pages}"),
        blocks=(*_before(minutes, telling), *blocks, _source(minutes, telling)),
    )


def places_of(minutes: Minutes, language: str) -> dict[str, str]:
    """Return the places a remark may be on: the anchors of headings and rows, with their words."""
    places = {}
    for block in paper_of(minutes, language).blocks:
        if isinstance(block, Heading):
            places[block.anchor] = block.text
        elif isinstance(block, Table):
            rows = [row for row in block.rows if row.anchor]
            places |= {row.anchor: row.cells[0][0][0].text for row in rows if "-" in row.anchor}
    return places


def _subtitle(telling: Telling) -> tuple[Piece, ...]:
    words, meeting = telling.words, telling.content["meeting"]
    kind = words.label(MeetingKind(meeting["kind"]))
    title = telling.official(meeting["title"])
    # In Kazakh the kind ends the line, so it begins with a small letter.
    kind = kind.lower() if words.language == "kk" else kind
    return with_values(words, "on_subject", kind=Piece(kind), title=title)


def _before(minutes: Minutes, telling: Telling) -> list[Block]:
    words = telling.words
    if minutes.corrects_id is not None:
        return [Paragraph((plain(words("correction", reason=minutes.reason)),))]
    return [] if is_public(minutes) else [telling.note("draft_note")]


def _source(minutes: Minutes, telling: Telling) -> Paragraph:
    words, content = telling.words, telling.content
    lines = (
        *_takings_out(minutes, words),
        plain(
            f"{words('source', at=words.moment(content['as_of']))} "
            f"{words('version', version=minutes.version)}."
        ),
        plain(words("digest", digest=_grouped(minutes.digest))),
        with_values(words, "address", address=Piece(telling.address, href=telling.address)),
    )
    return Paragraph(lines, is_note=True)


def _takings_out(minutes: Minutes, words: Words) -> Iterator[Line]:
    """Yield what was taken out of a final version; of a draft nothing needs to be said."""
    for taken in minutes.takings_out.all() if minutes.finalised_at else ():
        yield plain(words("taken_out", code=taken.question, at=words.moment(in_utc(taken.at))))


def _grouped(digest: str) -> str:
    """Return a hash in groups that fit a line and can be read aloud."""
    return " ".join(digest[place : place + 16] for place in range(0, len(digest), 16))
