"""Sealing originals with a key derived from the instance's secret, and recognising a piece again."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str) -> str:
    """Return the text so that only this instance reads it."""
    return _box(settings.SECRET_KEY).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str | None:
    """Return the text, or None where it was sealed by another instance's secret (a restored database)."""
    try:
        return _box(settings.SECRET_KEY).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        return None


def fingerprint_of(piece: str, *, object_kind: str, object_id: str) -> str:
    """Return a keyed hash of a piece in one object, the same however its characters are spaced."""
    letters = "".join(char for char in piece.casefold() if char.isalnum())
    value = f"{object_kind}:{object_id}:{letters}"
    return salted_hmac("kenes.redaction", value, algorithm="sha256").hexdigest()


@lru_cache(maxsize=2)
def _box(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kenes redaction originals")
    return Fernet(urlsafe_b64encode(derived.derive(secret.encode())))
