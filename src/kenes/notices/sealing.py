"""Keeping what must be readable again, yet not by who only has the database: addresses, secrets.

Sealed under a key derived from the instance's secret, which is kept apart from the database;
earlier secrets (`SECRET_KEY_FALLBACKS`) still open what they sealed.
"""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_SEAL = b"kenes.notices.seal.v1"
_FINGERPRINT = b"kenes.notices.fingerprint.v1"


def seal(text: str) -> str:
    """Return the text encrypted and authenticated."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed, or "" where it is empty or no key of ours opens it."""
    try:
        return _box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def fingerprint(text: str) -> str:
    """Return 32 hexadecimal digits that are the same for the same text, and tell nothing without the key."""
    return hmac.digest(_derived(settings.SECRET_KEY, _FINGERPRINT), text.encode(), "sha256").hex()[:32]


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, _SEAL))) for key in keys])


def _derived(key: str | bytes, purpose: bytes) -> bytes:
    return hmac.digest(key.encode() if isinstance(key, str) else key, purpose, "sha256")
