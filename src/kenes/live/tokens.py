"""Tokens of participants: signed claims, read without a database.

    base64url(claim) "." base64url(HMAC-SHA256 of the claim)      claim: kind, participant, feed, expiry

The key is derived from the instance's secret; older secrets (SECRET_KEY_FALLBACKS) still read.
"""

import base64
import binascii
import hashlib
import hmac
import struct
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from kenes.live.contracts import Claim
from kenes.live.models import RevokedParticipant

LIVES_FOR = timedelta(days=90)

_CLAIM = struct.Struct(">cQQQ")
_KINDS = {"guest": b"g", "confirmed": b"c"}
_KIND_NAMES = {mark: name for name, mark in _KINDS.items()}
_PURPOSE = b"kenes.live participant token 1"
_LONGEST = 128
VERIFIED_KEPT = 8192


@dataclass(frozen=True, slots=True)
class Token:
    """A signed claim as it travels, and when it ends."""

    text: str
    expires_at: datetime


def sign_claim(claim: Claim, *, at: datetime) -> Token:
    """Return a token for the claim."""
    expires_at = (at + LIVES_FOR).replace(microsecond=0)
    mark = _KINDS[claim.kind]
    packed = _CLAIM.pack(mark, claim.participant_id, claim.feed_id, int(expires_at.timestamp()))
    seal = _seal(packed, _key_of(str(settings.SECRET_KEY)))
    return Token(f"{_to_text(packed)}.{_to_text(seal)}", expires_at.astimezone(UTC))


def read_token(text: str, *, at: datetime) -> Claim | None:
    """Return the claim of a token that is ours, has not ended and is not denied; else None."""
    packed = _verified(text)
    if packed is None:
        return None
    mark, participant_id, feed_id, ends = _CLAIM.unpack(packed)
    if ends <= at.timestamp() or denied.holds(participant_id):
        return None
    return Claim(participant_id, _KIND_NAMES[mark], feed_id)


def _verified(text: str) -> bytes | None:
    if len(text) > _LONGEST or not text.isascii():
        return None
    return _verified_by(text, str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(VERIFIED_KEPT)
def _verified_by(text: str, *secrets: str) -> bytes | None:
    """Return the claim that one of the secrets signed; who votes once votes again, so it is remembered."""
    claim_text, _, seal_text = text.partition(".")
    try:
        packed, seal = _from_text(claim_text), _from_text(seal_text)
    except (ValueError, binascii.Error):
        return None
    # What decodes to the same bytes is not enough: one claim has one spelling.
    is_spelt = _to_text(packed) == claim_text and _to_text(seal) == seal_text
    is_ours = any(hmac.compare_digest(_seal(packed, key), seal) for key in map(_key_of, secrets))
    return packed if is_spelt and is_ours and len(packed) == _CLAIM.size else None


@lru_cache(16)
def _key_of(secret: str) -> bytes:
    return hmac.digest(secret.encode(), _PURPOSE, "sha256")


def _seal(packed: bytes, key: bytes) -> bytes:
    return hmac.digest(key, packed, hashlib.sha256)


def _to_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _from_text(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


class DenyList:
    """Participants whose tokens are no longer taken: in memory, its durable copy in the database."""

    def __init__(self) -> None:
        self._denied: set[int] = set()
        self._last_pk = 0
        self._guard = threading.Lock()

    def holds(self, participant_id: int) -> bool:
        return participant_id in self._denied

    def add(self, participant_id: int) -> None:
        self._denied.add(participant_id)

    def rebuild(self) -> None:
        """Read the durable copy anew."""
        rows = dict(RevokedParticipant.objects.values_list("pk", "participant_id"))
        with self._guard:
            self._denied = set(rows.values())
            self._last_pk = max(rows, default=0)

    def refresh(self) -> None:
        """Add what was denied since, by any process."""
        with self._guard:
            last = self._last_pk
        rows = dict(RevokedParticipant.objects.filter(pk__gt=last).values_list("pk", "participant_id"))
        with self._guard:
            self._denied.update(rows.values())
            self._last_pk = max(rows, default=last)


denied = DenyList()


def revoke_participant(participant_id: int, *, at: datetime) -> None:
    """Take no token of the participant any more: a guest merged into an account, or shut out."""
    with transaction.atomic():
        RevokedParticipant.objects.get_or_create(participant_id=participant_id, defaults={"at": at})
        transaction.on_commit(lambda: denied.add(participant_id))
