"""A room with people in it."""

from importlib import import_module

import pytest
from django.db import connection

from factories import NOON, a_body, a_meeting
from kenes.deadlines.actions import load_deadline_policies, seed_working_calendar
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant


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


@pytest.fixture
def clock(db: None) -> None:
    """Load what a new instance has: the shipped policies and the country's calendar."""
    load_deadline_policies(by=None, at=NOON)
    seed_working_calendar(first_year=2020, last_year=2027, by=None, at=NOON)
