"""A limit on trying secrets. A hundred bits are not guessed; the limit keeps the trying cheap for us."""

import math

from django.conf import settings

from kenes.core.errors import TooMany
from kenes.live.limits import Buckets, Limit, network_of

# One address can be a whole youth centre that opens its receipts after the meeting.
PER_ADDRESS = Limit(burst=100, per_second=1 / 2)
_buckets = Buckets()


def take_attempt(address: str) -> None:
    """Count one try of a secret from the address. Raises: TooMany."""
    if not settings.RATE_LIMITS:
        return
    wait = _buckets.take(("receipt", network_of(address)), PER_ADDRESS)
    if wait:
        raise TooMany(seconds=max(1, math.ceil(wait)))
