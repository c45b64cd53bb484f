"""From a code in an address to a question, for those who may; unknown and forbidden look the same."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kenes.accounts.rules import AnyUser
from kenes.live.contracts import Room
from kenes.programme.models import Meeting
from kenes.programme.rules import may_moderate
from kenes.questions.codes import parse_code, parse_spoken_code
from kenes.questions.errors import MergeTargetUnfit, QuestionUnknown
from kenes.questions.models import Question
from kenes.questions.receipts import question_by_secret
from kenes.questions.rules import is_asker, may
from kenes.questions.states import HAS_PAGE, ON_PUBLIC_LIST, Verb

# Who took a question by phone or on paper prints its receipt; afterwards it is the asker's alone.
HANDED_OVER_WITHIN = timedelta(hours=24)


def public_questions() -> QuerySet[Question]:
    """Return what the public list holds."""
    return Question.objects.filter(state__in=ON_PUBLIC_LIST)


def question_with_page(code: str) -> Question:
    """Return a question whose page anyone may open: listed or refused. Raises: QuestionUnknown.

    The code may be written or spoken (digits alone).
    """
    return _only(Q(code=code_meant(code), state__in=HAS_PAGE))


def code_meant(typed: str) -> str:
    """Return the public code that was typed, written or in digits; "" where it is neither."""
    spoken = question_by_spoken_code(typed)
    return spoken.code if spoken else parse_code(typed) or ""


def question_by_spoken_code(typed: str) -> Question | None:
    """Return the question of an all-digit code, as told by phone; it may still be hidden from the public."""
    spoken = parse_spoken_code(typed)
    if spoken is None:
        return None
    named = Question.objects.filter(
        serial=spoken.serial,
        meeting__number=spoken.meeting,
        meeting__place__kato__startswith=spoken.region,
    )
    return named.first()


def own_question(code: str, *, user: AnyUser | None, participant_id: int | None) -> Question | None:
    """Return the question if the signed-in user, or the participant of the browser, asked it."""
    question = _with_meeting().filter(code=parse_code(code) or "").first()
    if question is None or question.participant_id is None:
        return None
    return question if question.participant_id == participant_id or is_asker(user, question) else None


def question_to_hand_over(user: AnyUser | None, code: str, *, at: datetime) -> Question | None:
    """Return a question that the user entered for somebody, while its receipt is to be handed over."""
    question = _with_meeting().filter(code=parse_code(code) or "").first()
    if question is None or user is None or not user.is_authenticated or question.entered_by_id != user.pk:
        return None
    return question if at <= question.asked_at + HANDED_OVER_WITHIN else None


def room_of_code(code: str) -> Room | None:
    """Return the room of a question's code, so that the browser's claim in it can be read."""
    room_code = (parse_code(code) or "").rpartition("-")[0]
    found = Meeting.objects.filter(code=room_code).values_list("code", "feed_id").first()
    return Room(*found) if found else None


def question_to_moderate(user: AnyUser | None, code: str) -> Question:
    """Return a question of a meeting that the user moderates. Raises: QuestionUnknown."""
    question = _only(Q(code=parse_code(code) or ""))
    if not may_moderate(user, question.meeting):
        raise QuestionUnknown
    return question


def question_in_meeting(meeting: Meeting, typed: str) -> Question:
    """Return the question of a meeting whose code was typed, written or spoken. Raises: MergeTargetUnfit."""
    found = _with_meeting().filter(meeting=meeting, code=code_meant(typed)).first()
    if found is None:
        raise MergeTargetUnfit
    return found


def question_to_act_on(user: AnyUser | None, verb: Verb, code: str) -> Question:
    """Return a question with which the user may do the verb as it stands. Raises: QuestionUnknown."""
    question = _only(Q(code=parse_code(code) or ""))
    if not may(user, verb, question):
        raise QuestionUnknown
    return question


def question_of_receipt(code: str, secret: str) -> Question:
    """Return the question a receipt follows. Raises: QuestionUnknown."""
    question = question_by_secret(code_meant(code), secret)
    if question is None:
        raise QuestionUnknown
    return _only(Q(pk=question.pk))


def _with_meeting() -> QuerySet[Question]:
    return Question.objects.select_related(
        "participant",
        "meeting__host",
        "meeting__place",
        "meeting__session__campaign__host",
        "merged_into",
        "passed_on",
        "reopening",
    )


def _only(condition: Q) -> Question:
    question = _with_meeting().filter(condition).first()
    if question is None:
        raise QuestionUnknown
    return question
