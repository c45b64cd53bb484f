"""Every write of the register: its index, and the files people ask for."""

from kenes.register.actions.exporting import (
    ask_for_export,
    finish_export,
    forget_old_exports,
    give_up_export,
    start_export,
)
from kenes.register.actions.indexing import forget_index, index_changed_questions

__all__ = [
    "ask_for_export",
    "finish_export",
    "forget_index",
    "forget_old_exports",
    "give_up_export",
    "index_changed_questions",
    "start_export",
]
