"""A country with its shipped policies and a calendar."""

from datetime import UTC, datetime

import pytest

from kenes.deadlines.actions import load_deadline_policies, seed_working_calendar
from kenes.deadlines.models import CalendarEdition

SEEDED_AT = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def country(db: None) -> CalendarEdition:
    load_deadline_policies(by=None, at=SEEDED_AT)
    return seed_working_calendar(first_year=2020, last_year=2026, by=None, at=SEEDED_AT)
