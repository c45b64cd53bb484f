"""Subscribing: nothing but the confirmation goes out before the owner of the address has confirmed."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kenes.accounts.models import User
from kenes.accounts.rules import NOTICE_VERSION
from kenes.following.actions.ending import end_subscription
from kenes.following.errors import (
    CodeWrong,
    LinkTooOld,
    NoTextMessages,
    SubscriptionUnknown,
    TooManySubscriptions,
)
from kenes.following.letters import confirmation_of, digits_of, mine_letter
from kenes.following.models import ConfirmationAsked, Subscription
from kenes.following.queries import (
    is_asked_too_often,
    is_silent,
    own_subscription,
    subscriptions_of_address,
)
from kenes.following.rules import (
    CONTACT_KEPT_FOR,
    DIGITS_ATTEMPTS,
    DIGITS_HOLD_FOR,
    MOST_OF_ONE_ADDRESS,
    clean_email,
    clean_number,
    clean_pace,
)
from kenes.following.states import Pace, SubscriptionState, Topic
from kenes.following.topics import followed
from kenes.notices.actions import send_letters_later
from kenes.notices.channels import has_text_channel
from kenes.notices.sealing import fingerprint, seal
from kenes.notices.states import Channel
from kenes.questions.models import Question
from kenes.questions.rules import clean_language
from kenes.questions.states import QuestionState

ENDED = frozenset(
    {QuestionState.ANSWERED, QuestionState.REFUSED, QuestionState.PASSED_ON, QuestionState.WITHDRAWN}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wishes to follow, and where it is told."""

    topic: str
    key: str
    address: str
    language: str
    pace: str = Pace.AT_ONCE


def ask_subscription(wanted: Wanted, *, at: datetime) -> None:
    """Send the address a letter that asks it to confirm; whether one goes out is told to nobody.

    Of an address that is silent, follows this already, or was asked too often, nothing happens.
    Raises: AddressWrong, PaceUnknown, LanguageUnknown, TopicUnknown, QuestionUnknown.
    """
    topic = followed(wanted.topic, wanted.key)
    address = clean_email(wanted.address)
    said = {"language": clean_language(wanted.language), "pace": clean_pace(wanted.pace)}
    mark = fingerprint(address)
    with transaction.atomic():
        if is_silent(mark) or is_asked_too_often(mark, at=at):
            return
        subscription, is_new = Subscription.objects.get_or_create(
            topic=topic.topic,
            topic_key=topic.key,
            fingerprint=mark,
            defaults={
                "sealed_address": seal(address),
                "notice_version": NOTICE_VERSION,
                "asked_at": at,
                **said,
            },
        )
        if subscription.state == SubscriptionState.RUNNING:
            return
        if not is_new:
            _ask_anew(subscription, said, at=at)
        _send_confirmation(subscription, address=address, at=at)


def leave_contact(
    question: Question, *, channel: str, address: str, language: str, at: datetime, by: User | None = None
) -> Subscription:
    """Keep where the asker of a question wishes to be told, in the place of what was left before.

    An e-mail address is confirmed by a letter, a number by digits sent to it. A number that an
    operator took down while its owner was on the line is confirmed already. Where the address wishes
    never to be written to, or was asked too often, nothing goes out and it is never confirmed; yet it
    stands there like any other, so that nobody learns that of it.
    Raises: AddressWrong, NumberWrong, NoTextMessages, LanguageUnknown.
    """
    is_text = channel == Channel.TEXT
    if is_text and not has_text_channel():
        raise NoTextMessages
    kept = clean_number(address) if is_text else clean_email(address)
    mark = fingerprint(kept)
    subscription = Subscription(
        topic=Topic.OWN,
        topic_key=question.code,
        channel=Channel.TEXT if is_text else Channel.EMAIL,
        sealed_address=seal(kept),
        fingerprint=mark,
        language=clean_language(language),
        notice_version=NOTICE_VERSION,
        asked_at=at,
        entered_by=by,
        erase_on=(at + CONTACT_KEPT_FOR).date() if question.state in ENDED else None,
    )
    with transaction.atomic():
        may_be_written_to = not (is_silent(mark) or is_asked_too_often(mark, at=at))
        _forget_contact(question)
        if is_text and by is not None and may_be_written_to:
            subscription.state, subscription.confirmed_at = SubscriptionState.RUNNING, at
        subscription.save()
        if subscription.state == SubscriptionState.ASKED and may_be_written_to:
            _send_confirmation(subscription, address=kept, at=at)
    return subscription


