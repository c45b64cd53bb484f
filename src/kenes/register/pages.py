"""The rows of the register's page, put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kenes.core.languages import LocalizedText, localized
from kenes.core.moments import weekday_and_date
from kenes.deadlines.queries import is_overdue
from kenes.questions.models import Answer, Question
from kenes.questions.rows import Companions, companions_of
from kenes.questions.rules import is_text_public, public_state
from kenes.questions.states import QuestionState, RefusalGround
from kenes.register.asked import Search
from kenes.register.snippets import Piece, snippet_of

ANSWER_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    """A question as the list shows it; without `text` where the public may not read it."""

    code: str
    language: str
    text: Sequence[Piece]
    state: str
    state_label: str
    ground: str
    meeting: LocalizedText
    room: str
    asked_at: datetime
    zone: str
    unit: LocalizedText | None
    due_day: str
    is_late: bool
    answer: Sequence[Piece]
    answer_language: str
    answered_by: str
    votes: int


def listed(questions: Sequence[Question], search: Search | None, *, on: date) -> list[ListedQuestion]:
    """Return the rows of a page; `on` is the day that decides what is late."""
    beside = companions_of(questions, using="default")
    return [_row(question, beside, search, on) for question in questions]


def _row(question: Question, beside: Companions, search: Search | None, on: date) -> ListedQuestion:
    state = QuestionState(public_state(question.state))
    assignment, term = beside.assignments.get(question.pk), beside.terms.get(question.code)
    answer = beside.answers.get(question.pk) if state == QuestionState.ANSWERED else None
    due_on = term.due_on if term and assignment else None
    return ListedQuestion(
        code=question.code,
        language=question.language,
        text=snippet_of(question.text, search) if is_text_public(question) else (),
        state=state.value,
        state_label=str(state.label),
        ground=str(RefusalGround(question.refusal_ground).label) if question.refusal_ground else "",
        meeting=localized(question.meeting, "title"),
        room=question.meeting.code,
        asked_at=question.asked_at,
        zone=question.meeting.zone,
        unit=localized(assignment.organisation, "name") if assignment else None,
        due_day=weekday_and_date(due_on) if due_on else "",
        is_late=term is not None and due_on is not None and is_overdue(term, on=on),
        answer=_answer(answer, search),
        answer_language=answer.language if answer else "",
        answered_by=answer.answered_by if answer else "",
        votes=question.votes_confirmed + question.votes_guest,
    )


def _answer(answer: Answer | None, search: Search | None) -> Sequence[Piece]:
    return snippet_of(answer.text, search, length=ANSWER_LENGTH) if answer else ()
