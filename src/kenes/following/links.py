"""Signed links of letters: each does one thing, for the one it was sent to, without an account."""

from django.conf import settings
from django.core import signing

from kenes.following.errors import LinkTooOld, SubscriptionUnknown
from kenes.following.models import Subscription
from kenes.following.rules import CONFIRM_WITHIN, MANAGE_WITHIN

_CONFIRM = "kenes.following.confirm"
_END = "kenes.following.end"
_MINE = "kenes.following.mine"


def confirm_link(subscription: Subscription) -> str:
    """Return the address where a subscription is confirmed."""
    return _link(subscription.language, "confirm", signing.dumps(subscription.public_id, salt=_CONFIRM))


def end_link(subscription: Subscription) -> str:
    """Return the address where one press ends the subscription; it holds as long as that."""
    return _link(subscription.language, "end", end_token(subscription))


def mine_link(fingerprint: str, *, language: str) -> str:
    """Return the address of all that an address follows."""
    return _link(language, "mine", mine_token(fingerprint))


def end_token(subscription: Subscription) -> str:
    return signing.dumps(subscription.public_id, salt=_END)


def mine_token(fingerprint: str) -> str:
    return signing.dumps(fingerprint, salt=_MINE)


def read_confirm(token: str) -> str:
    """Return the public id of the subscription. Raises: LinkTooOld, SubscriptionUnknown."""
    return _read(token, _CONFIRM, seconds=int(CONFIRM_WITHIN.total_seconds()))


def read_end(token: str) -> str:
    """Return the public id of the subscription. Raises: SubscriptionUnknown."""
    return _read(token, _END, seconds=None)


def read_mine(token: str) -> str:
    """Return the fingerprint of the address. Raises: LinkTooOld, SubscriptionUnknown."""
    return _read(token, _MINE, seconds=int(MANAGE_WITHIN.total_seconds()))


def _link(language: str, act: str, token: str) -> str:
    # With its language in it: one-click unsubscribing (RFC 8058) follows no redirect.
    return f"{settings.PUBLIC_URL}/{language}/follow/{act}/{token}/"


def _read(token: str, salt: str, *, seconds: int | None) -> str:
    try:
        return str(signing.loads(token, salt=salt, max_age=seconds))
    except signing.SignatureExpired:
        raise LinkTooOld from None
    except signing.BadSignature:
        raise SubscriptionUnknown from None
