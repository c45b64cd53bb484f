"""Types told by content; names made safe."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.files.rules import (
    CMS,
    DOCX,
    JPEG,
    ODT,
    PDF,
    PNG,
    TEXT,
    WEBP,
    XLSX,
    FileType,
    clean_name,
    find_type,
)


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as writer:
        for name, part in parts.items():
            writer.writestr(name.replace("__", "/").replace("_types", "[Content_Types].xml"), part)
    return content.getvalue()


WORD = {"_types": b"", "word__document.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", PDF),
        (b"\x89PNG\r\n\x1a\n...", PNG),
        (b"\xff\xd8\xff\xe0...", JPEG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", WEBP),
        ("Мәтін; ұлт\n1;2\n".encode(), TEXT),
        (archive(**WORD), DOCX),
        (archive(_types=b"", **{"xl__workbook.xml": b"<x/>"}), XLSX),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), ODT),
        (archive(**WORD, **{"word__vbaProject.bin": b"x"}), DOCX),
        (archive(**{"evil.exe": b"MZ"}), None),
        (bytes.fromhex("308205a106092a864886f70d010702a0820592"), CMS),
        (bytes.fromhex("308006092a864886f70d010702a080"), CMS),
        (b"-----BEGIN CMS-----\nMIIF\n-----END CMS-----\n", CMS),
        (bytes.fromhex("3082000a") + b"\x02\x01\x00 a key", None),
        (b"PK\x03\x04 broken", None),
        (b"MZ\x90\x00", None),
        (b"<!doctype html><script>alert(1)</script>", None),
        (b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg'/>", None),
        ("cp1251: сұрақ".encode("utf-16"), None),
        (b"text\x00with zero", None),
    ],
)
def test_the_type_is_told_by_the_content(content: bytes, expected: FileType | None) -> None:
    assert find_type(io.BytesIO(content)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\Баяндама.pdf", "Баяндама.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("  .hidden. ", "hidden"),
        ("", ""),
        ("x" * 400 + ".docx", "x" * 145 + ".docx"),
    ],
)
def test_a_name_loses_folders_and_controls(name: str, expected: str) -> None:
    assert clean_name(name) == expected


@given(st.text())
def test_no_name_keeps_a_separator_or_grows(name: str) -> None:
    cleaned = clean_name(name)
    assert "/" not in cleaned
    assert "\\" not in cleaned
    assert len(cleaned) <= 150
    assert clean_name(cleaned) == cleaned
