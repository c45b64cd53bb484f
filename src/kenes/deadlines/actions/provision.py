"""What a new instance needs before it can promise a date: policies and the country's calendar."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone

from kenes.deadlines.actions.calendars import seed_working_calendar
from kenes.deadlines.actions.policies import load_deadline_policies
from kenes.deadlines.models import DeadlinePolicy, WorkingCalendar
from kenes.deadlines.queries.calendars import COUNTRY, current_edition

FIRST_YEAR = 2020


def provide_deadlines(*, at: datetime) -> bool:
    """Give an instance without policies or calendar those that Kenes ships; say whether it did.

    What is there already stays, edited or not, so it may be called at each start and by several
    processes at once.
    """
    missing = not DeadlinePolicy.objects.exists()
    if missing:
        _unless_another_did(lambda: load_deadline_policies(by=None, at=at))
    if current_edition(WorkingCalendar.objects.filter(key=COUNTRY).first()) is not None:
        return missing
    last_year = timezone.localdate(at).year + 1
    _unless_another_did(
        lambda: seed_working_calendar(first_year=FIRST_YEAR, last_year=last_year, by=None, at=at)
    )
    return True


def _unless_another_did(act: Callable[[], object]) -> None:
    """Pass over what another process, starting at the same moment, has just done."""
    with suppress(IntegrityError):
        act()
