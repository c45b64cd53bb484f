"""Tables in: CSV in the encodings people's programs write, and .xlsx workbooks, row by row."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", ";", "\t")
# Windows-1251 with the Kazakh letters; for Russian texts both are the same. Source: ST RK 1048-2002.
OLD_ENCODING = "kz1048"
WORKBOOK_START = b"PK\x03\x04"
OLD_WORKBOOK_START = b"\xd0\xcf\x11\xe0"


class UnreadableTable(InvalidInput):
    type = "unreadable-table"
    message = _("This is not a table we can read. Please send a CSV file or an .xlsx workbook.")


class MixedEncodings(UnreadableTable):
    type = "mixed-encodings"
    message = _(
        "Line %(line)d is not in UTF-8 while lines before it are. Please save the whole file as UTF-8."
    )


class BrokenLine(UnreadableTable):
    type = "broken-line"
    message = _(
        "The table breaks off at line %(line)d: a quotation mark is left open, or a cell is too long."
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A table being read: its header (lower case, trimmed) and its rows with their line numbers."""

    header: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row that is not empty as (line number, trimmed cells by column name)."""
        for line, cells in self.rows:
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                trimmed += [""] * (len(self.header) - len(trimmed))
                named = zip(self.header, trimmed, strict=False)
                yield line, {name: cell for name, cell in named if name}


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a CSV file or workbook, told apart by what is in it, not by its name.

    CSV: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1251 with Kazakh letters; comma,
    semicolon or tab. A workbook: its first sheet. Raises: UnreadableTable and its kin.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(OLD_WORKBOOK_START):
        raise UnreadableTable
    if start.startswith(WORKBOOK_START):
        yield _table(_workbook_rows(path))
        return
    with path.open(encoding=_encoding_of(path, start), newline="") as text:
        try:
            delimiter = _delimiter_of(text.readline())
        except UnicodeError as error:
            raise UnreadableTable from error
        text.seek(0)
        yield _table(_csv_rows(csv.reader(text, delimiter=delimiter, strict=True)))


def _table(rows: Iterator[tuple[int, Sequence[str]]]) -> Table:
    for _line, cells in rows:
        header = tuple(cell.strip().lower() for cell in cells)
        if any(header):
            return Table(header, rows)
    raise UnreadableTable


def _csv_rows(reader: "Reader") -> Iterator[tuple[int, Sequence[str]]]:
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BrokenLine(line=begins) from error
    except UnicodeError as error:
        raise UnreadableTable from error


def _workbook_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheet = workbook.get_sheet_by_index(0)
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield number, [_cell_text(cell) for cell in cells]
    except CalamineError as error:
        raise UnreadableTable from error


def _cell_text(cell: object) -> str:
    """Workbooks keep codes as numbers: 113200000.0 is the code 113200000."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _encoding_of(path: Path, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    encoding = _detected(path)
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else encoding


def _detected(path: Path) -> str:
    """Read the file once, line by line, to say whether it is UTF-8, the old encoding, or a mixture."""
    has_utf8, first_other = False, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                if b"\0" in line:
                    raise UnreadableTable
                continue
            if _is_utf8(line):
                has_utf8 = True
            else:
                first_other = first_other or number
    if has_utf8 and first_other:
        raise MixedEncodings(line=first_other)
    return OLD_ENCODING if first_other else "utf-8"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter_of(header: str) -> str:
    return max(DELIMITERS, key=header.count)
