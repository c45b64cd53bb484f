"""Looking into the outbox."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count

from kenes.notices.models import Message
from kenes.notices.states import MessageState

# The worker looks each second; what is due for longer has nobody to send it.
LATE = timedelta(minutes=5)


def outbox_counts(*, using: str = "default") -> Mapping[str, int]:
    """Return by state how many messages are in the outbox, sent ones left out (they only grow)."""
    left = Message.objects.using(using).exclude(state=MessageState.SENT).order_by()
    counts = dict(left.values_list("state").annotate(Count("pk")))
    return {state.value: counts.get(state.value, 0) for state in MessageState if state != MessageState.SENT}


def late_messages(*, at: datetime) -> int:
    """Return how many messages should have gone out by `at` and have not."""
    return Message.objects.filter(state=MessageState.WAITING, not_before__lt=at - LATE).count()
