"""`kenes load-shipped-places`: the regions of Kazakhstan and the districts of Akmola."""

from typing import Any

from django.core.management.base import BaseCommand

from kenes.territories.actions import load_shipped_places


class Command(BaseCommand):
    """Loads the places Kenes ships; may be run again, changes nothing that is there."""

    help = "Load the places that Kenes ships: regions with their letters and zones, districts of Akmola."

    def handle(self, *args: Any, **options: Any) -> None:
        done = load_shipped_places()
        self.stdout.write(f"{done.added} added, {done.changed} completed, {done.unchanged} as they should be")
