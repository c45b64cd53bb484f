"""The worker's part: tells executors of dates that come near and of those that passed."""

from django.utils import timezone
from huey import crontab

from kenes.commitments.actions import tell_of_dates
from kenes.core.jobs import jobs


@jobs.periodic_task(crontab(minute="40"))  # type: ignore[untyped-decorator]
def tell_executors() -> None:
    """Each hour, so that a night without a worker loses nothing; each date is told once."""
    tell_of_dates(at=timezone.now())
