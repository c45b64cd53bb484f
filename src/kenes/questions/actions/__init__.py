"""Every write of questions: asking, voting, moderation, answering. Pages, engine and demo call these."""

from kenes.questions.actions.answering import SpokenAnswer, answer_aloud, retract_answer
from kenes.questions.actions.appeals import pass_on_question, rate_answer, reopen_question
from kenes.questions.actions.asking import ask_question, ask_questions, enter_question
from kenes.questions.actions.assignments import (
    accept_assignment,
    assign_question,
    change_question_due_date,
    decline_assignment,
    extend_due_date,
    note_asker_told,
    pause_due_date,
    resume_due_date,
)
from kenes.questions.actions.calendars import follow_calendar
from kenes.questions.actions.earlier import log_earlier_questions
from kenes.questions.actions.erasure import forget_asker
from kenes.questions.actions.leaves import log_calendar_move
from kenes.questions.actions.merging import merge_question, unmerge_question
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
from kenes.questions.actions.participants import merge_participants
from kenes.questions.actions.parts import answer_part, pass_part_on
from kenes.questions.actions.redacting import decide_question_hits, forget_original
from kenes.questions.actions.voting import cast_vote, cast_votes, withdraw_vote, withdraw_votes
from kenes.questions.actions.writing import (
    WrittenAnswer,
    answer_in_writing,
    clear_answer,
    send_back,
    submit_draft,
)

__all__ = [
    "SpokenAnswer",
    "WrittenAnswer",
    "accept_assignment",
    "answer_aloud",
    "answer_in_writing",
    "answer_part",
    "ask_question",
    "ask_questions",
    "assign_question",
    "cast_vote",
    "cast_votes",
    "change_question_due_date",
    "clear_answer",
    "decide_question_hits",
    "decline_assignment",
    "edit_question",
    "enter_question",
    "extend_due_date",
    "follow_calendar",
    "forget_asker",
    "forget_original",
    "hold_question",
    "log_calendar_move",
    "log_earlier_questions",
    "merge_participants",
    "merge_question",
    "note_asker_told",
    "overrule_refusal",
    "pass_on_question",
    "pass_part_on",
    "pause_due_date",
    "publish_question",
    "rate_answer",
    "refuse_question",
    "reopen_question",
    "resume_due_date",
    "retract_answer",
    "send_back",
    "stage_question",
    "submit_draft",
    "unmerge_question",
    "unstage_question",
    "withdraw_question",
    "withdraw_vote",
    "withdraw_votes",
]
