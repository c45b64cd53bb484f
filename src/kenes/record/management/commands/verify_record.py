"""`kenes verify-record`: verifies the log, from the database or from an export, and receipts against it."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kenes.record.checks import read_head, read_receipt
from kenes.record.errors import ReceiptUnreadable
from kenes.record.exports import export_log
from kenes.record.models import Leaf
from kenes.record.signing import fingerprint
from kenes.record.stored import problems_of_store
from kenes.record.verification import LogCheck
from kenes.record.witnesses import problems_of_rows

Given = TypeVar("Given")


class Command(BaseCommand):
    help = "Verify the public log: its order, hashes, signed heads, the rows beside it, and receipts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--export", metavar="FILE", help="verify an export instead of the database")
        parser.add_argument(
            "--receipt", metavar="FILE", action="append", default=[], help="check a receipt too"
        )
        parser.add_argument(
            "--head", metavar="FILE", action="append", default=[], help="hold a head kept earlier against it"
        )
        parser.add_argument("--key", metavar="FINGERPRINT", default="", help="the key that must have signed")

    def handle(self, *args: Any, **options: Any) -> None:
        receipts = [_read(read_receipt, name) for name in options["receipt"]]
        heads = [_read(read_head, name) for name in options["head"]]
        check = LogCheck(receipts=receipts, heads=heads, key=options["key"])
        check.read(_lines_of(Path(options["export"])) if options["export"] else export_log())
        problems = check.problems
        if not options["export"]:
            problems = [*problems, *problems_of_store(), *problems_of_rows()]
            waiting = Leaf.objects.filter(index=None).count()
            self.stdout.write(f"{waiting} leaves wait for their index")
        for key in check.keys:
            self.stdout.write(f"key {fingerprint(key)}")
        self.stdout.write(f"{check.size} leaves, {check.signed_size} of them signed, {check.heads} heads")
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"The record does not hold: {len(problems)} faults.")
        self.stdout.write("The record holds.")


def _read(reader: Callable[[str], Given], name: str) -> Given:
    try:
        return reader(Path(name).read_text("utf-8"))
    except (ReceiptUnreadable, ValueError) as error:
        raise CommandError(f"{name}: {error}") from None


def _lines_of(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
