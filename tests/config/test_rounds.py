"""The worker's rounds: due after any commit, after a quiet while, and at once after a failure."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kenes.config import rounds
from kenes.config.rounds import LONGEST_REST_SECONDS, QUIET_SECONDS, REST, Round
from kenes.live.signs import Commits


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "rows.sqlite3", isolation_level=None)
    connection.execute("CREATE TABLE rows (id INTEGER)")
    yield connection
    connection.close()


@pytest.fixture
def commits(writer: sqlite3.Connection, tmp_path: Path) -> Iterator[Commits]:
    signs = Commits(str(tmp_path / "rows.sqlite3"))
    yield signs
    signs.close()


def test_work_is_due_at_first_and_after_each_commit_only(
    writer: sqlite3.Connection, commits: Commits
) -> None:
    done = Round("counting", lambda: None, commits=commits)
    first, quiet = done.do_when_due(), done.do_when_due()
    writer.execute("INSERT INTO rows VALUES (1)")
    after_commit, quiet_again = done.do_when_due(), done.do_when_due()
    assert (first, quiet, after_commit, quiet_again) == (True, False, True, False)


def test_what_was_committed_while_it_worked_makes_it_due_again(
    writer: sqlite3.Connection, commits: Commits
) -> None:
    done = Round("writing", lambda: writer.execute("INSERT INTO rows VALUES (1)") and None, commits=commits)
    assert [done.do_when_due() for _ in range(2)] == [True, True]


def test_work_is_due_again_after_a_quiet_while(commits: Commits, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(rounds.time, "monotonic", lambda: now)
    done = Round("waiting", lambda: None, commits=commits)
    assert [done.do_when_due(), done.do_when_due()] == [True, False]
    now += QUIET_SECONDS
    assert done.do_when_due() is True


def test_between_two_pieces_it_rests_as_long_as_they_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    now, left, rested = 1000.0, [0.01, 0.02, 5.0], []
    monkeypatch.setattr(rounds.time, "monotonic", lambda: now)

    def piece() -> bool:
        nonlocal now
        if not left:
            return False
        now += left.pop(0)
        return True

    Round("long", piece, commits=None, rest=rested.append).do_when_due()
    assert rested == pytest.approx([REST * 0.01, REST * 0.02, LONGEST_REST_SECONDS])


def test_work_that_fails_is_tried_again_at_once(commits: Commits, caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []

    def fail() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no room")

    done = Round("failing", fail, commits=commits)
    assert [done.do_when_due() for _ in range(3)] == [True, True, False]
    assert [record.getMessage() for record in caplog.records] == [
        "A round of the worker failed and is tried again: failing"
    ]


def test_where_commits_cannot_be_counted_work_is_always_due() -> None:
    done = Round("blind", lambda: None, commits=None)
    assert [done.do_when_due() for _ in range(3)] == [True, True, True]


def test_work_goes_on_while_there_is_more_of_it(commits: Commits) -> None:
    left = [3, 2, 1, 0, 9]
    done = Round("more", lambda: left.pop(0), commits=commits)
    done.do_when_due()
    assert left == [9]
