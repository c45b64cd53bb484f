"""Commitments beside the record's log: what was done to a row behind the actions' back is found."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from commitments.promises import LATER, TEXT, a_commitment, a_keeper, an_executor, submitted
from factories import a_body
from kenes.commitments import actions
from kenes.commitments.models import Commitment
from kenes.record.witnesses import problems_of_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise() -> Commitment:
    """A commitment that was moved in time, translated, returned once and accepted; one was cancelled."""
    made = a_commitment()
    executor, keeper = an_executor(made), a_keeper(made)
    other = a_commitment(made.meeting, executor=made.executors.get().organisation)
    actions.cancel_commitment(other, by=keeper, at=LATER, reason="Not needed")
    day = timedelta(days=1)
    actions.change_commitment_due_date(made, due_on=date(2021, 9, 1), by=keeper, at=LATER, reason="Floods")
    actions.translate_commitment(made, language="en", text="Open a centre", by=keeper, at=LATER)
    actions.add_co_executor(made, organisation=a_body("Youth centre"), by=keeper, at=LATER)
    submitted(made, executor)
    actions.return_done(made, by=keeper, at=LATER, reason="Not this one")
    submitted(made, executor, at=LATER + day)
    actions.accept_done(made, by=keeper, at=LATER + 2 * day, note_text="Seen")
    return made


def change(table: str, column: str, value: Any, where: str = "1=1") -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {where}", [value])


def test_rows_that_nobody_touched_are_as_they_were_logged(promise: Commitment) -> None:
    assert list(problems_of_rows()) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "where", "kind"),
    [
        ("commitments_commitmenttext", "text", "Нечто другое", "language = 'kk'", "commitment-made"),
        ("commitments_commitmenttext", "text", "Open two", "language = 'en'", "commitment-translated"),
        ("commitments_commitment", "first_due_on", "2021-12-01", "1=1", "commitment-made"),
        ("deadlines_termentry", "reason", "Other", "old_due_on IS NOT NULL", "commitment-due-changed"),
        (
            "deadlines_termentry",
            "due_on",
            "2021-08-01",
            "old_due_on IS NOT NULL",
            "commitment-due-changed",
        ),
        (
            "commitments_executor",
            "added_at",
            "2021-03-01 06:00:00+00:00",
            "role = 'co_executor'",
            "commitment-executor-added",
        ),
        ("commitments_acceptance", "note", "Never seen", "1=1", "commitment-done"),
        ("commitments_acceptance", "capacity", "moderator", "1=1", "commitment-done"),
        ("commitments_move", "reason", "Other", "new = 'open' AND old <> ''", "commitment-returned"),
        ("commitments_move", "reason", "Other", "new = 'cancelled'", "commitment-cancelled"),
    ],
)
def test_a_changed_row_is_found(
    promise: Commitment, table: str, column: str, value: str, where: str, kind: str
) -> None:
    change(table, column, value, where)
    assert {problem.split()[0] for problem in problems_of_rows()} == {kind}


def test_a_back_dated_promise_is_found(promise: Commitment) -> None:
    change("commitments_commitment", "made_at", "2021-01-01 06:00:00+00:00", "code = 'C-AKM-0002'")
    # Its texts are then none that were given when it was made.
    assert {" ".join(problem.split()[:2]) for problem in problems_of_rows()} == {
        "commitment-made C-AKM-0002:",
        "commitment-translated C-AKM-0002:",
    }


def test_a_dropped_text_is_found(promise: Commitment) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM commitments_commitmenttext WHERE text = %s", [TEXT["kk"]])
    assert {problem.split()[0] for problem in problems_of_rows()} == {"commitment-made"}


def test_a_cancellation_that_was_taken_back_is_found(promise: Commitment) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM commitments_move WHERE new = 'cancelled'")
    assert {problem.split()[0] for problem in problems_of_rows()} == {"commitment-cancelled"}
