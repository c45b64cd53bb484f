"""The backend Django loads by the name `kenes.live.sqlite`.

A connection whose transactions begin IMMEDIATE passes the lane before each BEGIN and holds it to
the end of the transaction; a single writing statement outside a transaction holds it for itself.
Connections that only read (DEFERRED) and databases in memory know no lane.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base

from kenes.live.lane import Lane, Ticket, lane_of

_WRITES = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*"
    r"(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|VACUUM|REINDEX|ANALYZE"
    r"|WITH\b.*\b(INSERT|UPDATE|DELETE|REPLACE))\b",
    re.IGNORECASE | re.DOTALL,
)
_GIVES_ROWS = re.compile(r"\bRETURNING\b", re.IGNORECASE)


class LaneCursor(base.SQLiteCursorWrapper):
    """A cursor whose writing statements outside a transaction pass the lane."""

    wrapper: "DatabaseWrapper"
    _keeps_lane = False

    def execute(self, query: str, params: Any = None) -> Any:
        if not self._begin_statement(query):
            return super().execute(query, params)
        try:
            return super().execute(query, params)
        finally:
            self._end_statement(query)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        if not self._begin_statement(query):
            return super().executemany(query, param_list)
        try:
            return super().executemany(query, param_list)
        finally:
            self._end_statement(query)

    def executescript(self, script: str) -> Any:
        self.wrapper.take_lane()
        try:
            return super().executescript(script)
        finally:
            self.wrapper.leave_lane_if_idle()

    def close(self) -> None:
        super().close()
        self._let_go()

    def __del__(self) -> None:
        self._let_go()

    def _begin_statement(self, query: str) -> bool:
        self._let_go()
        if not self.wrapper.is_between_transactions() or not _WRITES.match(query):
            return False
        self.wrapper.take_lane()
        return True

    def _end_statement(self, query: str) -> None:
        # A statement that gives rows is committed when its rows are read or its cursor is closed.
        if _GIVES_ROWS.search(query):
            self._keeps_lane = True
        else:
            self.wrapper.leave_lane_if_idle()

    def _let_go(self) -> None:
        if self._keeps_lane:
            self._keeps_lane = False
            self.wrapper.leave_lane_if_idle()


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection, its writes passing one fair lane."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ticket: Ticket | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        lane = self._lane()
        if lane is None or _is_in_wal_mode(str(self.settings_dict["NAME"])):
            return super().get_new_connection(conn_params)
        # Turning a new file to WAL needs it alone, and SQLite does not wait for that.
        self.take_lane()
        try:
            return super().get_new_connection(conn_params)
        finally:
            self._leave_lane()

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=LaneCursor)
        cursor.wrapper = self
        return cursor

    def is_between_transactions(self) -> bool:
        """Say whether a statement now would be a transaction of its own."""
        return self._ticket is None and self.connection is not None and not self.connection.in_transaction

    def take_lane(self) -> None:
        """Wait for the lane, where this connection writes and does not hold it already."""
        lane = self._lane()
        if lane is not None and self._ticket is None:
            self._ticket = lane.acquire(self._abandon)

    def leave_lane_if_idle(self) -> None:
        """Leave the lane unless the transaction runs on (a commit that failed leaves it open)."""
        if self._ticket is not None and (self.connection is None or not self.connection.in_transaction):
            self._leave_lane()

    def _lane(self) -> Lane | None:
        if self.is_in_memory_db() or not self._writes():
            return None
        return lane_of(str(self.settings_dict["NAME"]))

    def _writes(self) -> bool:
        mode = self.settings_dict["OPTIONS"].get("transaction_mode") or ""
        return str(mode).upper() in {"IMMEDIATE", "EXCLUSIVE"}

    def _leave_lane(self) -> None:
        ticket, self._ticket = self._ticket, None
        lane = self._lane()
        if lane is not None and ticket is not None:
            lane.release(ticket)

    def _abandon(self) -> None:
        raw = self.connection
        if raw is not None:
            raw.rollback()
        self._leave_lane()

    def _start_transaction_under_autocommit(self) -> None:
        self.take_lane()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_lane()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self.leave_lane_if_idle()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.leave_lane_if_idle()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_lane()


# Files seen in WAL mode; a file stays in it, so each is asked once.
_in_wal_mode: set[str] = set()


def _is_in_wal_mode(path: str) -> bool:
    if path not in _in_wal_mode and _ask_for_wal_mode(path):
        _in_wal_mode.add(path)
    return path in _in_wal_mode


def _ask_for_wal_mode(path: str) -> bool:
    """Ask SQLite itself: to open and close the file by other means would drop this process's locks on it.

    Then another process, closing what it takes for the last connection, deletes the log under us.
    Source: SQLite, "How To Corrupt An SQLite Database File", 2.2.
    """
    if not Path(path).exists():
        return False
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as probe:
        try:
            return bool(probe.execute("PRAGMA journal_mode").fetchone()[0] == "wal")
        except sqlite3.OperationalError:  # busy, or not a database yet: then the lane is taken
            return False
