"""Ending: with the subscription its address is deleted, and what was still to be sent to it."""

from datetime import date, datetime

from django.db import transaction

from kenes.following.models import ConfirmationAsked, Happening, Silence, Subscription
from kenes.following.rules import A_DAY, CONFIRM_WITHIN, HAPPENINGS_KEPT_FOR, clean_pace
from kenes.following.states import OF_DATES, Pace, SubscriptionState
from kenes.notices.actions import forget_messages_of


def end_subscription(subscription: Subscription) -> None:
    """End a subscription and forget its address; safe to repeat."""
    with transaction.atomic():
        forget_messages_of(f"follow:{subscription.public_id}:")
        forget_messages_of(f"follow-confirm:{subscription.public_id}:")
        Subscription.objects.filter(pk=subscription.pk).delete()


def change_pace(subscription: Subscription, *, pace: str) -> None:
    """Tell the subscriber at once, or once a day. Raises: PaceUnknown."""
    subscription.pace = clean_pace(pace)
    subscription.save(update_fields=["pace"])
    if subscription.pace == Pace.AT_ONCE:
        subscription.lines.all().delete()


def never_write_again(fingerprint: str, *, at: datetime) -> None:
    """End all that an address follows, and never write to it again, whoever asks."""
    with transaction.atomic():
        forget_address(fingerprint)
        Silence.objects.get_or_create(fingerprint=fingerprint, defaults={"at": at})


def forget_address(fingerprint: str) -> None:
    """End all that an address follows or was asked to confirm."""
    for subscription in Subscription.objects.filter(fingerprint=fingerprint):
        end_subscription(subscription)


def forget_overdue_contacts(*, at: datetime, on: date) -> int:
    """Forget contacts whose question has long ended, and what was never confirmed; return how many.

    With them go what happened long ago and the traces of confirmations asked for.
    """
    stale = Subscription.objects.filter(state=SubscriptionState.ASKED, asked_at__lt=at - CONFIRM_WITHIN)
    over = Subscription.objects.filter(erase_on__lte=on)
    found = [*stale, *over]
    for subscription in found:
        end_subscription(subscription)
    ConfirmationAsked.objects.filter(at__lt=at - A_DAY).delete()
    told = Happening.objects.filter(taken_at__lt=at - HAPPENINGS_KEPT_FOR)
    # A due date told once is not told again while its term may still run, however late it is.
    told.exclude(kind__in=OF_DATES).delete()
    return len(found)
