"""`kenes load-deadline-policies`: the policies Kenes ships, and a first working calendar."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from kenes.deadlines.actions import FIRST_YEAR, load_deadline_policies, seed_working_calendar


class Command(BaseCommand):
    """Loads policies and calendar; may be run again, what people edited in the calendar stays."""

    help = "Load the deadline policies that Kenes ships, and the country's working calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--through", type=int, default=None, help="last year of the calendar; the next by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        changed = load_deadline_policies(by=None, at=now)
        last_year = options["through"] or timezone.localdate(now).year + 1
        edition = seed_working_calendar(first_year=FIRST_YEAR, last_year=last_year, by=None, at=now)
        self.stdout.write(f"{changed} policies added or changed")
        self.stdout.write(f"calendar {edition}, {edition.get_state_display()}, {edition.days.count()} days")
