"""What a PDF holds beside its pages: scripts, attached files, remarks, names (ISO 32000-1).

The file is read as bytes and its compressed object streams are opened, nothing more: a finding may be
missed in a file made to hide it, but none is run, and readers see only pages.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from kenes.files.examining.findings import Finding, Unreadable, counted
from kenes.files.states import FindingKind as Kind

MOST_UNPACKED = 64 * 1024 * 1024  # bytes, of all object streams together

_END = rb"(?![0-9A-Za-z])"
_OBJECT_STREAM = re.compile(rb"/Type[\s]{0,8}/(?:ObjStm|XRef)" + _END)
_STREAM = re.compile(rb"stream\r?\n")
_STREAM_REACH = 2048  # bytes from an object's type to its stream
_SPELT = re.compile(rb"#([0-9A-Fa-f]{2})")
_MARKS = (
    (Kind.SCRIPT, re.compile(rb"/(?:JavaScript|JS|Launch|OpenAction[\s]{0,8}<<[^>]{0,200}/JS)" + _END)),
    (Kind.EMBEDDED, re.compile(rb"/(?:EmbeddedFiles?|FileAttachment|RichMedia)" + _END)),
    (
        Kind.COMMENTS,
        re.compile(
            rb"/Subtype[\s]{0,8}/(?:Text|FreeText|Highlight|StrikeOut|Underline|Caret|Stamp|Ink)" + _END
        ),
    ),
    (Kind.HIDDEN_TEXT, re.compile(rb"/OCGs[\s]{0,8}\[[^\]]{0,2000}\][^>]{0,200}/OFF[\s]{0,8}\[[^\]]")),
)
_ENCRYPTED = re.compile(rb"/Encrypt[\s]{0,8}(?:[0-9]{1,9}[\s]{1,8}[0-9]{1,5}[\s]{1,8}R|<<)")
_AUTHOR = re.compile(
    rb"/Author[\s]{0,8}(?:\(((?:[^()\\]|\\.){1,500})\)|<([0-9A-Fa-f\s]{2,2000})>)", re.DOTALL
)
_XMP_AUTHOR = re.compile(rb"<dc:creator>[\s\S]{0,300}?<rdf:li[^>]{0,80}>([^<]{1,200})</rdf:li>")


def examine_pdf(file: BinaryIO) -> list[Finding]:
    """Return what was found. Raises: Unreadable where the file is encrypted or unpacks without end."""
    file.seek(0)
    raw = file.read()
    file.seek(0)
    if _ENCRYPTED.search(raw):
        raise Unreadable
    found: list[tuple[Kind, str]] = []
    for piece in (raw, *_object_streams(raw)):
        plain = _SPELT.sub(lambda spelt: bytes([int(spelt[1], 16)]), piece) if b"#" in piece else piece
        found += [(kind, "") for kind, mark in _MARKS for _place in mark.finditer(plain)]
        found += [(Kind.AUTHOR, name) for name in _authors(plain)]
    return counted(found)


def _object_streams(raw: bytes) -> Iterator[bytes]:
    left = MOST_UNPACKED
    for found in _OBJECT_STREAM.finditer(raw):
        start = _STREAM.search(raw, found.end(), found.end() + _STREAM_REACH)
        if start is None:
            continue
        unpacker = zlib.decompressobj()
        try:
            unpacked = unpacker.decompress(raw[start.end() :], left + 1)
        except zlib.error:
            continue
        left -= len(unpacked)
        if left < 0:
            raise Unreadable
        yield unpacked


def _authors(plain: bytes) -> Iterator[str]:
    for found in _AUTHOR.finditer(plain):
        value = found[1] if found[1] is not None else bytes.fromhex(_even(found[2]))
        name = _decoded(value).strip()
        if name:
            yield name[:100]
    for found in _XMP_AUTHOR.finditer(plain):
        if name := found[1].decode("utf-8", "replace").strip():
            yield name[:100]


def _even(digits: bytes) -> str:
    tight = b"".join(digits.split()).decode("ascii")
    return tight + "0" * (len(tight) % 2)


def _decoded(value: bytes) -> str:
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    return value.decode("utf-8", "replace")
