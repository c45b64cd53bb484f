"""The one form of an entry in bytes, which the Merkle log will hash.

Source: RFC 8785 for the order of keys and the absence of spaces; entries hold no fractions.
"""

import json
from datetime import UTC

from kenes.record.models import Entry


def canonical_json(entry: Entry) -> bytes:
    """Return the entry as JSON in UTF-8: keys in order, no spaces, the time in UTC to the microsecond.

    Neither the actor nor the free text of the reason is part of it: both can be a person's and
    must be able to go without breaking a hash. The role and the act stay.
    """
    value = {
        "act": entry.act,
        "at": entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "by_role": entry.by_role,
        "detail": entry.detail,
        "object": {"id": entry.object_id, "kind": entry.object_kind},
        "v": 1,
    }
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
