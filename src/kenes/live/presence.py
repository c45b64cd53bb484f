"""How many are in a room: rounded, and written only when the rounded number changes."""

import logging
from collections.abc import Mapping

from django.utils import timezone

from kenes.live.contracts import PresenceSink

log = logging.getLogger(__name__)

EVERY_SECONDS = 10.0
# Up to so many people, to the nearest so many: a small room is counted, a full one is told roughly.
STEPS = ((10, 1), (50, 5), (200, 10), (1_000, 50))
LARGEST_STEP = 100


def rounded(present: int) -> int:
    """Return the number of people as it is shown."""
    step = next((step for upto, step in STEPS if present <= upto), LARGEST_STEP)
    return (present + step // 2) // step * step


class Presence:
    """Passes the rounded numbers of this process's rooms on, those that changed since the last time."""

    def __init__(self, sink: PresenceSink) -> None:
        self._sink = sink
        self._noted: dict[int, int] = {}

    def news(self, present: Mapping[int, int]) -> dict[int, int]:
        """Return by feed the rounded numbers that differ from those noted; a room left empty is 0."""
        now = {feed_id: rounded(count) for feed_id, count in present.items()}
        now.update((feed_id, 0) for feed_id in self._noted.keys() - now.keys())
        return {feed_id: count for feed_id, count in now.items() if self._noted.get(feed_id) != count}

    def note(self, news: Mapping[int, int]) -> None:
        """Write the numbers (in a thread: the sink opens a transaction for each)."""
        for feed_id, count in news.items():
            try:
                self._sink.note(feed_id, present=count, at=timezone.now())
            except Exception:
                log.exception("The presence of feed %s could not be noted.", feed_id)
                continue
            self._noted[feed_id] = count
            if not count:
                del self._noted[feed_id]
