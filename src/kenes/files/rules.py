"""What files are taken: told by their content, never by the sender's word for it."""

import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

NAME_LENGTH = 150


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken: its media type and the endings its name may have (the first is ours)."""

    content_type: str
    endings: tuple[str, ...]


PDF = FileType("application/pdf", (".pdf",))
PNG = FileType("image/png", (".png",))
JPEG = FileType("image/jpeg", (".jpg", ".jpeg"))
WEBP = FileType("image/webp", (".webp",))
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = FileType(f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX = FileType(f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
PPTX = FileType(f"{_OFFICE}presentationml.presentation", (".pptx",))
_OPEN = "application/vnd.oasis.opendocument."
ODT = FileType(f"{_OPEN}text", (".odt",))
ODS = FileType(f"{_OPEN}spreadsheet", (".ods",))
ODP = FileType(f"{_OPEN}presentation", (".odp",))
TEXT = FileType("text/plain", (".txt", ".csv"))
# A digital signature beside what it signs. Source: RFC 5652, 5751.
CMS = FileType("application/pkcs7-signature", (".p7s", ".cms", ".sig"))
ALLOWED: Sequence[FileType] = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, PPTX, ODT, ODS, ODP, TEXT, CMS)
# The object identifier of signed data, which stands right behind the outer length in DER and BER.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SIGNED_TEXT = (b"-----BEGIN CMS-----", b"-----BEGIN PKCS7-----", b"-----BEGIN PKCS #7 SIGNED DATA-----")

_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_OPEN_TYPES = {file_type.content_type: file_type for file_type in (ODT, ODS, ODP)}


def find_type(file: BinaryIO) -> FileType | None:
    """Return the type of the content, or None where it is none that is taken; rewinds the file."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        found = _type_of_archive(file)
        file.seek(0)
        return found
    return _type_of_head(head) or (TEXT if _is_text(file) else None)


def _type_of_head(head: bytes) -> FileType | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(_SIGNED_TEXT) or (head.startswith(b"\x30") and _SIGNED_DATA in head[:24]):
        return CMS
    return None


def _type_of_archive(file: BinaryIO) -> FileType | None:
    """Tell an office document from other archives by its parts.

    Only the list of parts is read and one short part, so an archive bomb costs nothing.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            names = {entry.filename: entry.file_size for entry in archive.infolist()}
            if 0 < names.get("mimetype", 0) < 200:
                return _OPEN_TYPES.get(archive.read("mimetype").decode("ascii", "replace").strip())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((found for part, found in _MAIN_PARTS.items() if part in names), None)


def _is_text(file: BinaryIO) -> bool:
    """Say whether the whole content is UTF-8 text without control characters, and no page of markup."""
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    is_plain = not any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in text)
    return is_plain and not text.lstrip().startswith("<")


def clean_name(name: str) -> str:
    """Return the sender's name for the file without folders, control or direction-turning characters."""
    base = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in base if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"})
    tidy = " ".join(unicodedata.normalize("NFC", kept).split()).strip(". ")
    stem, dot, ending = tidy.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"
    return tidy[:NAME_LENGTH]


def ending_of(name: str) -> str:
    """Return the name's ending in lower case, with its dot."""
    return PurePosixPath(name).suffix.lower()
