"""The fair lane: order, hand-over between processes, and every way of letting go."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.db.utils import ConnectionHandler, OperationalError

from kenes.live.lane import Lane, lane_of


def settings_of(path: Path, mode: str = "IMMEDIATE", more: str = "") -> dict[str, object]:
    pragmas = f"PRAGMA journal_mode=WAL; PRAGMA busy_timeout=50; {more}"
    return {
        "ENGINE": "kenes.live.sqlite",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": mode, "init_command": pragmas},
    }


@pytest.fixture
def handler(tmp_path: Path, django_db_blocker) -> Iterator[ConnectionHandler]:
    """Connections of a database file of the test's own. SQLite's busy wait is cut to 50 ms."""
    path = tmp_path / "lane.sqlite3"
    with django_db_blocker.unblock():
        handler = ConnectionHandler(
            {"default": settings_of(path), "snapshot": settings_of(path, "DEFERRED", "PRAGMA query_only=ON")}
        )
        with handler["default"].cursor() as cursor:
            cursor.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, who TEXT)")
        yield handler
        handler.close_all()


@pytest.fixture
def lane(handler: ConnectionHandler) -> Lane:
    return lane_of(str(handler["default"].settings_dict["NAME"]))


def insert(handler: ConnectionHandler, who: str) -> None:
    with handler["default"].cursor() as cursor:
        cursor.execute("INSERT INTO mark (who) VALUES (%s)", [who])


def insert_and_fail(handler: ConnectionHandler) -> None:
    insert(handler, "undone")
    handler["default"].cursor().execute("INSERT INTO nowhere VALUES (1)")


def marks(handler: ConnectionHandler) -> list[str]:
    with handler["snapshot"].cursor() as cursor:
        return [who for (who,) in cursor.execute("SELECT who FROM mark ORDER BY id").fetchall()]


def begin(handler: ConnectionHandler) -> Callable[[], None]:
    """Begin a transaction as atomic does; return how to commit it."""
    connection = handler["default"]
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    def commit() -> None:
        connection.commit()
        connection.set_autocommit(True)

    return commit


def in_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def wait_for(is_so: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.002)


def is_free(lane: Lane) -> bool:
    return not lane._is_taken


def test_writers_of_a_process_go_in_the_order_they_came(handler, lane):
    commit = begin(handler)
    threads = []
    for place in range(6):

        def work(place: int = place) -> None:
            insert(handler, str(place))
            handler.close_all()

        threads.append(in_thread(work))
        wait_for(lambda: len(lane._waiting) == len(threads))
    commit()
    for thread in threads:
        thread.join(5)
    assert marks(handler) == ["0", "1", "2", "3", "4", "5"]


def test_a_transaction_holds_the_lane_until_it_ends(handler, lane):
    commit = begin(handler)
    thread = in_thread(lambda: (insert(handler, "second"), handler.close_all()))
    wait_for(lambda: len(lane._waiting) == 1)
    insert(handler, "first")
    commit()
    thread.join(5)
    assert marks(handler) == ["first", "second"]
    assert is_free(lane)


def test_savepoints_and_nested_blocks_take_the_lane_once(handler, lane, monkeypatch):
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: handler[using or "default"])
    taken = lane.taken
    with transaction.atomic():
        insert(handler, "outer")
        with transaction.atomic():
            insert(handler, "inner")
        with pytest.raises(OperationalError), transaction.atomic():
            insert_and_fail(handler)
        assert not is_free(lane)
    assert marks(handler) == ["outer", "inner"]
    assert lane.taken == taken + 1
    assert is_free(lane)


def test_a_rollback_and_a_failed_begin_leave_the_lane(handler, lane):
    begin(handler)
    handler["default"].rollback()
    handler["default"].set_autocommit(True)
    assert is_free(lane)
    handler["default"].connection.execute("BEGIN")
    with pytest.raises(OperationalError):
        begin(handler)
    handler["default"].connection.rollback()
    assert is_free(lane)


def test_closing_a_connection_in_a_transaction_leaves_the_lane(handler, lane):
    begin(handler)
    insert(handler, "lost")
    handler["default"].close()
    assert is_free(lane)
    assert marks(handler) == []


def test_a_thread_that_dies_in_its_transaction_leaves_the_lane_and_no_rows(handler, lane):
    def work() -> None:
        begin(handler)
        insert(handler, "lost")

    in_thread(work).join(5)
    insert(handler, "kept")
    assert marks(handler) == ["kept"]
    assert is_free(lane)


def test_reading_takes_no_lane(handler, lane):
    taken = lane.taken
    with handler["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mark")
        cursor.execute("WITH one AS (SELECT 1) SELECT * FROM one")
    handler["snapshot"].set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert marks(handler) == []
    handler["snapshot"].rollback()
    handler["snapshot"].set_autocommit(True)
    assert lane.taken == taken


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO mark (who) VALUES ('x')",
        "  update mark SET who = 'y'",
        "-- why\nDELETE FROM mark",
        "REPLACE INTO mark (id, who) VALUES (1, 'z')",
        "CREATE TABLE other (id INTEGER)",
        "WITH w AS (SELECT 'v' AS who) INSERT INTO mark (who) SELECT who FROM w",
    ],
)
def test_a_single_writing_statement_holds_the_lane_for_itself(handler, lane, statement):
    taken = lane.taken
    with handler["default"].cursor() as cursor:
        cursor.execute(statement)
        assert is_free(lane)
    assert lane.taken == taken + 1


def test_a_statement_that_gives_rows_keeps_the_lane_until_its_cursor_is_closed(handler, lane):
    with handler["default"].cursor() as cursor:
        cursor.execute("INSERT INTO mark (who) VALUES ('x'), ('y') RETURNING id")
        assert cursor.fetchone() == (1,)
        assert not is_free(lane)
    assert is_free(lane)


def test_a_statement_that_fails_leaves_the_lane(handler, lane):
    with pytest.raises(OperationalError), handler["default"].cursor() as cursor:
        cursor.execute("INSERT INTO nowhere VALUES (1)")
    assert is_free(lane)


def test_a_second_connection_of_the_same_thread_is_refused_not_deadlocked(handler, tmp_path):
    again = ConnectionHandler({"default": settings_of(tmp_path / "lane.sqlite3")})
    again["default"].ensure_connection()
    commit = begin(handler)
    with pytest.raises(OperationalError, match="already writes"):
        insert(again, "never")
    commit()
    insert(again, "after")
    again.close_all()
    assert marks(handler) == ["after"]


def test_a_writer_that_loses_patience_gives_up_its_place(handler, lane):
    commit = begin(handler)
    failures: list[str] = []

    def work() -> None:
        try:
            lane.acquire(lambda: None, patience=0.02)
        except OperationalError as error:
            failures.append(str(error))

    in_thread(work).join(5)
    commit()
    assert failures == ["The writers' lane did not come free within 0.02 s."]
    assert is_free(lane)


def test_a_database_in_memory_knows_no_lane(django_db_blocker):
    with django_db_blocker.unblock():
        handler = ConnectionHandler({"default": settings_of(Path(":memory:"))})
        commit = begin(handler)
        assert handler["default"]._ticket is None
        commit()
        handler["default"].connection.close()


def test_a_forked_child_does_not_hold_its_parents_turn(handler, lane):
    commit = begin(handler)
    child = os.fork()
    if child == 0:
        os._exit(0 if is_free(lane) and lane._turn == -1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not is_free(lane)
    commit()


WRITE_ON = """
import sys, time
from pathlib import Path
from django.conf import settings
settings.configure()
from live.test_lane import settings_of, ConnectionHandler, insert
handler = ConnectionHandler({"default": settings_of(Path(sys.argv[1]))})
print("ready", flush=True)
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    insert(handler, "there")
handler.close_all()
"""


def write_on_in_another_process(path: Path, seconds: float) -> "subprocess.Popen[str]":
    tests = str(Path(__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, tests])}
    command = [sys.executable, "-c", WRITE_ON, str(path), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_processes_alternate_however_many_threads_each_has(handler, lane, tmp_path):
    """Saturated by four threads here and one process there: nobody starves, nothing is locked."""
    failures: list[BaseException] = []
    end = time.monotonic() + 1.5

    def work(who: str) -> None:
        try:
            while time.monotonic() < end:
                insert(handler, who)
        except OperationalError as error:
            failures.append(error)
        finally:
            handler.close_all()

    with write_on_in_another_process(tmp_path / "lane.sqlite3", 1.5) as process:
        threads = [in_thread(lambda who=who: work(who)) for who in "abcd"]
        for thread in threads:
            thread.join(20)
    assert process.returncode == 0
    assert failures == []
    written = marks(handler)
    here = [written.count(who) for who in "abcd"]
    assert min(here) >= 0.5 * max(here)
    assert written.count("there") >= 0.2 * len(written)


def test_a_killed_process_leaves_the_lane(handler, tmp_path):
    with write_on_in_another_process(tmp_path / "lane.sqlite3", 60) as process:
        process.kill()
    insert(handler, "here")
    assert marks(handler)[-1] == "here"
