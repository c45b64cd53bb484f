"""What JPEG, PNG and WebP pictures hold beside the picture, and the same pictures without it.

Sources: JPEG (ITU-T T.81, markers), Exif 2.32 (TIFF tags), PNG (W3C, ancillary chunks), WebP (RIFF).
The picture's own bytes are copied as they are. Of Exif only the orientation is kept: without it a
telephone's picture would lie on its side.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kenes.files.examining.findings import Finding, Unreadable, counted
from kenes.files.rules import JPEG, PNG, WEBP, FileType
from kenes.files.states import FindingKind as Kind

_ORIENTATION, _ARTIST, _GPS, _XP_AUTHOR, _OWNER = 0x0112, 0x013B, 0x8825, 0x9C9D, 0xA430
_TAGS = {_ARTIST: Kind.AUTHOR, _XP_AUTHOR: Kind.AUTHOR, _OWNER: Kind.AUTHOR, _GPS: Kind.LOCATION}
_EXIF = b"Exif\x00\x00"
# Of application segments: JFIF, colour profile, Adobe's transform. All others are about the picture.
_KEPT_SEGMENTS = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
_COMMENT, _START_OF_SCAN = 0xFE, 0xDA
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_DROPPED = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"})
_WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS_OFF = 0xFF ^ 0x0C  # Exif and XMP
_MOST_TAGS = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a picture's file; `about` holds what it tells beside the picture, or is None."""

    content: bytes
    about: bytes | None = None


def examine_image(content: bytes, file_type: FileType) -> list[Finding]:
    """Return what the picture tells about its maker and place. Raises: Unreadable."""
    found: list[tuple[Kind, str]] = []
    for part in _parts(content, file_type):
        if part.about is not None:
            found += [(kind, "") for kind in sorted(_told(part.about))]
    return counted(list(dict.fromkeys(found)))


def clean_image(content: bytes, file_type: FileType) -> bytes:
    """Return the same picture that tells nothing else but how it is turned. Raises: Unreadable."""
    parts = _parts(content, file_type)
    kept = [part.content for part in parts if part.about is None]
    turned = next((way for part in parts if part.about and (way := _orientation(part.about)) > 1), 1)
    if file_type is JPEG and turned > 1:
        exif = _EXIF + _tiff_of(turned)
        kept.insert(1, struct.pack(">BBH", 0xFF, 0xE1, len(exif) + 2) + exif)
    elif file_type is PNG and turned > 1:
        kept.insert(2, _png_chunk(b"eXIf", _tiff_of(turned)))
    return _webp_of(kept) if file_type is WEBP else b"".join(kept)


def _parts(content: bytes, file_type: FileType) -> list[Part]:
    walk = {JPEG: _jpeg_parts, PNG: _png_parts, WEBP: _webp_parts}[file_type]
    try:
        return list(walk(content))
    except (struct.error, IndexError) as error:
        raise Unreadable from error


def _jpeg_parts(content: bytes) -> Iterator[Part]:
    yield Part(content[:2])
    place = 2
    while True:
        if content[place] != 0xFF:
            raise Unreadable
        while content[place + 1] == 0xFF:  # fill bytes
            place += 1
        marker = content[place + 1]
        if marker == _START_OF_SCAN:
            yield Part(content[place:])
            return
        (length,) = struct.unpack_from(">H", content, place + 2)
        body = content[place + 4 : place + 2 + length]
        is_application = 0xE0 <= marker <= 0xEF and not body.startswith(
            _KEPT_SEGMENTS.get(marker, b"\xff" * 9)
        )
        about = body if is_application or marker == _COMMENT else None
        yield Part(content[place : place + 2 + length], about)
        place += 2 + length


def _png_parts(content: bytes) -> Iterator[Part]:
    yield Part(content[:8])
    place = 8
    while place < len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise Unreadable
        body = content[place + 8 : place + 8 + length]
        yield Part(content[place:end], body if name in _PNG_DROPPED else None)
        place = end
        if name == b"IEND":
            return


def _webp_parts(content: bytes) -> Iterator[Part]:
    place = 12
    while place + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, place)
        end = place + 8 + length + length % 2
        body = content[place + 8 : place + 8 + length]
        chunk = content[place:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & _WEBP_FLAGS_OFF]) + chunk[9:]
        yield Part(chunk, body if name in _WEBP_DROPPED else None)
        place = end


def _webp_of(chunks: list[bytes]) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _told(about: bytes) -> set[Kind]:
    kinds = {_TAGS[tag] for tag, _value in _tags(about) if tag in _TAGS}
    if b"GPSLatitude" in about:  # XMP
        kinds.add(Kind.LOCATION)
    if b"<dc:creator" in about or about.startswith((b"Author\x00", b"Photoshop 3.0")):
        kinds.add(Kind.AUTHOR)
    return kinds or {Kind.METADATA}


def _orientation(about: bytes) -> int:
    return next((value for tag, value in _tags(about) if tag == _ORIENTATION and 1 <= value <= 8), 1)


def _tags(about: bytes) -> list[tuple[int, int]]:
    """Return the tags of Exif's first directory with their short values; nothing where it is no Exif."""
    tiff = about.removeprefix(_EXIF)
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return []
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    if first + 2 > len(tiff):
        return []
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    places = (first + 2 + 12 * number for number in range(min(count, _MOST_TAGS)))
    return [struct.unpack_from(f"{order}H6xH", tiff, place) for place in places if place + 12 <= len(tiff)]


def _tiff_of(orientation: int) -> bytes:
    return b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
