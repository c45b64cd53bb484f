"""Rounds of the worker: work that is done again and again, at once where something was committed."""

import logging
import threading
import time
from collections.abc import Callable

from kenes.live.signs import Commits, commits_of_default
from kenes.live.threads import tidy_connections

logger = logging.getLogger(__name__)

# What falls due by the clock alone (a letter tried again, a tree head) waits at most so long.
QUIET_SECONDS = 5.0
# Between two pieces of one work it rests so many times as long as the piece took: nothing that waits here
# is worth more than the acts and pages of people who are there now.
REST = 4.0
LONGEST_REST_SECONDS = 1.0


class Round:
    """One kind of work; it is due where anything was committed since it last began, or after a while.

    `work` returns something true while there is more of it.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], object],
        *,
        commits: Commits | None,
        rest: Callable[[float], object] = time.sleep,
    ) -> None:
        self._name = name
        self._rest = rest
        self._work = work
        self._commits = commits
        self._seen: int | None = None
        self._next = 0.0

    def do_when_due(self) -> bool:
        """Do the work if it is due; return whether it was. A failure is logged, and due again at once."""
        count = self._commits.now() if self._commits is not None else None
        if count is not None and count == self._seen and time.monotonic() < self._next:
            return False
        self._seen, self._next = count, time.monotonic() + QUIET_SECONDS
        try:
            while (took := self._timed_work()) is not None:
                self._rest(min(REST * took, LONGEST_REST_SECONDS))
        except Exception:
            self._seen = None
            logger.exception("A round of the worker failed and is tried again: %s", self._name)
        finally:
            tidy_connections()
        return True

    def _timed_work(self) -> float | None:
        """Do a piece; return how many seconds it took, or None where nothing is left."""
        began = time.monotonic()
        return time.monotonic() - began if self._work() else None


def start_round(name: str, work: Callable[[], object], *, seconds: float) -> None:
    """Ask every so many seconds whether the work is due, in a thread of its own, for ever."""
    threading.Thread(target=_go_round, args=(name, work, seconds), daemon=True, name=name).start()


def _go_round(name: str, work: Callable[[], object], seconds: float) -> None:
    this = Round(name, work, commits=commits_of_default())
    pause = threading.Event()
    while not pause.wait(seconds):
        this.do_when_due()
