"""`kenes import-places FILE`: bring the places up to date from the official classifier."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from kenes.core.errors import KenesError
from kenes.territories.imports import ImportReport, ImportWish, import_places

MISSING_SHOWN = 20


class Command(BaseCommand):
    """Imports the KATO workbook (.xlsx) or CSV; bad rows are reported, good ones imported."""

    help = "Import the classifier of places (KATO): the official workbook or a CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=".xlsx or .csv")
        parser.add_argument("--edition", default="", help="the classifier's edition, for the record")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--close-missing", action="store_true", help="end the validity of codes the file no longer has"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        wish = ImportWish(options["edition"], options["close_missing"], options["dry_run"])
        try:
            # What a command says is English throughout, reasons included.
            with translation.override("en"):
                report = import_places(path, wish, at=timezone.now(), progress=self._show_progress)
                self._say(report, wish)
        except KenesError as error:
            with translation.override("en"):
                raise CommandError(f"{path.name}: {error}") from error

    def _show_progress(self, rows: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{rows} rows", ending="")
            self.stderr.flush()

    def _say(self, report: ImportReport, wish: ImportWish) -> None:
        if self.stderr.isatty():
            self.stderr.write("")
        for row in report.bad:
            self.stderr.write(f"line {row.line}: {row.kato or '(no code)'}: {row.reason}")
        done = report.written
        self.stdout.write(
            f"{report.edition + ': ' if report.edition else ''}{report.read} rows: {done.added} added, "
            f"{done.changed} changed, {done.unchanged} unchanged, {len(report.bad)} bad"
        )
        if report.missing:
            shown = ", ".join(report.missing[:MISSING_SHOWN])
            more = ", …" if len(report.missing) > MISSING_SHOWN else ""
            fate = f"{report.closed} closed" if report.closed else "left as they are"
            self.stdout.write(f"{len(report.missing)} valid codes are not in the file, {fate}: {shown}{more}")
        if wish.dry_run:
            self.stdout.write("Dry run: nothing was written.")
