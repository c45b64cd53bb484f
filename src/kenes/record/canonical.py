"""The one form in bytes of what is hashed and signed, and commitments to texts.

Source: RFC 8785 for the order of keys and the absence of spaces; nothing here holds fractions.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from kenes.record.models import Entry

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Mapping[str, object]) -> str:
    """Return a value of plain JSON as text: keys in order, no spaces."""
    return _encode(value)


def utc(moment: datetime) -> str:
    """Return an aware moment in UTC to the microsecond."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def commitment(nonce: str, text: str) -> str:
    """Return the hash (hex) that binds to a text without telling it: SHA-256 of nonce ‖ text in UTF-8."""
    return sha256(bytes.fromhex(nonce) + text.encode()).hexdigest()


def canonical_json(entry: Entry) -> bytes:
    """Return the entry as JSON in UTF-8: keys in order, no spaces, the time in UTC to the microsecond.

    Neither the actor nor the free text of the reason is part of it: both can be a person's and
    must be able to go without breaking a hash. The role and the act stay.
    """
    value = {
        "act": entry.act,
        "at": utc(entry.at),
        "by_role": entry.by_role,
        "detail": entry.detail,
        "object": {"id": entry.object_id, "kind": entry.object_kind},
        "v": 1,
    }
    return canonical(value).encode()
