"""Reading the record: entries, leaves, heads and the proofs between them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kenes.record.canonical import commitment
from kenes.record.merkle import Node, Span, consistency_spans, hashes_of, inclusion_spans, nodes_of
from kenes.record.models import Entry, Leaf, TreeHead, TreeNode
from kenes.record.signing import public_key as todays_key

LEVELS = 64


def entries_about(object_kind: str, object_id: str) -> QuerySet[Entry]:
    """Return what was done to one object, in the order it was recorded, with who did it."""
    return (
        Entry.objects.filter(object_kind=object_kind, object_id=object_id).select_related("by").order_by("id")
    )


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The proof (hashes in hex) that a leaf is in the tree of a signed head."""

    index: int
    hashes: Sequence[str]
    head: TreeHead


def first_leaf(*, kind: str, object_kind: str, object_id: str) -> Leaf | None:
    """Return the first leaf of this kind about the object, with its nonce where there is one."""
    leaves = Leaf.objects.filter(object_kind=object_kind, object_id=object_id, kind=kind)
    return leaves.select_related("nonce").order_by("id").first()


def text_behind(leaf: Leaf, texts: Iterable[str]) -> str | None:
    """Return the one of the texts to which the leaf commits, or None; without a nonce nobody can tell."""
    nonce = getattr(leaf, "nonce", None)
    if nonce is None:
        return None
    told = json.loads(leaf.body)["facts"].get("text")
    return next((text for text in texts if commitment(nonce.value, text) == told), None)


def latest_head() -> TreeHead | None:
    """Return the head signed last."""
    return TreeHead.objects.order_by("id").last()


def head_of_size(size: int) -> TreeHead | None:
    """Return the first head signed over so many leaves."""
    return TreeHead.objects.filter(size=size).order_by("id").first()


def inclusion_of(leaf: Leaf) -> Inclusion | None:
    """Return the leaf's proof under the latest head, or None where no head covers it yet."""
    head = latest_head()
    if leaf.index is None or head is None or head.size <= leaf.index:
        return None
    return Inclusion(leaf.index, _hashes(inclusion_spans(leaf.index, head.size)), head)


def consistency_of(old: int, new: int) -> Sequence[str]:
    """Return the proof (hashes in hex) that the log of `new` leaves begins with that of `old`."""
    return _hashes(consistency_spans(old, new)) if old else []


def nodes_at(wanted: Iterable[Node]) -> Mapping[Node, bytes]:
    """Return the hashes of complete subtrees, leaves among them: two queries at most."""
    nodes = set(wanted)
    places = [position for level, position in nodes if level == 0]
    leaves = Leaf.objects.filter(index__in=places).values_list("index", "digest") if places else []
    keys = [key_of(node) for node in nodes if node[0]]
    inner = TreeNode.objects.filter(pk__in=keys).values_list("pk", "digest") if keys else []
    found = {(0, index or 0): bytes.fromhex(digest) for index, digest in leaves}
    return found | {(key % LEVELS, key // LEVELS): bytes.fromhex(digest) for key, digest in inner}


def key_of(node: Node) -> int:
    """Return the primary key of a subtree."""
    level, position = node
    return position * LEVELS + level


def _hashes(spans: Sequence[Span]) -> list[str]:
    return [whole.hex() for whole in hashes_of(spans, nodes_at(nodes_of(spans)))]


def is_key_known(public_key: str) -> bool:
    """Say whether the key (base64) signs the log today or signed a head of it."""
    return public_key == todays_key() or TreeHead.objects.filter(public_key=public_key).exists()
