"""Reading office documents, which are archives of XML, without trusting their word about anything."""

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

# Expat alone, with document types forbidden: no entity is ever declared, so none is expanded.
from xml.parsers import expat

from kenes.files.examining.findings import Unreadable

MOST_PARTS = 5_000
MOST_BYTES = 300 * 1024 * 1024  # of all parts read, unpacked
CHUNK_BYTES = 64 * 1024

_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    KeyError,
    zlib.error,
    lzma.LZMAError,
)

Attributes = Mapping[str, str]
OnStart = Callable[[str, Attributes], None]
OnText = Callable[[str], None]


class Parts:
    """The parts of one document. Names of elements and attributes are told without their namespace."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Unreadable from error
        self.names = self._archive.namelist()
        self._left = MOST_BYTES
        if len(self.names) > MOST_PARTS or any(entry.flag_bits & 1 for entry in self._archive.infolist()):
            raise Unreadable

    def starting(self, *prefixes: str) -> list[str]:
        """Return the names of the parts in these folders, folders themselves left out."""
        return [name for name in self.names if name.startswith(prefixes) and not name.endswith("/")]

    def scan(self, name: str, on_start: OnStart, on_text: OnText | None = None) -> None:
        """Call back for each element (and text) of an XML part; nothing where there is no such part.

        Raises: Unreadable.
        """
        if name not in self.names:
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda element, attributes: on_start(
            _plain(element), {_plain(key): value for key, value in attributes.items()}
        )
        if on_text is not None:
            parser.CharacterDataHandler = on_text
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Unreadable from error

    def elements(self, name: str, wanted: str) -> list[Attributes]:
        """Return the attributes of the elements of one name, of which a part has few. Raises: Unreadable."""
        found: list[Attributes] = []

        def on_start(element: str, attributes: Attributes) -> None:
            if element == wanted:
                found.append(attributes)

        self.scan(name, on_start)
        return found

    def texts(self, name: str) -> list[tuple[str, str]]:
        """Return the words in a short part, each with the element it began after. Raises: Unreadable."""
        now = [""]
        found: list[tuple[str, str]] = []

        def on_start(element: str, attributes: Attributes) -> None:
            now[0] = element

        def on_text(text: str) -> None:
            if text.strip():
                found.append((now[0], text.strip()))

        self.scan(name, on_start, on_text)
        return found

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes; what all parts unpack to is counted, not believed. Raises: Unreadable."""
        try:
            with self._archive.open(name) as part:
                while chunk := part.read(CHUNK_BYTES):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unreadable
                    yield chunk
        except _BROKEN as error:
            raise Unreadable from error


def _plain(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_declared: object) -> None:
    raise Unreadable
