"""What the record's page says of a receipt, and of two heads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.record.checks import Receipt, Step, check_receipt
from kenes.record.merkle import is_consistent, is_included, leaf_hash
from kenes.record.models import Leaf, TreeHead
from kenes.record.queries import consistency_of, head_of_size, inclusion_of, is_key_known, latest_head

STEP_LABELS: Mapping[Step, str | Promise] = {
    Step.SIGNATURE: _("The receipt is signed, and nothing in it was changed"),
    Step.LEAF: _("The entry in it is the one that was signed"),
    Step.TEXT: _("The text in it is the one that was registered"),
    Step.HEAD: _("The tree head in it is signed with the same key"),
    Step.INCLUSION: _("The proof leads from the entry to the tree head"),
}
# The step that asks the log of today.
CONTINUED = "continued"
CONTINUED_LABEL = _("The record of today continues the one under whose tree head the receipt was proved")


class Place(StrEnum):
    """Where the receipt's entry stands in the record today."""

    INCLUDED = "included"
    WAITING = "waiting"
    UNPROVED = "unproved"
    MISSING = "missing"


PLACE_LABELS: Mapping[Place, str | Promise] = {
    Place.INCLUDED: _("The entry stands in the record today, under a signed tree head."),
    Place.WAITING: _("The entry is in the record; the next tree head, within an hour, will cover it."),
    Place.UNPROVED: _("The record's proof of the entry does not hold: it is not the record that was signed."),
    Place.MISSING: _(
        "The entry is not in this record. "
        "A signed receipt without its entry proves that something was dropped."
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a receipt: each step's label and whether it holds."""

    code: str
    steps: Sequence[tuple[str, bool]]
    is_known_key: bool
    place: Place
    index: int | None

    @property
    def place_label(self) -> str:
        return str(PLACE_LABELS[self.place])

    @property
    def holds(self) -> bool:
        return (
            self.is_known_key
            and self.place in {Place.INCLUDED, Place.WAITING}
            and all(holds for _label, holds in self.steps)
        )


def verdict_of(receipt: Receipt) -> Verdict:
    """Check the receipt by itself and against the record. Raises: ReceiptUnreadable."""
    steps = [(str(STEP_LABELS[step]), holds) for step, holds in check_receipt(receipt).items()]
    if receipt.inclusion is not None:
        head = json.loads(receipt.inclusion["head"]["statement"])
        steps.append((str(CONTINUED_LABEL), _is_continued(head)))
    leaf = Leaf.objects.filter(digest=receipt.digest).first()
    return Verdict(
        code=receipt.code,
        steps=steps,
        is_known_key=is_key_known(receipt.signed.public_key),
        place=_place_of(leaf),
        index=leaf.index if leaf else None,
    )


def _place_of(leaf: Leaf | None) -> Place:
    if leaf is None:
        return Place.MISSING
    found = inclusion_of(leaf)
    if found is None:
        return Place.WAITING
    proof = [bytes.fromhex(value) for value in found.hashes]
    root = bytes.fromhex(found.head.root)
    is_there = is_included(
        leaf_hash(leaf.body.encode()), index=found.index, size=found.head.size, proof=proof, root=root
    )
    return Place.INCLUDED if is_there else Place.UNPROVED


def _is_continued(head: Mapping[str, Any]) -> bool:
    """Say whether the log of today begins with the one of this head."""
    size, latest = int(head["size"]), latest_head()
    if latest is None or not 0 < size <= latest.size:
        return False
    hashes = [bytes.fromhex(value) for value in consistency_of(size, latest.size)]
    old, new = bytes.fromhex(head["root"]), bytes.fromhex(latest.root)
    return is_consistent(old=size, old_root=old, new=latest.size, new_root=new, proof=hashes)


@dataclass(frozen=True, slots=True)
class Consistency:
    """Two heads and the proof (hashes in hex) that the later log begins with the earlier one."""

    old: TreeHead
    new: TreeHead
    hashes: Sequence[str]
    holds: bool


def consistency_between(old: int, new: int) -> Consistency | None:
    """Return the proof between the heads of these sizes, or None where there are no such heads."""
    first, second = head_of_size(min(old, new)), head_of_size(max(old, new))
    if first is None or second is None:
        return None
    hashes = consistency_of(first.size, second.size)
    holds = is_consistent(
        old=first.size,
        old_root=bytes.fromhex(first.root),
        new=second.size,
        new_root=bytes.fromhex(second.root),
        proof=[bytes.fromhex(value) for value in hashes],
    )
    return Consistency(first, second, hashes, holds)
