"""`kenes seed`: the demonstration's content, loaded once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kenes.demo.actions import load_demo


class Command(BaseCommand):
    help = "Load the demonstration's content; where it is there already, only keep its seminar running."

    def handle(self, *args: Any, **options: Any) -> None:
        was_loaded = load_demo(at=timezone.now())
        self.stdout.write(
            "The demonstration is loaded: two campaigns, a seminar that runs now."
            if was_loaded
            else "There is content already; nothing was loaded."
        )
