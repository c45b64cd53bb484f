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
from kenes.minutes.actions.summaries import approve_summary, draft_summary, redraft_summary
from kenes.minutes.actions.taking_out import take_hidden_out, take_pieces_out

__all__ = [
    "NewDocument",
    "add_remark",
    "approve_summary",
    "claim_rendering",
    "correct_minutes",
    "draft_minutes",
    "draft_summary",
    "finalise_minutes",
    "keep_documents",
    "note_rendering_failure",
    "open_minutes_for_remarks",
    "redraft_minutes",
    "redraft_summary",
    "resolve_remark",
    "take_hidden_out",
    "take_pieces_out",
]
