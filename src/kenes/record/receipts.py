"""Receipts of the log: a signed promise at once, and its inclusion proof with the next head.

A receipt is JSON that its holder checks without the server: `docs/reference/record.md`.
"""

from datetime import datetime

from kenes.record.canonical import utc
from kenes.record.models import Leaf
from kenes.record.queries import Inclusion, inclusion_of
from kenes.record.signing import Signed, sign

RECEIPT_KIND = "kenes receipt"


def sign_receipt(*, code: str, leaf: str, at: datetime) -> Signed:
    """Sign that what `code` names was registered at `at` as the leaf of this hash (hex).

    The same receipt each time: Ed25519 has no randomness of its own.
    """
    return sign({"at": utc(at), "code": code, "leaf": leaf, "v": 1, "what": RECEIPT_KIND})


def receipt_of(leaf: Leaf, *, text: str | None = None) -> dict[str, object]:
    """Return the whole receipt of a leaf for its holder.

    With `text` and where the nonce is still kept, the receipt opens the commitment: keep it private.
    """
    signed = sign_receipt(code=leaf.object_id, leaf=leaf.digest, at=leaf.at)
    nonce = getattr(leaf, "nonce", None)
    opening = {"nonce": nonce.value, "text": text} if text is not None and nonce is not None else None
    found = inclusion_of(leaf)
    return {
        "v": 1,
        "receipt": signed.as_json(),
        "leaf": leaf.body,
        "opening": opening,
        "inclusion": None if found is None else inclusion_as_json(found),
    }


def inclusion_as_json(found: Inclusion) -> dict[str, object]:
    """Return a proof with the signed head it is under."""
    head = found.head
    signed = Signed(head.statement, head.signature, head.public_key)
    return {"index": found.index, "hashes": list(found.hashes), "head": signed.as_json()}
