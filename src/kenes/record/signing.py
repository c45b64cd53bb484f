"""The log's key and its signatures: Ed25519 over the canonical JSON of a statement.

The key is made once, in a file of its own (0600) apart from the database: who can write the
database alone cannot sign another past.
Source: RFC 8032.
"""

import base64
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from kenes.record.canonical import canonical

SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement (canonical JSON), its signature and the public key, both in base64."""

    statement: str
    signature: str
    public_key: str

    def as_json(self) -> dict[str, str]:
        return {"statement": self.statement, "signature": self.signature, "public_key": self.public_key}


def sign(statement: Mapping[str, object]) -> Signed:
    """Sign a statement; its `what` keeps one kind from being taken for another."""
    text = canonical(statement)
    signature = _private_key(settings.LOG_KEY).sign(text.encode())
    return Signed(text, _as_text(signature), public_key())


def is_signed(signed: Signed) -> bool:
    """Say whether the signature is the public key's, over the statement."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(signed.public_key, validate=True))
        key.verify(base64.b64decode(signed.signature, validate=True), signed.statement.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def public_key() -> str:
    """Return the public key of today, in base64."""
    return _public_key(settings.LOG_KEY)


def fingerprint(key: str) -> str:
    """Return the SHA-256 (hex) of a public key given in base64, for people to compare."""
    return sha256(base64.b64decode(key)).hexdigest()


@lru_cache(maxsize=8)
def _private_key(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _make_key(path)
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_text(encoding="ascii")))


@lru_cache(maxsize=8)
def _public_key(path: Path) -> str:
    return _as_text(_private_key(path).public_key().public_bytes_raw())


def _make_key(path: Path) -> None:
    """Make the file whole or not at all: of two processes the first wins, the other reads its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(_as_text(secrets.token_bytes(SEED_BYTES)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _as_text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
