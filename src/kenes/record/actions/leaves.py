"""Leaves of the log: written with their act, given their index in the tree by the worker."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kenes.core.sets import add_to_columns, insert_ignoring, insert_rows
from kenes.record.canonical import canonical, commitment, utc
from kenes.record.merkle import Frontier, Node, complete_subtrees, leaf_hash
from kenes.record.models import Leaf, Nonce, TreeNode, TreeSize
from kenes.record.queries import key_of, nodes_at, text_behind

NONCE_BYTES = 32
SEQUENCED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Fact:
    """What a leaf says: public facts of plain JSON, and of a person's `text` only a commitment."""

    kind: str
    object_kind: str
    object_id: str
    at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)
    text: str | None = None


def append_leaves(facts: Sequence[Fact]) -> list[str]:
    """Write the facts' leaves in the running transaction; return their hashes (hex), in order.

    One statement, and one more where there are texts, whatever the number. It locks nothing, so
    it may stand anywhere in the act's transaction; `sequence_leaves` gives the indexes later.
    """
    if not facts:
        return []
    nonces = [secrets.token_hex(NONCE_BYTES) if fact.text is not None else "" for fact in facts]
    # The log's own clock: `at` is what the act's caller says.
    logged = utc(timezone.now())
    bodies = [_body(fact, nonce, logged) for fact, nonce in zip(facts, nonces, strict=True)]
    digests = [leaf_hash(body.encode()).hex() for body in bodies]
    rows = (
        (fact.kind, fact.object_kind, fact.object_id, fact.at, body, digest)
        for fact, body, digest in zip(facts, bodies, digests, strict=True)
    )
    fields = ("kind", "object_kind", "object_id", "at", "body", "digest")
    ids: dict[str, int] = dict(insert_ignoring(Leaf, fields, rows, returning=["digest", "id"]))
    kept = ((ids[digest], nonce) for digest, nonce in zip(digests, nonces, strict=True) if nonce)
    insert_rows(Nonce, ("leaf", "value"), kept)
    return digests


def forget_texts(leaves: Iterable[Leaf], *, kept: Collection[str] = ()) -> int:
    """Remove the nonces of leaves that commit to none of the kept texts; return how many.

    The log stays valid. Without its nonce nobody can try texts against a commitment, however short the
    text was; a text that is kept stays provable.
    """
    lost = [leaf.pk for leaf in leaves if text_behind(leaf, kept) is None]
    return Nonce.objects.filter(leaf__in=lost).delete()[0]


def sequence_leaves(*, limit: int = SEQUENCED_AT_ONCE) -> int:
    """Give leaves without an index the next ones, with the subtrees they complete; return how many.

    The one row of `TreeSize` is locked first, so indexes are gapless and each is given once.
    """
    waiting = Leaf.objects.filter(index=None).order_by("id")
    if not waiting.exists():
        return 0
    with transaction.atomic():
        tree, _made = TreeSize.objects.select_for_update().get_or_create(pk=1)
        leaves = list(waiting.values_list("id", "digest")[:limit])
        edge = nodes_at(complete_subtrees((0, tree.size)))
        nodes = _grow(Frontier(tree.size, edge), [digest for _id, digest in leaves])
        rows = [(leaf_id, tree.size + place) for place, (leaf_id, _digest) in enumerate(leaves)]
        if rows:
            add_to_columns(Leaf, [], ["index"], rows)
        insert_rows(TreeNode, ["id", "digest"], [(key_of(node), whole.hex()) for node, whole in nodes])
        tree.size += len(leaves)
        tree.save(update_fields=["size"])
    return len(leaves)


def _body(fact: Fact, nonce: str, logged: str) -> str:
    facts = dict(fact.facts)
    if fact.text is not None:
        facts["text"] = commitment(nonce, fact.text)
    value = {
        "at": utc(fact.at),
        "facts": facts,
        "kind": fact.kind,
        "logged": logged,
        "object": {"id": fact.object_id, "kind": fact.object_kind},
        "v": 1,
    }
    return canonical(value)


def _grow(frontier: Frontier, digests: Iterable[str]) -> list[tuple[Node, bytes]]:
    """Return the subtrees of two leaves or more that the leaves complete."""
    grown = (step for digest in digests for step in frontier.append(bytes.fromhex(digest)))
    return [(node, whole) for node, whole in grown if node[0] > 0]
