"""Every write of minutes and summaries."""

from kenes.minutes.actions.documents import (
    NewDocument,
    claim_rendering,
    keep_documents,
    note_rendering_failure,
)
from kenes.minutes.actions.drafting import correct_minutes, draft_minutes, redraft_minutes
from kenes.minutes.actions.moves import finalise_minutes, open_minutes_for_remarks
from kenes.minutes.actions.remarks import add_remark, resolve_remark

__all__ = [
    "NewDocument",
    "add_remark",
    "claim_rendering",
    "correct_minutes",
    "draft_minutes",
    "finalise_minutes",
    "keep_documents",
    "note_rendering_failure",
    "open_minutes_for_remarks",
    "redraft_minutes",
    "resolve_remark",
]
