"""`kenes renew_epoch`: to be run after a back-up of the database was restored."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kenes.live.epoch import renew_epoch


class Command(BaseCommand):
    """Renews the epoch; the new one is printed."""

    help = "Begin a new epoch after a back-up was restored: open pages then take everything anew."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(renew_epoch(at=timezone.now()))
