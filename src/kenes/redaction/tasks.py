"""The worker's part: originals are erased when their time is over."""

from django.utils import timezone
from huey import crontab

from kenes.core.jobs import jobs
from kenes.redaction.actions import erase_due_originals


@jobs.periodic_task(crontab(minute="7"))  # type: ignore[untyped-decorator]
def erase_originals_hourly() -> None:
    """Erase what is due; the task only looks, so a missed hour is made up for by the next."""
    while erase_due_originals(at=timezone.now()):
        pass
