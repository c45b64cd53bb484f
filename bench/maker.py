"""Makes events and page transactions in a process of its own, through the actions, as the desk does.

Run on a data folder: reads a command a line, answers with a line of JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.addresses import ROOT
from bench.server import environment

ROOM = "AKM-1"
# Letters beside the mark, so that a frame of one announcement is 300 bytes long and more.
FILLING = "x"


class Maker:
    """The handle of a maker's process."""

    def __init__(self, data_dir: Path, extra: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.maker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**environment(data_dir), **(extra or {})},
            cwd=ROOT,
            text=True,
        )
        self.ask("ready")

    def __enter__(self) -> "Maker":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(20)

    def publish(self, number: int, *, size: int = 300, rows: int = 1) -> float:
        """Post announcements whose frame has about `size` bytes each; return when they were committed."""
        return float(self.ask(f"publish {number} {size} {rows}"))

    def occupy(self, seconds: float) -> Mapping[str, float]:
        """Run page transactions that hold the writers' lane for half of the time."""
        return dict(self.ask(f"occupy {seconds}"))

    def begin(self, command: str) -> None:
        """Send a command without waiting for its answer."""
        if self._process.stdin is None:
            raise RuntimeError("The maker has no input.")
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """Wait for the answer of what was begun."""
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not line:
            raise RuntimeError("The maker ended.")
        return json.loads(line)

    def ask(self, command: str) -> Any:
        self.begin(command)
        return self.answer()


def main() -> None:
    """Answer commands until the input ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")
    import django

    django.setup()
    for line in sys.stdin:
        verb, *words = line.split()
        answer = _VERBS[verb](*words)
        print(json.dumps(answer), flush=True)


def _ready() -> bool:
    from kenes.programme.models import Meeting

    return bool(Meeting.objects.filter(code=ROOM).exists())


def _publish(number: str, size: str, rows: str) -> float:
    from django.db import transaction
    from django.utils import timezone

    from kenes.live.writer import change_feed
    from kenes.programme.models import Meeting
    from kenes.rooms.actions import post_announcement

    meeting = Meeting.objects.get(code=ROOM)
    # The frame around a text is some 240 bytes.
    filling = FILLING * max(0, int(size) - 240)
    with transaction.atomic(), change_feed(meeting.feed_id):
        for row in range(int(rows)):
            mark = f"#{int(number):06d}#" if row == 0 else "-"
            post_announcement(meeting, text={"kk": mark + filling}, by=None, at=timezone.now())
    return time.monotonic()


def _occupy(seconds: str) -> dict[str, float]:
    """Hold the lane for some 20 ms by what a page does, leave it for as long, and so on."""
    from django.db import transaction
    from django.utils import timezone

    from kenes.live.writer import change_feed
    from kenes.programme.models import Meeting
    from kenes.rooms.actions import post_announcement

    meeting = Meeting.objects.get(code=ROOM)
    began, held, longest, count = time.monotonic(), 0.0, 0.0, 0
    while time.monotonic() - began < float(seconds):
        with transaction.atomic():
            inside = time.monotonic()
            with change_feed(meeting.feed_id):
                while time.monotonic() - inside < 0.02:
                    post_announcement(meeting, text={"kk": "-"}, by=None, at=timezone.now())
        took = time.monotonic() - inside
        held, longest, count = held + took, max(longest, took), count + 1
        time.sleep(took)
    return {"share": held / (time.monotonic() - began), "longest": longest, "transactions": count}


_VERBS = {"ready": _ready, "publish": _publish, "occupy": _occupy}


if __name__ == "__main__":
    main()
