"""How a webhook is signed, so that its receiver knows it is ours, whole and new.

`Kenes-Signature: t=1767225600,v1=…`: `t` is the time of sending in seconds since 1970, `v1` the
HMAC-SHA256, in hexadecimal, of that number, a full stop and the body, under the endpoint's secret.
"""

import hmac
from datetime import datetime

HEADER = "Kenes-Signature"


def signature_of(body: bytes, *, secret: str, at: datetime) -> str:
    """Return the header's value for a body sent at that time."""
    seconds = int(at.timestamp())
    digest = hmac.digest(secret.encode(), f"{seconds}.".encode() + body, "sha256").hex()
    return f"t={seconds},v1={digest}"
