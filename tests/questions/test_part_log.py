"""Parts in the log: a date that the calendar moved has its leaf, and `verify-record` holds rows to it."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from factories import a_body, a_meeting
from kenes.deadlines.models import Term
from kenes.questions import actions
from kenes.questions.models import Part
from kenes.record.models import Leaf
from questions.acts import ask, guests
from questions.test_calendars import publish_day_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # a Monday
PASSED_AT = TODAY + timedelta(minutes=10)
BEFORE, AFTER = date(2026, 3, 27), date(2026, 3, 30)


@pytest.fixture
def part() -> Part:
    """A part whose day the calendar moved, as it moved the whole's."""
    meeting = a_meeting(is_open=True, starts_at=TODAY, ends_at=TODAY + timedelta(hours=2))
    question = ask(guests(meeting, 1)[0], at=TODAY)
    actions.assign_question(question, organisation=a_body("Directorate"), by=None, at=TODAY)
    department = a_body("Department")
    actions.pass_part_on(question, organisation=department, subject="Point 2.", by=None, at=PASSED_AT)
    publish_day_off(date(2026, 3, 12))
    return Part.objects.select_related("term", "organisation").get()


def verified() -> list[str]:
    """Return what `verify-record` finds."""
    found = StringIO()
    try:
        call_command("verify_record", stdout=StringIO(), stderr=found)
    except CommandError:
        return found.getvalue().splitlines()
    return []


def test_a_parts_day_that_the_calendar_moved_is_logged_as_the_parts(part: Part) -> None:
    assert set(Term.objects.values_list("due_on", flat=True)) == {AFTER}
    leaves = [json.loads(body) for body in Leaf.objects.order_by("id").values_list("body", flat=True)]
    whole, of_part = leaves[-2:]
    told = {"cause": "calendar", "due_on": AFTER.isoformat()}
    assert (whole["kind"], whole["facts"]) == ("due-date-changed", told)
    unit = part.organisation.public_id
    told_of_part = told | {"part": part.public_id, "unit": unit}
    assert (of_part["kind"], of_part["facts"]) == ("part-due-date-changed", told_of_part)
    assert verified() == []


@pytest.mark.parametrize(
    ("table", "column", "value", "where"),
    [
        ("termentry", "due_on", date(2026, 6, 1), "cause = 'calendar'"),
        ("termentry", "at", TODAY, "cause = 'calendar'"),
        ("termentry", "cause", "set", "cause = 'calendar'"),
        ("termentry", "due_on", date(2026, 6, 1), "cause = 'clock'"),
        ("term", "due_on", BEFORE, "1 = 1"),
    ],
)
def test_a_part_with_another_day_than_was_logged_is_named(
    part: Part, table: str, column: str, value: object, where: str
) -> None:
    key = "term_id" if table == "termentry" else "id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE deadlines_{table} SET {column} = %s WHERE {key} = %s AND {where}", [value, part.term_id]
        )
        assert cursor.rowcount == 1
    problems = verified()
    assert problems != []
    assert all(problem.startswith(f"question {part.question.code}: ") for problem in problems)
