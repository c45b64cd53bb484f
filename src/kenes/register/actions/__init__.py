"""Every write of the register: its index, and the files people ask for."""

from kenes.register.actions.exporting import (
    ask_for_export,
    finish_export,
    forget_old_exports,
    give_up_export,
    make_exports_anew,
    start_export,
)
from kenes.register.actions.indexing import drop_words, forget_index, index_changed_questions
from kenes.register.actions.taking_out import take_edited_out, take_out_of_register, take_refused_out

__all__ = [
    "ask_for_export",
    "drop_words",
    "finish_export",
    "forget_index",
    "forget_old_exports",
    "give_up_export",
    "index_changed_questions",
    "make_exports_anew",
    "start_export",
    "take_edited_out",
    "take_out_of_register",
    "take_refused_out",
]
