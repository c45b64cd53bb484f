"""Checks that only the instance itself can make: its stored columns and subtrees against the leaves."""

from collections.abc import Iterator

from kenes.record.canonical import utc
from kenes.record.merkle import Frontier, leaf_hash
from kenes.record.models import Leaf, TreeNode, TreeSize
from kenes.record.queries import LEVELS

_FIELDS = ("index", "kind", "object_kind", "object_id", "at", "body", "digest")


def problems_of_store() -> Iterator[str]:
    """Return in words where stored hashes, columns or subtrees differ from the leaves' bodies."""
    tree = Frontier()
    stored = dict(TreeNode.objects.values_list("pk", "digest"))
    for leaf in Leaf.objects.exclude(index=None).order_by("index").only(*_FIELDS).iterator():
        digest = leaf_hash(leaf.body.encode())
        if digest.hex() != leaf.digest or not _is_told(leaf):
            yield f"leaf {leaf.index} was altered"
        for (level, position), whole in tree.append(digest):
            if level and stored.pop(position * LEVELS + level, None) != whole.hex():
                yield f"the stored subtree {level}/{position} is not that of the leaves"
    yield from (f"a stored subtree {key % LEVELS}/{key // LEVELS} has no leaves" for key in stored)
    size = TreeSize.objects.values_list("size", flat=True).first() or 0
    if size != tree.size:
        yield f"{size} leaves were given an index, {tree.size} are there"


def _is_told(leaf: Leaf) -> bool:
    """Say whether the columns repeat what the body says."""
    columns = (
        f'"at":"{utc(leaf.at)}"',
        f'"kind":"{leaf.kind}"',
        f'"object":{{"id":"{leaf.object_id}","kind":"{leaf.object_kind}"}}',
    )
    return all(column in leaf.body for column in columns)
