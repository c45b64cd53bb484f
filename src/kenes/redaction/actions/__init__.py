"""Every write of redaction: decisions, what is taken out, looks at originals, their erasure."""

from kenes.redaction.actions.originals import erase_due_originals, erase_originals, see_originals
from kenes.redaction.actions.reviewing import decide_hits, leave_hits, require_reviewed, seal_original

__all__ = [
    "decide_hits",
    "erase_due_originals",
    "erase_originals",
    "leave_hits",
    "require_reviewed",
    "seal_original",
    "see_originals",
]
