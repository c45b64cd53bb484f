"""A room with people in it."""

from importlib import import_module
from itertools import groupby

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from factories import NOON, a_body, a_meeting
from kenes.deadlines.actions import load_deadline_policies, seed_working_calendar
from kenes.deadlines.models import CalendarDay, CalendarEdition, DeadlinePolicy, WorkingCalendar
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant

CLOCKED = (DeadlinePolicy, WorkingCalendar, CalendarEdition, CalendarDay)


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def guest(meeting: Meeting) -> Participant:
    return join_meeting(meeting, name="Guest of the hall", user=None, previous=None, at=NOON)


@pytest.fixture
def unit(db: None) -> Organisation:
    return a_body("Directorate", "directorate")


@pytest.fixture
def unguarded_log(db: None) -> None:
    """Take the log's guards away, for tests of a database of before the log."""
    migration = import_module("kenes.record.migrations.0004_log_append_only")
    with connection.cursor() as cursor:
        for statement in migration.REMOVE[connection.vendor]:
            cursor.execute(statement)


@pytest.fixture(scope="session")
def shipped_clock() -> list[Model]:
    """Rows of what a new instance has, once they were made; `clock` puts them into each test's database."""
    return []


@pytest.fixture
def clock(db: None, shipped_clock: list[Model]) -> None:
    """Have what a new instance has: the shipped policies and the country's calendar."""
    if not shipped_clock:
        with transaction.atomic():
            load_deadline_policies(by=None, at=NOON)
            seed_working_calendar(first_year=2020, last_year=2027, by=None, at=NOON)
            shipped_clock.extend(row for model in CLOCKED for row in model._base_manager.order_by("pk"))
            transaction.set_rollback(True)
    for model, rows in groupby(shipped_clock, key=type):
        model._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), CLOCKED):
            cursor.execute(statement)
