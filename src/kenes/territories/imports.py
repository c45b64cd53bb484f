"""The import of a classifier: level by level, so that parents come first and memory stays flat."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenes.territories.actions import close_places, record_import, write_places
from kenes.territories.models import Place
from kenes.territories.place_files import BadRow, ReadRow, edition_of, read_places
from kenes.territories.rows import PlaceRow, Written
from kenes.territories.rules import is_kato, level_of, possible_parents
from kenes.territories.states import PlaceLevel

# A transaction of so many rows stays well under the 50 ms for which others may have to wait.
CHUNK = 50


@dataclass(slots=True)
class ImportReport:
    """What an import came to; `missing` are valid codes here that the file does not have."""

    edition: str = ""
    written: Written = field(default_factory=Written)
    bad: list[BadRow] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    closed: int = 0

    @property
    def read(self) -> int:
        """How many rows the file has."""
        done = self.written
        return done.added + done.changed + done.unchanged + len(self.bad)


@dataclass(frozen=True, slots=True)
class ImportWish:
    """How to import: which edition it is, whether to end what is missing, whether only to try."""

    edition: str = ""
    close_missing: bool = False
    dry_run: bool = False


def import_places(
    path: Path, wish: ImportWish, *, at: datetime, progress: Callable[[int], None] = lambda _rows: None
) -> ImportReport:
    """Import a classifier's file; good rows are written in short transactions, bad ones reported.

    `progress` is told the number of rows done so far. Raises: UnreadableTable, UnknownColumns.
    """
    report = ImportReport(edition=wish.edition or edition_of(path))
    lines: dict[str, int] = {}
    for level in PlaceLevel:
        for chunk in _chunks(_good_rows(path, level, lines, report)):
            rows = _with_parents(chunk, lines, report)
            report.written += write_places(rows, dry_run=wish.dry_run)
            progress(report.read)
    report.bad.sort(key=lambda row: row.line)
    report.missing = _missing(lines, report.bad)
    if not wish.dry_run:
        _finish(report, wish, at=at)
    return report


def _good_rows(
    path: Path, level: PlaceLevel, lines: dict[str, int], report: ImportReport
) -> Iterator[tuple[int, PlaceRow]]:
    """Yield the rows of one level; faults are noted once, in the pass of their level."""
    for row in read_places(path):
        if _pass_of(row) != level:
            continue
        if row.place is None:
            report.bad.append(BadRow(row.line, row.kato, row.reason))
        elif row.kato in lines:
            first = _("The code stands already in line %(line)d.") % {"line": lines[row.kato]}
            report.bad.append(BadRow(row.line, row.kato, first))
        else:
            lines[row.kato] = row.line
            yield row.line, row.place


def _pass_of(row: ReadRow) -> PlaceLevel:
    return level_of(row.kato) if is_kato(row.kato) else PlaceLevel.REGION


def _with_parents(
    chunk: list[tuple[int, PlaceRow]], lines: dict[str, int], report: ImportReport
) -> list[PlaceRow]:
    """Keep the rows whose parent is in the file or here already; a row without one is a bad row."""
    above = {code for _line, row in chunk for code in possible_parents(row.kato)} - lines.keys()
    here = set(Place.objects.filter(kato__in=above).values_list("kato", flat=True)) if above else set()
    rows = []
    for line, row in chunk:
        parents = possible_parents(row.kato)
        if not parents or any(code in lines or code in here for code in parents):
            rows.append(row)
        else:
            del lines[row.kato]
            reason = _("The place above it, %(kato)s, is not known.") % {"kato": parents[0]}
            report.bad.append(BadRow(line, row.kato, reason))
    return rows


def _chunks(rows: Iterable[tuple[int, PlaceRow]]) -> Iterator[list[tuple[int, PlaceRow]]]:
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _missing(lines: dict[str, int], bad: list[BadRow]) -> list[str]:
    """Return the codes here that the file no longer has; a place whose row is bad is not missing."""
    seen = lines.keys() | {row.kato for row in bad}
    valid = Place.objects.filter(valid_to=None).order_by("kato").values_list("kato", flat=True)
    return [kato for kato in valid.iterator() if kato not in seen]


def _finish(report: ImportReport, wish: ImportWish, *, at: datetime) -> None:
    if wish.close_missing:
        today = timezone.localdate(at)
        for begin in range(0, len(report.missing), CHUNK):
            report.closed += close_places(report.missing[begin : begin + CHUNK], last_day=today)
    if report.written.added or report.written.changed or report.closed:
        record_import(
            report.written, edition=report.edition, closed=report.closed, bad=len(report.bad), by=None, at=at
        )
