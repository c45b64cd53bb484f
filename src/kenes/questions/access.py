"""From a code in an address to a question, for those who may; unknown and forbidden look the same."""

from django.db.models import Q, QuerySet

from kenes.accounts.rules import AnyUser
from kenes.programme.rules import may_moderate
from kenes.questions.codes import parse_code
from kenes.questions.errors import QuestionUnknown
from kenes.questions.models import Question
from kenes.questions.receipts import question_by_secret
from kenes.questions.states import HAS_PAGE, ON_PUBLIC_LIST


def public_questions() -> QuerySet[Question]:
    """Return what the public list holds."""
    return Question.objects.filter(state__in=ON_PUBLIC_LIST)


def question_with_page(code: str) -> Question:
    """Return a question whose page anyone may open: listed or refused. Raises: QuestionUnknown."""
    return _only(Q(code=parse_code(code) or "", state__in=HAS_PAGE))


def question_to_moderate(user: AnyUser | None, code: str) -> Question:
    """Return a question of a meeting that the user moderates. Raises: QuestionUnknown."""
    question = _only(Q(code=parse_code(code) or ""))
    if not may_moderate(user, question.meeting):
        raise QuestionUnknown
    return question


def question_of_receipt(code: str, secret: str) -> Question:
    """Return the question a receipt follows. Raises: QuestionUnknown."""
    question = question_by_secret(code, secret)
    if question is None:
        raise QuestionUnknown
    return _only(Q(pk=question.pk))


def _only(condition: Q) -> Question:
    rows = Question.objects.select_related("meeting__host", "meeting__session__campaign__host")
    question = rows.filter(condition).first()
    if question is None:
        raise QuestionUnknown
    return question
