"""`kenes restore FILE`: a back-up in the place of the instance, under a new epoch."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kenes.config.backup.errors import BackupError
from kenes.config.backup.keeping import restore_backup


class Command(BaseCommand):
    help = "Put a back-up in the place of this instance's database and uploads."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="file that `kenes backup` wrote")
        parser.add_argument("--force", action="store_true", help="also where the instance is not empty")
        parser.add_argument(
            "--while-running", action="store_true", help="also while a server runs, under open rooms"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"].expanduser().resolve()
        try:
            manifest = restore_backup(source, force=options["force"], while_running=options["while_running"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored what {source} holds of {manifest.made_at} (UTC), under a new epoch.")
        self.stdout.write(
            "The secret key was left as it is; it must be the one of the instance that was backed up."
        )
