"""PostgreSQL tells of commits by itself: a thread listens, and the relay need hardly poll.

Each transaction that changes a feed notifies one channel (`live.writer`). A notification may be
lost with the connection, so the relay still polls, seldom while this listens and often while not.
"""

import logging
import threading
from collections.abc import Callable

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

log = logging.getLogger(__name__)

CHANNEL = "kenes_feeds"
# How long a stop may take; the thread wakes so often to see whether it should end.
ROUND_SECONDS = 0.25
PAUSE_AFTER_LOSS_SECONDS = 0.5


class Listener:
    """Calls `wake`, from its thread, after each commit that changed a feed. `losses` counts."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="kenes-listen", daemon=True)
        self.is_listening = False
        self.losses = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread; it takes at most a round."""
        self._stopping.set()
        self._thread.join(ROUND_SECONDS * 4)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                self.losses += 1
                log.warning("The connection that listens for commits was lost: %r", error)
                self._stopping.wait(PAUSE_AFTER_LOSS_SECONDS)
            finally:
                self.is_listening = False

    def _listen(self) -> None:
        parameters = connections[DEFAULT_DB_ALIAS].get_connection_params()
        with psycopg.connect(**parameters, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self.is_listening = True
            self._wake()  # what was committed before may have been missed
            while not self._stopping.is_set():
                for _ in connection.notifies(timeout=ROUND_SECONDS, stop_after=1):
                    self._wake()


def listener_of_database(wake: Callable[[], None]) -> Listener | None:
    """Return a listener where the database can tell of commits; SQLite cannot."""
    return Listener(wake) if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else None
