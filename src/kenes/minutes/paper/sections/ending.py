"""How the paper ends: conclusions, attachments, lines to sign on."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from kenes.minutes.paper.blocks import Block, Bullets, Heading, Line, Paragraph, Piece, Signatures, plain
from kenes.minutes.paper.telling import Telling
from kenes.minutes.states import FreePart


def ending(telling: Telling) -> Iterator[Block]:
    """Yield the sections."""
    words, materials = telling.words, telling.content["materials"]
    yield Heading(2, words("conclusions"), "conclusions")
    yield Paragraph(telling.written(FreePart.CONCLUSIONS) or (plain(words("no_conclusions")),))
    yield Heading(2, words("attachments"), "attachments")
    if materials:
        yield Bullets(tuple(_material(telling, row) for row in materials))
    else:
        yield Paragraph((plain(words("no_attachments")),))
    yield Heading(2, words("signatures"), "signatures")
    signed = (("chair", FreePart.CHAIR), ("secretary", FreePart.SECRETARY))
    yield Signatures(tuple((words(key), _who(telling, part)) for key, part in signed), words("signature"))


def _who(telling: Telling, part: FreePart) -> Line:
    lines = telling.written(part)
    return lines[0] if lines else ()


def _material(telling: Telling, row: Mapping[str, Any]) -> Line:
    title = telling.official(row["title"])
    if row["file"] is None:
        return (Piece(title.text, title.language, href=row["url"]), Piece(f" ({row['url']})"))
    file = row["file"]
    href = f"{settings.PUBLIC_URL}/files/{file['id']}/"
    told = telling.words("file", name=file["name"], sha256=file["sha256"])
    return (Piece(title.text, title.language, href=href), Piece(f" ({told})"))
