"""A new instance has policies and a calendar before anything is asked of it."""

from datetime import UTC, datetime

import pytest

from kenes.deadlines.actions import provide_deadlines
from kenes.deadlines.models import CalendarDay, CalendarEdition, DeadlinePolicy
from kenes.deadlines.queries import propose_due_date

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)


def test_a_new_instance_can_propose_a_date() -> None:
    assert provide_deadlines(at=AT) is True
    assert propose_due_date("appeal", AT, None).due_on.isoformat() == "2026-01-27"


def test_what_is_there_already_stays_as_people_edited_it() -> None:
    provide_deadlines(at=AT)
    DeadlinePolicy.objects.filter(key="appeal").update(count=10)
    days = CalendarDay.objects.count()
    assert provide_deadlines(at=AT) is False
    assert set(DeadlinePolicy.objects.filter(key="appeal").values_list("count", flat=True)) == {10}
    assert (CalendarEdition.objects.count(), CalendarDay.objects.count()) == (1, days)
