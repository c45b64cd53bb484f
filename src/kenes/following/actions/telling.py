"""Telling: a happening becomes letters, lines of daily letters, deliveries to other systems, once each."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from kenes.accounts.queries import users_with_role
from kenes.accounts.states import Role
from kenes.following.announcements import announcements_of
from kenes.following.letters import daily_letter_of, letter_of
from kenes.following.matching import concerns
from kenes.following.models import DigestLine, Happening, Subscription
from kenes.following.queries import (
    NEWNESS,
    codes_told,
    daily_letters_due,
    is_any_search_followed,
    subscriptions_to_tell,
    waiting_happenings,
)
from kenes.following.rules import CONTACT_KEPT_FOR
from kenes.following.states import ENDS, Kind, Pace, Topic
from kenes.following.unit_letters import letters_to_unit
from kenes.notices.actions import announce, send_letters_later
from kenes.notices.models import WebhookEndpoint
from kenes.notices.wishes import Letter
from kenes.questions.models import Question
from kenes.register.queries import waiting_feeds

# So many are written in one short transaction.
CHUNK = 50
HAPPENINGS = 20
READ_WITHIN = timedelta(minutes=1)
BEGINS_AGAIN = frozenset({Kind.REOPENED, Kind.OVERRULED, Kind.UNMERGED, Kind.ASSIGNED})


def tell_happenings(*, at: datetime) -> int:
    """Tell of what waits, in its order; return how many happenings were dealt with.

    Safe to repeat and to interrupt: each chunk is one transaction, and each letter has its key.
    """
    waiting = waiting_happenings(limit=HAPPENINGS)
    # A followed search could find their questions only once the register has read the room.
    unread = set(waiting_feeds()) if waiting and is_any_search_followed() else set()
    for place, happening in enumerate(waiting):
        # A room whose votes never pause is not waited for longer.
        if happening.question.feed_id in unread and at - happening.at <= READ_WITHIN:
            # Those after it wait too: everybody is told in the order in which things happened.
            return place
        while not _tell_chunk(happening, at=at):
            pass
    return len(waiting)


def tell_daily_letters(*, on: date, at: datetime) -> int:
    """Write the daily letters of that day; return how many."""
    due = daily_letters_due(on=on, limit=CHUNK)
    for subscription in due:
        with transaction.atomic():
            lines = list(subscription.lines.select_related("happening__question__merged_into"))
            happenings = [line.happening for line in lines]
            letter = daily_letter_of(subscription, happenings, day=on.isoformat())
            send_letters_later([letter], at=at)
            subscription.lines.filter(pk__in=[line.pk for line in lines]).delete()
            subscription.told_on = on
            subscription.save(update_fields=["told_on"])
    return len(due)


def tell_endpoint_disabled(endpoint: WebhookEndpoint, *, at: datetime) -> None:
    """Tell the administrators that an endpoint was disabled, in the transaction that does it."""
    letters = []
    for person in users_with_role(Role.ADMINISTRATOR):
        with override(person.language):
            words = _(
                "It took nothing for days, so it is told of nothing more: %(endpoint)s. "
                "When it works again, make it active in the administration, under webhook endpoints."
            )
            letters.append(
                Letter(
                    key=f"endpoint-disabled:{endpoint.public_id}:{person.public_id}:{at.timestamp():.0f}",
                    to=person.email,
                    language=person.language,
                    subject=_("A webhook endpoint was disabled"),
                    body=words % {"endpoint": endpoint},
                )
            )
    send_letters_later(letters, at=at)


def _tell_chunk(happening: Happening, *, at: datetime) -> bool:
    """Tell the next subscribers; say whether all have been told."""
    subscriptions = subscriptions_to_tell(happening, limit=CHUNK)
    is_last = len(subscriptions) < CHUNK
    told = [each for each in subscriptions if concerns(each, happening)]
    letters = [_letter(each, happening) for each in told if each.pace == Pace.AT_ONCE]
    daily = [each for each in told if each.pace == Pace.DAILY]
    others = letters_to_unit(happening) if is_last else []
    with transaction.atomic():
        send_letters_later([*letters, *others], at=at)
        _keep_lines(daily, happening)
        if subscriptions:
            happening.passed = subscriptions[-1].pk
        if is_last:
            announce(announcements_of(happening), at=at)
            _keep_contacts(happening)
            happening.taken_at = at
        happening.save(update_fields=["passed", "taken_at"])
    return is_last


def _letter(subscription: Subscription, happening: Happening) -> Letter:
    is_new = subscription.topic not in {Topic.OWN, Topic.QUESTION} and Kind(happening.kind) in NEWNESS
    return letter_of(subscription, happening, is_new=is_new)


def _keep_lines(subscriptions: Sequence[Subscription], happening: Happening) -> None:
    lines = [DigestLine(subscription=each, happening=happening) for each in subscriptions]
    DigestLine.objects.bulk_create(lines, ignore_conflicts=True)


def _keep_contacts(happening: Happening) -> None:
    """Count the time until the contacts are erased from the question's end, as long as it has ended."""
    if Kind(happening.kind) in ENDS:
        _own(happening.question).update(erase_on=(happening.at + CONTACT_KEPT_FOR).date())
    elif Kind(happening.kind) in BEGINS_AGAIN:
        _own(happening.question).update(erase_on=None)


def _own(question: Question) -> QuerySet[Subscription]:
    return Subscription.objects.filter(topic=Topic.OWN, topic_key__in=codes_told(question))
