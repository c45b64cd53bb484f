"""The instance's secret: made once, kept in a file of its own, apart from the database."""

import os
import secrets
from pathlib import Path


def instance_secret(path: Path) -> str:
    """Return the secret kept at `path`, making it (mode 0600) on the first call."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _make_secret(path)


def _make_secret(path: Path) -> str:
    secret = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
