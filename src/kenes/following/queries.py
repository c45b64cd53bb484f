"""Subscriptions by what they follow and by whose they are; what still waits to be told."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q, QuerySet

from kenes.following.models import ConfirmationAsked, Happening, Silence, Subscription
from kenes.following.rules import A_DAY, CONFIRMATIONS_A_DAY
from kenes.following.states import OF_PARTS, TOLD_OF_MANY, Kind, Pace, SubscriptionState, Topic
from kenes.questions.models import Part, Question

# A merged question follows its target; chains are followed so far.
CHAIN_MOST = 5
# A question is new to its followers when anybody can first see it, by whichever of these comes first.
NEWNESS = frozenset({Kind.REGISTERED, Kind.PUBLISHED, Kind.ASSIGNED})


def own_subscription(code: str) -> Subscription | None:
    """Return the contact its asker left with a question."""
    return Subscription.objects.filter(topic=Topic.OWN, topic_key=code).first()


def has_contact(codes: Collection[str]) -> set[str]:
    """Return which of the questions have a contact; nobody but the letters' writer knows which one."""
    found = Subscription.objects.filter(topic=Topic.OWN, topic_key__in=codes)
    return set(found.values_list("topic_key", flat=True))


def subscriptions_of_address(fingerprint: str) -> QuerySet[Subscription]:
    """Return all that an address follows, oldest first."""
    return Subscription.objects.filter(fingerprint=fingerprint, state=SubscriptionState.RUNNING).order_by(
        "id"
    )


def subscriptions_of_person_and_questions(fingerprint: str, codes: Collection[str]) -> QuerySet[Subscription]:
    """Return all that an address follows, confirmed or not, and the contacts left with the questions."""
    own = Q(topic=Topic.OWN, topic_key__in=list(codes))
    return Subscription.objects.filter(Q(fingerprint=fingerprint) | own).order_by("id")


def is_silent(fingerprint: str) -> bool:
    """Say whether the owner of the address wishes never to be written to."""
    return Silence.objects.filter(fingerprint=fingerprint).exists()


def is_asked_too_often(fingerprint: str, *, at: datetime) -> bool:
    """Say whether so many confirmations went to the address in a day that no more may."""
    asked = ConfirmationAsked.objects.filter(fingerprint=fingerprint, at__gt=at - A_DAY)
    return asked.count() >= CONFIRMATIONS_A_DAY


def waiting_happenings(*, limit: int) -> list[Happening]:
    """Return what nobody, or not everybody, was told of yet, in its order."""
    waiting = Happening.objects.filter(taken_at=None)
    if not waiting.exists():  # asked each second, and composing the whole statement costs most of it
        return []
    found = waiting.select_related(
        "question__meeting__session__campaign", "question__meeting__place", "question__merged_into"
    )
    return list(found.order_by("id")[:limit])


def part_told(happening: Happening) -> Part | None:
    """Return the part of the question that something happened to, with its unit and term."""
    if Kind(happening.kind) not in OF_PARTS:
        return None
    parts = happening.question.parts.select_related("organisation", "term")
    if Kind(happening.kind) == Kind.PART_PASSED:
        return parts.filter(at=happening.at).last()
    return parts.filter(public_id=happening.detail.get("part", "")).last()


def codes_told(question: Question) -> list[str]:
    """Return the question's code and those of the questions that live on in it."""
    codes, layer = [question.code], [question.pk]
    for _step in range(CHAIN_MOST):
        merged = Question.objects.filter(merged_into__in=layer).order_by("id").values_list("pk", "code")
        layer = [key for key, _code in merged]
        codes += [code for _key, code in merged]
        if not layer:
            break
    return codes


def subscriptions_to_tell(happening: Happening, *, limit: int) -> list[Subscription]:
    """Return the next subscriptions that the happening may concern, after those told already."""
    question = happening.question
    concerned = Q(topic__in=[Topic.OWN, Topic.QUESTION], topic_key__in=codes_told(question))
    if Kind(happening.kind) in TOLD_OF_MANY | NEWNESS:
        concerned |= Q(topic=Topic.MEETING, topic_key=question.meeting.code)
        concerned |= Q(topic=Topic.SESSION, topic_key=question.meeting.session.public_id)
        concerned |= Q(topic=Topic.SEARCH)
    running = Subscription.objects.filter(concerned, state=SubscriptionState.RUNNING)
    return list(running.filter(pk__gt=happening.passed).order_by("id")[:limit])


def is_any_search_followed() -> bool:
    """Say whether anybody follows a search of the register."""
    return Subscription.objects.filter(topic=Topic.SEARCH, state=SubscriptionState.RUNNING).exists()


def daily_letters_due(*, on: date, limit: int) -> list[Subscription]:
    """Return subscriptions whose daily letter has something to say and was not written on that day."""
    due = Subscription.objects.filter(lines__isnull=False, pace=Pace.DAILY, state=SubscriptionState.RUNNING)
    return list(due.exclude(told_on=on).distinct().order_by("id")[:limit])
