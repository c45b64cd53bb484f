"""Every write of the record: entries of acts, leaves of the log, their order, signed tree heads."""

from kenes.record.actions.entries import record_act
from kenes.record.actions.heads import sign_tree_head, sign_tree_head_when_due
from kenes.record.actions.leaves import Fact, append_leaves, forget_texts, sequence_leaves

__all__ = [
    "Fact",
    "append_leaves",
    "forget_texts",
    "record_act",
    "sequence_leaves",
    "sign_tree_head",
    "sign_tree_head_when_due",
]
