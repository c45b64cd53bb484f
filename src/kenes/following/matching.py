"""Whether a happening concerns a subscription: what may be told to whom."""

from kenes.following.models import Happening, Subscription
from kenes.following.queries import NEWNESS
from kenes.following.states import TOLD_OF_MANY, TOLD_TO_ASKER, TOLD_TO_FOLLOWERS, Kind, Topic
from kenes.questions.states import HAS_PAGE
from kenes.register.forms import filter_of
from kenes.register.queries import questions_of


def concerns(subscription: Subscription, happening: Happening) -> bool:
    """Say whether the subscriber is told of the happening; others learn only what anybody may see."""
    kind = Kind(happening.kind)
    if subscription.topic == Topic.OWN:
        return kind in TOLD_TO_ASKER and not _was_before(subscription, happening)
    if subscription.topic == Topic.QUESTION:
        return kind in TOLD_TO_FOLLOWERS
    return (
        happening.question.state in HAS_PAGE
        and _is_news(kind, happening)
        and _matches(subscription, happening)
    )


def _was_before(subscription: Subscription, happening: Happening) -> bool:
    """What happened before the contact was left is seen on the page where it was left."""
    return happening.at < subscription.asked_at


def _is_news(kind: Kind, happening: Happening) -> bool:
    if kind in NEWNESS:
        return _is_first_sight(happening)
    return kind in TOLD_OF_MANY


def _is_first_sight(happening: Happening) -> bool:
    """A question comes into sight once: with the first of its moves that gave it a page."""
    first = happening.question.moves.filter(new__in=HAS_PAGE).order_by("id").first()
    if first is None or first.at != happening.at:
        return False
    alike = Happening.objects.filter(question=happening.question, kind__in=NEWNESS, at=first.at)
    return not alike.filter(pk__lt=happening.pk).exists()


def _matches(subscription: Subscription, happening: Happening) -> bool:
    if subscription.topic != Topic.SEARCH:
        return True
    found = questions_of(filter_of(subscription.topic_key))
    return found.filter(pk=happening.question_id).exists()
