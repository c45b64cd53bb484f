"""Limits: strict for one participant, generous for one address (it may be a whole youth centre)."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from kenes.core.errors import TooMany

MOST_KEYS = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and so many a second in the long run."""

    burst: int
    per_second: float


PER_PARTICIPANT = {
    "ask": Limit(burst=5, per_second=1 / 10),
    "vote": Limit(burst=60, per_second=2),
    "me": Limit(burst=30, per_second=1),
}
PER_ADDRESS = {
    "join": Limit(burst=1_000, per_second=50),
    "ask": Limit(burst=300, per_second=20),
    "vote": Limit(burst=3_000, per_second=300),
    "read": Limit(burst=5_000, per_second=500),
}


class Buckets:
    """Who has used how much, for a bounded number of them: the longest unseen are forgotten first.

    A key's one number is the time at which its bucket is full again.
    """

    def __init__(self, *, most_keys: int = MOST_KEYS, clock: Callable[[], float] = time.monotonic) -> None:
        self._full_at: OrderedDict[tuple[str, object], float] = OrderedDict()
        self._most_keys = most_keys
        self._clock = clock

    def take(self, key: tuple[str, object], limit: Limit) -> float:
        """Take one; return 0, or the seconds until there is one to take."""
        now = self._clock()
        full_at = max(self._full_at.get(key, now), now) + 1 / limit.per_second
        wait = full_at - now - limit.burst / limit.per_second
        if wait > 1e-9:
            return wait
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._most_keys:
            self._full_at.popitem(last=False)
        return 0.0


class Limits:
    """The limits of the lean path; `settings.RATE_LIMITS` off takes all. `refused` counts."""

    def __init__(self, buckets: Buckets | None = None) -> None:
        self._buckets = buckets or Buckets()
        self.refused = 0

    def of_participant(self, kind: str, participant_id: int) -> None:
        """Raise `TooMany` where the participant is over the limit for acts of the kind."""
        self._take((f"participant {kind}", participant_id), PER_PARTICIPANT[kind])

    def of_address(self, kind: str, address: str) -> None:
        """Raise `TooMany` where the address is over the limit for requests of the kind."""
        self._take((f"address {kind}", network_of(address)), PER_ADDRESS[kind])

    def _take(self, key: tuple[str, object], limit: Limit) -> None:
        wait = self._buckets.take(key, limit)
        if wait and settings.RATE_LIMITS:
            self.refused += 1
            raise TooMany(seconds=max(1, math.ceil(wait)))


@lru_cache(4096)
def network_of(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
