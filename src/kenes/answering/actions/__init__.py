"""Every write of the work on an answer."""

from kenes.answering.actions.drafting import (
    DraftWords,
    add_comment,
    ask_translation,
    check_translation,
    finish_translation,
    save_draft,
)

__all__ = [
    "DraftWords",
    "add_comment",
    "ask_translation",
    "check_translation",
    "finish_translation",
    "save_draft",
]
