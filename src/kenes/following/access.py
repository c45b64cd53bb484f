"""From a signed link to a subscription; unknown and forbidden look the same."""

from kenes.following.errors import SubscriptionUnknown
from kenes.following.links import read_confirm, read_end
from kenes.following.models import Subscription


def subscription_of_confirm(token: str) -> Subscription:
    """Return what the letter's link confirms. Raises: LinkTooOld, SubscriptionUnknown."""
    found = Subscription.objects.filter(public_id=read_confirm(token)).first()
    if found is None:
        raise SubscriptionUnknown
    return found


def subscription_of_end(token: str) -> Subscription | None:
    """Return what the link ends; None where it has ended already. Raises: SubscriptionUnknown."""
    return Subscription.objects.filter(public_id=read_end(token)).first()


def subscription_of_address(fingerprint: str, public_id: str) -> Subscription:
    """Return one of an address's subscriptions. Raises: SubscriptionUnknown."""
    found = Subscription.objects.filter(fingerprint=fingerprint, public_id=public_id).first()
    if found is None:
        raise SubscriptionUnknown
    return found
