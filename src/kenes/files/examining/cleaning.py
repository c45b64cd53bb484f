"""A copy of a file without its properties, where that is simple and safe."""

import re
import tempfile
import zipfile
from typing import IO, BinaryIO

from kenes.files.examining.images import clean_image
from kenes.files.rules import DOCX, JPEG, ODP, ODS, ODT, PNG, PPTX, WEBP, XLSX, FileType

_IN_MEMORY_BYTES = 1024 * 1024
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = {
    "docProps/core.xml": re.compile(rb"(<(?:\w+:)?(?:creator|lastModifiedBy)\b[^>]*>)[^<]*(</)"),
    "docProps/app.xml": re.compile(rb"(<(?:\w+:)?(?:Company|Manager)\b[^>]*>)[^<]*(</)"),
    "docProps/custom.xml": re.compile(rb"()<(?:\w+:)?property\b[^>]*>.*?</(?:\w+:)?property>()", re.DOTALL),
    "meta.xml": re.compile(
        rb"(<(?:\w+:)?(?:creator|initial-creator|printed-by|user-defined)\b[^>]*>)[^<]*(</)"
    ),
}
_SIGNATURES = ("_xmlsignatures/", "META-INF/documentsignatures.xml")


def clean_copy(file: BinaryIO, file_type: FileType) -> IO[bytes] | None:
    """Return the file without names, places and other properties; None where only its author can do it.

    A signed document is left alone: cleaned it would be signed no more.
    """
    file.seek(0)
    if file_type in (JPEG, PNG, WEBP):
        return _spooled(clean_image(file.read(), file_type))
    if file_type in (DOCX, XLSX, PPTX, ODT, ODS, ODP):
        return _clean_document(file)
    return None


def _clean_document(file: BinaryIO) -> IO[bytes] | None:
    with zipfile.ZipFile(file) as source:
        if any(name.startswith(_SIGNATURES) for name in source.namelist()):
            return None
        copy = _spooled(b"")
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                content = source.read(entry)
                pattern = _PROPERTIES.get(entry.filename)
                if pattern is not None:
                    content = pattern.sub(rb"\1\2", content)
                renewed = zipfile.ZipInfo(entry.filename, _FIXED_TIME)
                renewed.compress_type = entry.compress_type
                target.writestr(renewed, content)
    copy.seek(0)
    return copy


def _spooled(content: bytes) -> IO[bytes]:
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 the caller closes it
    copy.write(content)
    copy.seek(0)
    return copy
