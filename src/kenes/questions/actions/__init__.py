"""Every write of questions: asking, voting, moderation, answering. Pages, engine and demo call these."""

from kenes.questions.actions.answering import (
    SpokenAnswer,
    answer_aloud,
    assign_question,
    change_question_due_date,
    retract_answer,
)
from kenes.questions.actions.asking import ask_question, ask_questions, enter_question
from kenes.questions.actions.earlier import log_earlier_questions
from kenes.questions.actions.erasure import forget_asker
from kenes.questions.actions.merging import merge_participants
from kenes.questions.actions.moderation import (
    edit_question,
    hold_question,
    overrule_refusal,
    publish_question,
    refuse_question,
    stage_question,
    unstage_question,
    withdraw_question,
)
from kenes.questions.actions.redacting import decide_question_hits, forget_original
from kenes.questions.actions.voting import cast_vote, cast_votes, withdraw_vote, withdraw_votes

__all__ = [
    "SpokenAnswer",
    "answer_aloud",
    "ask_question",
    "ask_questions",
    "assign_question",
    "cast_vote",
    "cast_votes",
    "change_question_due_date",
    "decide_question_hits",
    "edit_question",
    "enter_question",
    "forget_asker",
    "forget_original",
    "hold_question",
    "log_earlier_questions",
    "merge_participants",
    "overrule_refusal",
    "publish_question",
    "refuse_question",
    "retract_answer",
    "stage_question",
    "unstage_question",
    "withdraw_question",
    "withdraw_vote",
    "withdraw_votes",
]
