"""Every write of the work on an answer."""

from kenes.answering.actions.assignments import (
    accept,
    answer_part,
    assign_onward,
    decline,
    extend,
    pass_on,
    pass_part,
    pause,
    refuse,
    resume,
    tell_asker,
)
from kenes.answering.actions.bulk import (
    BulkResult,
    Seen,
    accept_many,
    assign_many_onward,
    check_many,
    clear_many,
    draft_many,
    sign_many,
)
from kenes.answering.actions.clearing import clear_step, send_back, submit_to_clearance
from kenes.answering.actions.configuring import (
    StepPlan,
    retire_clearance_step,
    save_clearance_step,
    save_template,
)
from kenes.answering.actions.drafting import (
    DraftWords,
    add_comment,
    ask_translation,
    check_translation,
    finish_translation,
    save_draft,
)
from kenes.answering.actions.signing import Signature, sign_answer
from kenes.answering.actions.telling import tell_unit

__all__ = [
    "BulkResult",
    "DraftWords",
    "Seen",
    "Signature",
    "StepPlan",
    "accept",
    "accept_many",
    "add_comment",
    "answer_part",
    "ask_translation",
    "assign_many_onward",
    "assign_onward",
    "check_many",
    "check_translation",
    "clear_many",
    "clear_step",
    "decline",
    "draft_many",
    "extend",
    "finish_translation",
    "pass_on",
    "pass_part",
    "pause",
    "refuse",
    "resume",
    "retire_clearance_step",
    "save_clearance_step",
    "save_draft",
    "save_template",
    "send_back",
    "sign_answer",
    "sign_many",
    "submit_to_clearance",
    "tell_asker",
    "tell_unit",
]
