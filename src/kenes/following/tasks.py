"""The worker's part: tells what happened, looks at the terms, writes daily letters, forgets in time."""

from datetime import datetime

from django.utils import timezone
from huey import crontab

from kenes.core.jobs import jobs
from kenes.following.actions import (
    forget_overdue_contacts,
    note_askers_told,
    note_due_terms,
    tell_daily_letters,
    tell_happenings,
)
from kenes.following.rules import DAILY_LETTER_HOUR


def tell_what_waits(*, at: datetime) -> int:
    """Tell of what waits; return how many happenings there were. Asked each second."""
    return tell_happenings(at=at)


@jobs.periodic_task(crontab(minute="7"))  # type: ignore[untyped-decorator]
def look_at_terms() -> None:
    """Each hour: answers that became due soon or overdue; each date is told once."""
    now = timezone.now()
    note_due_terms(on=timezone.localdate(now), at=now)


@jobs.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def look_at_notices() -> None:
    """Each minute: note which askers were told of an extension; one query where none is owed."""
    note_askers_told()


@jobs.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]
def write_daily_letters() -> None:
    """From the morning on: the daily letters of today, each once."""
    now = timezone.localtime()
    while now.hour >= DAILY_LETTER_HOUR and tell_daily_letters(on=now.date(), at=now):
        pass


@jobs.periodic_task(crontab(minute="37"))  # type: ignore[untyped-decorator]
def forget_in_time() -> None:
    """Each hour: forget addresses that are no longer needed."""
    now = timezone.now()
    forget_overdue_contacts(at=now, on=timezone.localdate(now))
