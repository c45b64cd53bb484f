"""Checking a receipt by itself: signatures, hashes and the proof in it. Pure: it asks no database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kenes.record.canonical import commitment
from kenes.record.errors import ReceiptUnreadable
from kenes.record.merkle import is_included, leaf_hash
from kenes.record.signing import Signed, is_signed

MOST_CHARACTERS = 100_000


class Step(StrEnum):
    """What is checked of a receipt, in this order."""

    SIGNATURE = "signature"
    LEAF = "leaf"
    TEXT = "text"
    HEAD = "head"
    INCLUSION = "inclusion"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as read. `leaf`, `opening`, `inclusion` may be missing: then they are not checked."""

    signed: Signed
    code: str
    digest: str
    at: str
    leaf: str | None
    opening: Mapping[str, str] | None
    inclusion: Mapping[str, Any] | None


def read_receipt(text: str) -> Receipt:
    """Read a receipt's JSON, whole or only its signed part. Raises: ReceiptUnreadable."""
    try:
        document = json.loads(text[:MOST_CHARACTERS])
        whole = {"receipt": document} if "statement" in document else document
        signed = _signed(whole["receipt"])
        statement = json.loads(signed.statement)
        if statement["what"] != "kenes receipt":
            raise ReceiptUnreadable
        return Receipt(
            signed=signed,
            code=str(statement["code"]),
            digest=bytes.fromhex(statement["leaf"]).hex(),
            at=str(statement["at"]),
            leaf=whole.get("leaf"),
            opening=whole.get("opening"),
            inclusion=whole.get("inclusion"),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReceiptUnreadable from None


def read_head(text: str) -> Signed:
    """Read a signed tree head's JSON, as the log gives it. Raises: ValueError."""
    try:
        head = _signed(json.loads(text[:MOST_CHARACTERS]))
        statement = json.loads(head.statement)
        is_head = statement["what"] == "kenes tree head" and isinstance(statement["size"], int)
        is_head = is_head and bool(bytes.fromhex(statement["root"])) and bool(statement["at"])
    except (KeyError, TypeError, AttributeError):
        is_head = False
    if not is_head:
        raise ValueError("This is not a signed tree head.")
    return head


def check_receipt(receipt: Receipt) -> dict[Step, bool]:
    """Return for each step that the receipt has matter for whether it holds."""
    try:
        return _steps(receipt)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReceiptUnreadable from None


def _steps(receipt: Receipt) -> dict[Step, bool]:
    steps = {Step.SIGNATURE: is_signed(receipt.signed)}
    if receipt.leaf is not None:
        steps[Step.LEAF] = leaf_hash(receipt.leaf.encode()).hex() == receipt.digest
        if receipt.opening is not None:
            opened = commitment(receipt.opening["nonce"], receipt.opening["text"])
            steps[Step.TEXT] = json.loads(receipt.leaf)["facts"].get("text") == opened
    if receipt.inclusion is not None:
        head = _signed(receipt.inclusion["head"])
        statement = json.loads(head.statement)
        is_head = statement["what"] == "kenes tree head" and head.public_key == receipt.signed.public_key
        steps[Step.HEAD] = is_head and is_signed(head)
        steps[Step.INCLUSION] = is_included(
            bytes.fromhex(receipt.digest),
            index=receipt.inclusion["index"],
            size=statement["size"],
            proof=[bytes.fromhex(value) for value in receipt.inclusion["hashes"]],
            root=bytes.fromhex(statement["root"]),
        )
    return steps


def _signed(value: Mapping[str, str]) -> Signed:
    return Signed(str(value["statement"]), str(value["signature"]), str(value["public_key"]))
