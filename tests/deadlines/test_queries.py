"""Terms that run, that are due soon, that are overdue."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.deadlines.actions import change_due_date, close_term, open_term
from kenes.deadlines.models import Term
from kenes.deadlines.queries import (
    ledger_of,
    open_term_of,
    open_terms_of,
    terms_due_soon,
    terms_overdue,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)


def a_term(object_id: str, day: int) -> Term:
    return open_term(object_kind="question", object_id=object_id, due_on=date(2026, 11, day), by=None, at=AT)


def test_what_is_due_today_is_soon_and_not_overdue() -> None:
    for object_id, day in [("A", 9), ("B", 10), ("C", 13), ("D", 14)]:
        a_term(object_id, day)
    close_term(a_term("E", 9), at=AT)
    today = date(2026, 11, 10)
    assert [term.object_id for term in terms_overdue(on=today)] == ["A"]
    assert [term.object_id for term in terms_due_soon(on=today, days=3)] == ["B", "C"]


def test_an_object_has_its_running_term_and_its_whole_ledger() -> None:
    first = a_term("A", 9)
    close_term(first, at=AT)
    second = a_term("A", 12)
    change_due_date(second, due_on=date(2026, 11, 11), by=None, at=AT, reason="")
    assert open_term_of(object_kind="question", object_id="A") == second
    assert open_term_of(object_kind="plan", object_id="A") is None
    dates = [line.due_on.day for line in ledger_of(object_kind="question", object_id="A")]
    assert dates == [9, 12, 11]


def test_the_terms_of_many_objects_take_one_query() -> None:
    terms = {name: a_term(name, 9) for name in "ABC"}
    with CaptureQueriesContext(connection) as queries:
        found = open_terms_of(object_kind="question", object_ids=["A", "B", "C", "Z"])
    assert (found, len(queries)) == (terms, 1)