def confirm_subscription(subscription: Subscription, *, at: datetime) -> None:
    """Begin to tell the owner of an address, who opened the link sent to it; safe to repeat.

    Raises: TooManySubscriptions.
    """
    if subscription.state == SubscriptionState.RUNNING:
        return
    if subscriptions_of_address(subscription.fingerprint).count() >= MOST_OF_ONE_ADDRESS:
        raise TooManySubscriptions(most=MOST_OF_ONE_ADDRESS)
    subscription.state, subscription.confirmed_at, subscription.code_digest = (
        SubscriptionState.RUNNING,
        at,
        "",
    )
    subscription.save(update_fields=["state", "confirmed_at", "code_digest"])


def confirm_digits(question: Question, *, digits: str, at: datetime) -> None:
    """Begin to tell the owner of a number, who read the digits sent to it.

    Raises: SubscriptionUnknown, LinkTooOld (tried too often, or too late), CodeWrong.
    """
    subscription = own_subscription(question.code)
    if subscription is None or subscription.channel != Channel.TEXT:
        raise SubscriptionUnknown
    if at > subscription.asked_at + DIGITS_HOLD_FOR:
        raise LinkTooOld
    # Counted by the database, so that tries sent all at once are not more than those one by one.
    left = Subscription.objects.filter(pk=subscription.pk, code_attempts__lt=DIGITS_ATTEMPTS)
    if not left.update(code_attempts=F("code_attempts") + 1):
        raise LinkTooOld
    typed = _digest(subscription, "".join(char for char in digits if char.isdecimal()))
    if not hmac.compare_digest(typed, subscription.code_digest):
        raise CodeWrong
    confirm_subscription(subscription, at=at)


def send_mine_link(*, address: str, language: str, at: datetime) -> None:
    """Send an address the page of all it follows, where it follows anything. Raises: AddressWrong."""
    kept = clean_email(address)
    mark = fingerprint(kept)
    with transaction.atomic():
        if is_asked_too_often(mark, at=at) or not subscriptions_of_address(mark).exists():
            return
        ConfirmationAsked.objects.create(fingerprint=mark, at=at)
        letter = mine_letter(
            mark, address=kept, language=clean_language(language), at_key=f"{at.timestamp():.0f}"
        )
        send_letters_later([letter], at=at)


def _ask_anew(subscription: Subscription, said: dict[str, str], *, at: datetime) -> None:
    subscription.language, subscription.pace = said["language"], said["pace"]
    subscription.asked_at = at
    subscription.save(update_fields=["language", "pace", "asked_at"])


def _send_confirmation(subscription: Subscription, *, address: str, at: datetime) -> None:
    ConfirmationAsked.objects.create(fingerprint=subscription.fingerprint, at=at)
    at_key = f"{at.timestamp():.3f}"
    if subscription.channel == Channel.TEXT:
        digits = f"{secrets.randbelow(10**6):06d}"
        subscription.code_digest, subscription.code_attempts = _digest(subscription, digits), 0
        subscription.save(update_fields=["code_digest", "code_attempts"])
        letter = digits_of(subscription, number=address, digits=digits, at_key=at_key)
    else:
        letter = confirmation_of(subscription, address=address, at_key=at_key)
    send_letters_later([letter], at=at)


def _digest(subscription: Subscription, digits: str) -> str:
    return fingerprint(f"digits:{subscription.public_id}:{digits}")


def _forget_contact(question: Question) -> None:
    earlier = own_subscription(question.code)
    if earlier is not None:
        end_subscription(earlier)
