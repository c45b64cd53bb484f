"""`kenes doctor`: is the instance fit for people? Each line says what to do."""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kenes.config.doctor.address import look_at_address
from kenes.config.doctor.database import look_at_database
from kenes.config.doctor.findings import Finding, Level, look
from kenes.config.doctor.machine import look_at_machine
from kenes.config.doctor.stream import look_at_stream
from kenes.programme.models import Meeting


class Command(BaseCommand):
    help = "Look at database, machine and settings, and with a URL at the site as people reach it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", help="the site's public address, such as https://kenes.example.org")
        parser.add_argument("--room", default="", help="room whose stream is watched (the last one opened)")
        parser.add_argument("--viewers", type=int, default=1000, help="streams expected at once (1000)")

    def handle(self, *args: Any, **options: Any) -> None:
        worst = Level.OK
        order = list(Level)
        for finding in self._findings(options["url"], options["room"], viewers=options["viewers"]):
            self.stdout.write(str(finding))
            worst = max(worst, finding.level, key=order.index)
        if worst is Level.WRONG:
            sys.exit(1)

    def _findings(self, url: str | None, room: str, *, viewers: int) -> Iterator[Finding]:
        yield from look_at_database()
        yield from look_at_machine(viewers=viewers)
        if not url:
            return
        yield from look_at_address(url.rstrip("/"))
        code = room or Meeting.objects.order_by("-starts_at").values_list("code", flat=True).first()
        if code:
            yield from look_at_stream(url.rstrip("/"), code)
        else:
            yield look("stream", "there is no room to watch", "Prepare a meeting, or name one with --room.")
