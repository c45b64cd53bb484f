"""`kenes backup FILE`: the whole instance in one file, while its rooms go on."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kenes.config.backup.errors import BackupError
from kenes.config.backup.keeping import make_backup


class Command(BaseCommand):
    help = "Write the database and the uploads to one file, without the secret key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="file to write: .tar, or .tar.gz to compress it")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].expanduser().resolve()
        try:
            files = make_backup(target, at=timezone.now())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{target}: {target.stat().st_size} bytes, the database and {files} uploads.")
        self.stdout.write(
            f"The secret key is not in it. Keep a copy of {settings.DATA_DIR / 'secret_key'} (or of "
            "KENES_SECRET_KEY) apart: without it receipts, tokens and sessions of this instance end."
        )
