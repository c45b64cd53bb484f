"""What the record's page says of a receipt, and of two heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.record.checks import Receipt, Step, check_receipt
from kenes.record.merkle import is_consistent
from kenes.record.models import Leaf, TreeHead
from kenes.record.queries import consistency_of, head_of_size, inclusion_of, is_key_known

STEP_LABELS: Mapping[Step, str | Promise] = {
    Step.SIGNATURE: _("The receipt is signed, and nothing in it was changed"),
    Step.LEAF: _("The entry in it is the one that was signed"),
    Step.TEXT: _("The text in it is the one that was registered"),
    Step.HEAD: _("The tree head in it is signed with the same key"),
    Step.INCLUSION: _("The proof leads from the entry to the tree head"),
}


class Place(StrEnum):
    """Where the receipt's entry stands in the record today."""

    INCLUDED = "included"
    WAITING = "waiting"
    MISSING = "missing"


PLACE_LABELS: Mapping[Place, str | Promise] = {
    Place.INCLUDED: _("The entry stands in the record today, under a signed tree head."),
    Place.WAITING: _("The entry is in the record; the next tree head, within an hour, will cover it."),
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
            self.is_known_key and self.place != Place.MISSING and all(holds for _label, holds in self.steps)
        )


def verdict_of(receipt: Receipt) -> Verdict:
    """Check the receipt by itself and against the record. Raises: ReceiptUnreadable."""
    steps = [(str(STEP_LABELS[step]), holds) for step, holds in check_receipt(receipt).items()]
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
    return Place.WAITING if inclusion_of(leaf) is None else Place.INCLUDED


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
