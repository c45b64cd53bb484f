"""What Word, Excel and PowerPoint documents (ECMA-376) hold beside what is seen."""

import re
from collections.abc import Iterator, Mapping

from kenes.files.examining.archives import Attributes, Parts
from kenes.files.examining.findings import Finding, counted
from kenes.files.states import FindingKind as Kind

Found = tuple[Kind, str]

_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "cellIns"})
_HIDDEN = frozenset({"hidden", "veryHidden"})
_OFF = frozenset({"0", "false", "off"})
_WORD_TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_SLIDES = re.compile(r"ppt/slides/[^/]+\.xml")
_NOTES = re.compile(r"ppt/notesSlides/[^/]+\.xml")
_COMMENTS = re.compile(r"(?:word/comments|xl/(?:\w+/)?\w*[cC]omments?\d*|ppt/comments/[^/]+)\.xml")
_CORE = {"creator": Kind.AUTHOR, "lastModifiedBy": Kind.AUTHOR}
_APP = {"Company": Kind.COMPANY, "Manager": Kind.AUTHOR}
# A page number may be linked; what is drawn or computed from elsewhere may not.
_HARMLESS_LINKS = ("/hyperlink",)


def examine_office(parts: Parts) -> list[Finding]:
    """Return what is hidden in the document and named in its properties. Raises: Unreadable."""
    found = [*_of_parts(parts), *_of_texts(parts), *_of_workbook(parts), *_of_slides(parts)]
    return counted([*found, *_of_links(parts), *_of_properties(parts)])


def _of_parts(parts: Parts) -> Iterator[Found]:
    for name in parts.names:
        if name.endswith("vbaProject.bin"):
            yield Kind.MACROS, ""
        elif "/embeddings/" in name or "/activeX/" in name:
            yield Kind.EMBEDDED, name.rpartition("/")[2]
        elif "/externalLinks/externalLink" in name:
            yield Kind.LINKED, name.rpartition("/")[2]
        elif "/pivotCache/pivotCacheRecords" in name:
            yield Kind.PIVOT_DATA, ""
        elif "/revisions/" in name:
            yield Kind.TRACKED_CHANGES, ""
        elif _COMMENTS.fullmatch(name):
            yield from [(Kind.COMMENTS, "")] * _count(parts, name, {"comment", "threadedComment", "cm"})


def _of_texts(parts: Parts) -> Iterator[Found]:
    for name in filter(_WORD_TEXTS.fullmatch, parts.names):
        found: list[Found] = []

        def on_start(element: str, attributes: Attributes, found: list[Found] = found) -> None:
            if element in _CHANGES:
                found.append((Kind.TRACKED_CHANGES, ""))
            elif element == "vanish" and attributes.get("val") not in _OFF:
                found.append((Kind.HIDDEN_TEXT, ""))

        parts.scan(name, on_start)
        yield from found


def _of_workbook(parts: Parts) -> Iterator[Found]:
    titles, states = _sheets(parts)
    for part, title in titles.items():
        if states.get(part) in _HIDDEN:
            yield Kind.HIDDEN_SHEET, title
    for name in filter(_SHEETS.fullmatch, parts.names):
        hidden = _count(parts, name, {"row", "col"}, attribute="hidden")
        yield from [(Kind.HIDDEN_CELLS, titles.get(name, name))] * hidden


def _sheets(parts: Parts) -> tuple[dict[str, str], dict[str, str]]:
    """Return titles and states of the sheets by the name of their part."""
    links = parts.elements("xl/_rels/workbook.xml.rels", "Relationship")
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    titles, states = {}, {}
    for place, sheet in enumerate(parts.elements("xl/workbook.xml", "sheet")):
        target = targets.get(sheet.get("id", "")) or f"sheet {place + 1}"
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        titles[part], states[part] = sheet.get("name", ""), sheet.get("state", "visible")
    return titles, states


def _of_slides(parts: Parts) -> Iterator[Found]:
    for name in filter(_SLIDES.fullmatch, parts.names):
        if any(slide.get("show") in _OFF for slide in parts.elements(name, "sld")):
            yield Kind.HIDDEN_SLIDE, name.rpartition("/")[2].removesuffix(".xml")
    for name in filter(_NOTES.fullmatch, parts.names):
        # A note's own page number is no note.
        if any(not words.isdigit() for _element, words in parts.texts(name)):
            yield Kind.NOTES, name.rpartition("/")[2].removesuffix(".xml")


def _of_links(parts: Parts) -> Iterator[Found]:
    for name in parts.names:
        if name.endswith(".rels"):
            links = parts.elements(name, "Relationship")
            outside = (link.get("Type", "") for link in links if link.get("TargetMode") == "External")
            yield from ((Kind.LINKED, "") for kind in outside if not kind.endswith(_HARMLESS_LINKS))


def _of_properties(parts: Parts) -> Iterator[Found]:
    for part, names in (("docProps/core.xml", _CORE), ("docProps/app.xml", _APP)):
        yield from _named(parts, part, names)
    if _count(parts, "docProps/custom.xml", {"property"}):
        yield Kind.METADATA, "docProps/custom.xml"


def _named(parts: Parts, part: str, names: Mapping[str, Kind]) -> list[Found]:
    """Return the properties of these names that hold something."""
    return [(names[element], words[:100]) for element, words in parts.texts(part) if element in names]


def _count(parts: Parts, name: str, elements: set[str], *, attribute: str = "") -> int:
    count = [0]

    def on_start(element: str, attributes: Attributes) -> None:
        is_meant = not attribute or attributes.get(attribute) in {"1", "true"}
        count[0] += element in elements and is_meant

    parts.scan(name, on_start)
    return count[0]
