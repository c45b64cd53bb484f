"""What an address follows, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from kenes.following.models import Subscription
from kenes.following.states import Pace, Topic
from kenes.following.topics import title_of


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """One subscription. `other_pace` is the one it may be changed to."""

    public_id: str
    kind: str
    title: str
    pace: str
    since: datetime
    other_pace: str
    other_pace_label: str


def followed_rows(subscriptions: Iterable[Subscription]) -> list[FollowedRow]:
    """Return a row for each subscription; an address follows few."""
    return [_row(subscription) for subscription in subscriptions]


def _row(subscription: Subscription) -> FollowedRow:
    other = Pace.DAILY if subscription.pace == Pace.AT_ONCE else Pace.AT_ONCE
    return FollowedRow(
        public_id=subscription.public_id,
        kind=str(Topic(subscription.topic).label),
        title=title_of(subscription.topic, subscription.topic_key, language=get_language() or "kk"),
        pace=str(Pace(subscription.pace).label),
        since=subscription.confirmed_at or subscription.asked_at,
        other_pace=other.value,
        other_pace_label=str(other.label),
    )
