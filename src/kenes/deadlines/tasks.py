"""The worker's part: running terms follow a newly published calendar."""

from django.utils import timezone
from huey import crontab

from kenes.core.jobs import jobs
from kenes.deadlines.actions import recompute_terms


@jobs.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def follow_calendars() -> None:
    """Each minute: reckon anew what an older edition reckoned; one cheap query where nothing is."""
    recompute_terms(by=None, at=timezone.now())
