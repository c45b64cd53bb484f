"""What files hold beside what is seen: found, taken out where it is safe, and never run."""

import io
import tracemalloc
import zipfile
import zlib

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from files.samples import (
    NAME,
    a_document,
    a_pdf,
    a_picture,
    a_workbook,
    an_open_document,
    with_parts,
)
from kenes.files.examining import clean_copy, examine
from kenes.files.rules import DOCX, JPEG, ODS, PDF, PNG, PPTX, TEXT, WEBP, XLSX, FileType
from kenes.files.states import FindingKind

W = 'xmlns:w="urn:w"'
CHANGED = f"<w:document {W}><w:body><w:ins><w:r/></w:ins><w:del/><w:rPrChange/></w:body></w:document>"
VANISHED = f'<w:document {W}><w:r><w:vanish/></w:r><w:r><w:vanish w:val="0"/></w:r></w:document>'
REMARKS = f"<w:comments {W}><w:comment/><w:comment/></w:comments>"
RELS = (
    '<Relationships xmlns="urn:r"><Relationship Type="x/hyperlink" TargetMode="External" Target="https://a/"/>'
    '<Relationship Type="x/attachedTemplate" TargetMode="External" Target="file:///c/me"/></Relationships>'
)
HIDDEN_STYLE = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'


def found(content: bytes, file_type: FileType) -> list[tuple[str, str, int]]:
    return [(row.kind.value, row.where, row.count) for row in examine(io.BytesIO(content), file_type)]


def a_word(**parts: str | bytes) -> bytes:
    names = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    return with_parts(
        a_document(),
        {name: part if isinstance(part, bytes) else part.encode() for name, part in names.items()},
    )


def a_show(slide: str, notes: str = "<a/>") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
        archive.writestr("ppt/slides/slide3.xml", slide)
        archive.writestr("ppt/notesSlides/notesSlide3.xml", notes)
    return content.getvalue()


CASES: list[tuple[str, bytes, FileType, list[tuple[str, str, int]]]] = [
    ("a clean document", a_document(), DOCX, []),
    ("changes", a_word(word__document=CHANGED), DOCX, [("tracked_changes", "", 3)]),
    ("comments", a_word(word__comments=REMARKS), DOCX, [("comments", "", 2)]),
    ("hidden text", a_word(word__document=VANISHED), DOCX, [("hidden_text", "", 1)]),
    ("an author", a_document(author=NAME), DOCX, [("author", NAME, 2)]),
    (
        "macros",
        with_parts(a_document(), {"word/vbaProject.bin": b"x"}),
        DOCX,
        [("macros", "", 1)],
    ),
    (
        "an embedded file",
        with_parts(a_document(), {"word/embeddings/list.xlsx": b"x"}),
        DOCX,
        [("embedded", "list.xlsx", 1)],
    ),
    (
        "a linked template",
        with_parts(a_document(), {"word/_rels/settings.xml.rels": RELS.encode()}),
        DOCX,
        [("linked", "", 1)],
    ),
    ("a clean workbook", a_workbook(), XLSX, []),
    ("a hidden sheet", a_workbook(hidden_sheet=True), XLSX, [("hidden_sheet", "Salaries", 1)]),
    (
        "hidden cells and a remark",
        a_workbook(hidden_cells=True),
        XLSX,
        [("comments", "", 1), ("hidden_cells", "Plan", 2)],
    ),
    (
        "a company",
        a_workbook(company="Planted Company"),
        XLSX,
        [("author", NAME, 2), ("company", "Planted Company", 1)],
    ),
    (
        "rows behind a pivot table",
        with_parts(a_workbook(), {"xl/pivotCache/pivotCacheRecords1.xml": b"<a/>"}),
        XLSX,
        [("pivot_data", "", 1)],
    ),
    ("a hidden slide", a_show('<sld show="0"/>'), PPTX, [("hidden_slide", "slide3", 1)]),
    ("notes", a_show("<sld/>", "<a><t>3</t><t>Do not say</t></a>"), PPTX, [("notes", "notesSlide3", 1)]),
    ("a page number", a_show("<sld/>", "<a><t>3</t></a>"), PPTX, []),
    (
        "a hidden open sheet",
        an_open_document(f'{HIDDEN_STYLE}<table:table table:name="Pay" table:style-name="h"/>'),
        ODS,
        [("hidden_sheet", "Pay", 1)],
    ),
    (
        "open changes and names",
        an_open_document(
            '<text:changed-region/><office:annotation/><table:table-row table:visibility="collapse"/>',
            f"<dc:creator>{NAME}</dc:creator>",
        ),
        ODS,
        [("tracked_changes", "", 1), ("comments", "", 1), ("hidden_cells", "", 1), ("author", NAME, 1)],
    ),
    ("a clean picture", a_picture("JPEG"), JPEG, []),
    ("a place", a_picture("JPEG", place=True), JPEG, [("location", "", 1)]),
    ("a maker", a_picture("WEBP", author=True), WEBP, [("author", "", 1)]),
    ("a maker in words", a_picture("PNG", author=True), PNG, [("author", "", 1)]),
    ("a place in PNG", a_picture("PNG", place=True), PNG, [("location", "", 1)]),
    ("a turned picture", a_picture("JPEG", orientation=6), JPEG, [("metadata", "", 1)]),
    ("a clean PDF", a_pdf(), PDF, []),
    ("a PDF's author", a_pdf(author=True), PDF, [("author", NAME, 1)]),
    ("a text", b"plain", TEXT, []),
    ("an entity bomb", a_word(word__document=BOMB), DOCX, [("unreadable", "", 1)]),
    (
        "a bomb in UTF-16",
        a_word(word__document=BOMB.decode().encode("utf-16")),
        DOCX,
        [("unreadable", "", 1)],
    ),
    ("a broken part", a_word(word__document=b"<a>"), DOCX, [("unreadable", "", 1)]),
    ("no archive", b"PK\x03\x04 broken", DOCX, [("unreadable", "", 1)]),
    ("a cut picture", a_picture("JPEG", place=True)[:40], JPEG, [("unreadable", "", 1)]),
    ("an encrypted PDF", b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>", PDF, [("unreadable", "", 1)]),
]


@pytest.mark.parametrize(
    ("content", "file_type", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_what_is_beside_the_content_is_found(
    content: bytes, file_type: FileType, expected: list[tuple[str, str, int]]
) -> None:
    assert found(content, file_type) == expected


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_pdf(script=True), "script"),
        (a_pdf(attachment=True), "embedded"),
        (a_pdf(note=True), "comments"),
        (b"%PDF-1.7\n1 0 obj << /S /J#61vaScript >> endobj", "script"),
        (b"%PDF-1.7\n1 0 obj << /S /Launch >> endobj", "script"),
    ],
    ids=["script", "attachment", "note", "spelt", "launch"],
)
def test_what_a_pdf_could_do_is_found(content: bytes, kind: str) -> None:
    assert {row[0] for row in found(content, PDF)} == {kind}


