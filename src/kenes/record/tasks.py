"""The worker's part in the log: indexes within a second, a signed head when it is due."""

from datetime import datetime

from kenes.record.actions import sequence_leaves, sign_tree_head_when_due


def keep_log(*, at: datetime) -> None:
    """Give every waiting leaf its index, and sign a tree head where one is due."""
    while sequence_leaves():
        pass
    sign_tree_head_when_due(at=at)
