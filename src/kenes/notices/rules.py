"""How long a message is tried, how often, and how long it is kept; what an endpoint must be like."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from kenes.notices.errors import EndpointAddressWrong, EndpointEventsMissing, SecretTooShort
from kenes.notices.states import WebhookEvent

# The pause after the first, second, ... failed attempt; after the last the message has failed.
RETRY_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)

# Longer than any one conversation with a mail server (its socket times out after 20 s a step), and
# than a batch of webhooks.
LEASE = timedelta(minutes=3)

# How long a sent or failed message, with the person's address, is kept for looking into complaints.
KEPT_FOR = timedelta(days=90)

# An endpoint that takes nothing for so long is disabled, and an administrator is told.
FAILS_AT_MOST = timedelta(days=3)

SECRET_LEAST = 24


def clean_endpoint_url(url: str) -> str:
    """Return the address of an endpoint. Raises: EndpointAddressWrong."""
    kept = url.strip()
    try:
        parts = urlsplit(kept)
        is_right = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise EndpointAddressWrong from None
    schemes = {"https", "http"} if settings.WEBHOOKS_TO_PRIVATE else {"https"}
    if not is_right or parts.scheme not in schemes or "@" in parts.netloc:
        raise EndpointAddressWrong
    return kept


def clean_events(events: list[str]) -> list[str]:
    """Return the chosen events in the order of the list. Raises: EndpointEventsMissing."""
    kept = [event for event in WebhookEvent.values if event in events]
    if not kept:
        raise EndpointEventsMissing
    return kept


def clean_secret(secret: str) -> str:
    """Return the secret. Raises: SecretTooShort."""
    kept = secret.strip()
    if len(kept) < SECRET_LEAST:
        raise SecretTooShort(least=SECRET_LEAST)
    return kept