def test_a_script_in_a_compressed_object_is_found() -> None:
    packed = zlib.compress(b"5 0 << /S /JavaScript /JS (app.alert) >>")
    head = f"%PDF-1.7\n9 0 obj << /Type /ObjStm /Length {len(packed)} >>\nstream\n".encode()
    assert {row[0] for row in found(head + packed + b"\nendstream", PDF)} == {"script"}


def test_a_bomb_in_an_archive_is_counted_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kenes.files.examining.archives.MOST_BYTES", 10 * 1024 * 1024)
    content = a_word(word__document=b"<a>" + b" " * 11 * 1024 * 1024 + b"</a>")
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            out.writestr(name, source.read(name))
    assert len(packed.getvalue()) < 100 * 1024
    tracemalloc.start()
    assert found(packed.getvalue(), DOCX) == [("unreadable", "", 1)]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * 1024 * 1024


def test_a_bomb_in_a_pdf_is_counted_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kenes.files.examining.pdf.MOST_UNPACKED", 1024 * 1024)
    packed = zlib.compress(b" " * 30 * 1024 * 1024)
    content = b"%PDF-1.7\n<< /Type /ObjStm >>\nstream\n" + packed
    tracemalloc.start()
    assert found(content, PDF) == [("unreadable", "", 1)]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * 1024 * 1024


def cleaned(content: bytes, file_type: FileType) -> bytes:
    copy = clean_copy(io.BytesIO(content), file_type)
    assert copy is not None
    with copy:
        return copy.read()


@pytest.mark.parametrize(("kind", "file_type"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_a_picture_is_cleaned_and_looks_the_same(kind: str, file_type: FileType) -> None:
    content = a_picture(kind, place=True, author=True, orientation=6)
    assert {row[0] for row in found(content, file_type)} == {"author", "location"}
    clean = cleaned(content, file_type)
    left = Image.open(io.BytesIO(clean)).getexif()
    assert NAME.encode() not in clean
    assert dict(left) == ({} if kind == "WEBP" else {0x0112: 6})
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(clean))
    assert before.tobytes() == after.tobytes()
    if kind != "WEBP":
        assert ImageOps.exif_transpose(after).size == (4, 8)


@pytest.mark.parametrize(
    ("content", "file_type"),
    [
        (a_document(author=NAME), DOCX),
        (a_workbook(company="Planted Company"), XLSX),
        (an_open_document("", f"<dc:creator>{NAME}</dc:creator>"), ODS),
    ],
    ids=["docx", "xlsx", "ods"],
)
def test_a_documents_names_are_cleaned(content: bytes, file_type: FileType) -> None:
    clean = cleaned(content, file_type)
    assert found(clean, file_type) == []
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist())
    assert [NAME.encode() in texts, b"Planted Company" in texts] == [False, False]


def test_a_cleaned_document_opens_with_its_text() -> None:
    document = Document(io.BytesIO(cleaned(a_document(author=NAME), DOCX)))
    assert [paragraph.text for paragraph in document.paragraphs] == ["A public text."]
    assert document.core_properties.author == ""


def test_a_signed_document_and_a_pdf_are_left_to_their_authors() -> None:
    signed = with_parts(a_document(author=NAME), {"_xmlsignatures/sig1.xml": b"<a/>"})
    assert clean_copy(io.BytesIO(signed), DOCX) is None
    assert clean_copy(io.BytesIO(a_pdf(author=True)), PDF) is None


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([DOCX, XLSX, JPEG, PNG, WEBP, PDF, ODS]), st.binary(max_size=300), st.integers(0, 200))
def test_no_damage_makes_the_look_fail(file_type: FileType, noise: bytes, place: int) -> None:
    whole = {
        DOCX: a_document(),
        XLSX: a_workbook(),
        JPEG: a_picture("JPEG", place=True),
        PNG: a_picture("PNG", place=True),
        WEBP: a_picture("WEBP", author=True),
        PDF: a_pdf(author=True),
        ODS: an_open_document(),
    }[file_type]
    content = whole[:place] + noise + whole[place + len(noise) :]
    kinds = {row[0] for row in found(content, file_type)}
    assert kinds <= set(FindingKind.values)
