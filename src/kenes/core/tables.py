"""Tables out: CSV that spreadsheets open without harm. (In: `kenes.core.table_files`.)"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

# A cell that begins so is run as a formula by spreadsheets. Source: OWASP, CSV Injection.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


def formula_safe(value: object) -> str:
    """Return the cell's text, behind an apostrophe where a spreadsheet would run it as a formula.

    Numbers stay numbers, negative ones too; dates and times are ISO 8601; None is empty.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA_STARTS) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a CSV file line by line: a BOM for Excel, commas, CRLF. Source: RFC 4180."""
    yield BOM + _line(header)
    for row in rows:
        yield _line([formula_safe(value) for value in row])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
