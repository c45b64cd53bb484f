"""Signed tree heads: what the log was, at a time, in one signature."""

from datetime import datetime, timedelta

from django.db import transaction

from kenes.record.actions.leaves import sequence_leaves
from kenes.record.canonical import utc
from kenes.record.merkle import complete_subtrees, fold
from kenes.record.models import TreeHead, TreeSize
from kenes.record.queries import latest_head, nodes_at
from kenes.record.signing import sign

HEAD_KIND = "kenes tree head"
LONGEST_PAUSE = timedelta(hours=1)
SHORTEST_PAUSE = timedelta(minutes=1)


def sign_tree_head(*, at: datetime) -> TreeHead:
    """Give every waiting leaf its index, then sign the tree's size and root at `at`."""
    while sequence_leaves():
        pass
    with transaction.atomic():
        tree, _made = TreeSize.objects.select_for_update().get_or_create(pk=1)
        edge = complete_subtrees((0, tree.size))
        nodes = nodes_at(edge)
        root = fold([nodes[node] for node in edge]).hex()
        signed = sign({"at": utc(at), "root": root, "size": tree.size, "v": 1, "what": HEAD_KIND})
        return TreeHead.objects.create(
            size=tree.size,
            root=root,
            at=at,
            statement=signed.statement,
            signature=signed.signature,
            public_key=signed.public_key,
        )


def sign_tree_head_when_due(*, at: datetime) -> TreeHead | None:
    """Sign where an hour has passed, or a minute and there is something new."""
    last = latest_head()
    if last is not None:
        passed = at - last.at
        size = TreeSize.objects.values_list("size", flat=True).first() or 0
        if passed < (SHORTEST_PAUSE if size > last.size else LONGEST_PAUSE):
            return None
    return sign_tree_head(at=at)
