"""`kenes export-record FILE`: writes the whole public log as lines of JSON."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kenes.record.exports import export_log


class Command(BaseCommand):
    help = "Write the public log, leaves and signed heads, as lines of JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        with Path(options["file"]).open("w", encoding="utf-8") as file:
            for line in export_log():
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
