"""Every question of a meeting, whatever became of it; texts only as anybody may read them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from kenes.core.languages import in_languages
from kenes.core.moments import in_zone
from kenes.coverage.queries import classified
from kenes.coverage.scope import Scope
from kenes.coverage.states import Class
from kenes.deadlines.models import Term
from kenes.minutes.rules import is_text_told
from kenes.minutes.states import Outcome
from kenes.programme.models import Meeting
from kenes.questions.models import Answer, Assignment, Move, Question
from kenes.questions.rows import in_utc
from kenes.questions.rules import public_state
from kenes.questions.states import QuestionState

# The classes of coverage under the names that minutes keep: a version's content outlives the code's names.
OUTCOMES = {
    Class.ALOUD: Outcome.ALOUD,
    Class.IN_TIME: Outcome.IN_TIME,
    Class.LATE: Outcome.LATE,
    Class.NOT_YET_DUE: Outcome.NOT_DUE,
    Class.OVERDUE: Outcome.OVERDUE,
    Class.WAITING: Outcome.WAITING,
    Class.REFUSED: Outcome.REFUSED,
    Class.PASSED_ON: Outcome.PASSED_ON,
    Class.WITHDRAWN: Outcome.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the questions, by id (terms by code)."""

    answers: dict[int, list[Answer]]
    assignments: dict[int, Assignment]
    terms: dict[str, Term]


def questions_asked(meeting: Meeting, *, at: datetime) -> list[dict[str, Any]]:
    """Return all the meeting's questions by their serial, each in one `outcome`, as on the day of `at`.

    A merged one has the outcome of the question it was joined to. An asker is told by kind only; the
    text is None where the public may not read it.
    """
    today = in_zone(at, meeting.zone).date()
    asked = classified(Scope(meeting=meeting.code), today=today)
    asked = asked.select_related("participant", "merged_into", "passed_on").prefetch_related(
        _leaving_the_list()
    )
    questions = list(asked.order_by("serial"))
    beside = _Beside(_answers(meeting), _assignments(meeting), _terms(questions))
    return [_row(question, beside) for question in questions]


def _leaving_the_list() -> Prefetch[str]:
    """Return what says whether the text of a merged question, or one passed on, was public before."""
    leaving = Move.objects.filter(new__in=[QuestionState.MERGED, QuestionState.PASSED_ON])
    return Prefetch("moves", queryset=leaving)


def _row(question: Any, beside: _Beside) -> dict[str, Any]:
    answers = beside.answers[question.pk]
    assignment = beside.assignments.get(question.pk)
    term = beside.terms.get(question.code)
    return {
        "code": question.code,
        "at": in_utc(question.asked_at),
        "channel": question.channel,
        "asker": question.participant.kind if question.participant else None,
        "language": question.language,
        "text": question.text if is_text_told(question) else None,
        "edited": question.edited_at is not None,
        "votes": {"confirmed": question.votes_confirmed, "guest": question.votes_guest},
        "state": public_state(question.state),
        "outcome": OUTCOMES[question.coverage].value,
        "answers": [_answer(answer) for answer in answers],
        "unit": in_languages(assignment.organisation, "name") if assignment else None,
        "due": term.due_on.isoformat() if term and assignment else None,
        "refusal": question.refusal_ground or None,
        "passed_on": _passed_on(question),
        "merged_into": question.merged_into.code if question.merged_into else None,
    }


def _passed_on(question: Question) -> dict[str, str] | None:
    appeal = getattr(question, "passed_on", None)
    return {"number": appeal.number, "on": appeal.on.isoformat()} if appeal else None


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "form": answer.form,
        "by": answer.answered_by,
        "unit": in_languages(answer.organisation, "name") if answer.organisation else None,
        "second": answer.recording_second,
        "texts": {answer.language: answer.text, **{one.language: one.text for one in answer.texts.all()}},
        "language": answer.language,
        "at": in_utc(answer.at),
    }


def _answers(meeting: Meeting) -> dict[int, list[Answer]]:
    standing = Answer.objects.filter(question__meeting=meeting, retracted_at=None)
    found: dict[int, list[Answer]] = defaultdict(list)
    for answer in standing.select_related("organisation").prefetch_related("texts").order_by("id"):
        found[answer.question_id].append(answer)
    return found


def _assignments(meeting: Meeting) -> dict[int, Assignment]:
    running = Assignment.objects.filter(question__meeting=meeting, ended_at=None)
    return {one.question_id: one for one in running.select_related("organisation").order_by("id")}


def _terms(questions: Sequence[Question]) -> dict[str, Term]:
    """Return the last term of each question, run out or not."""
    codes = [question.code for question in questions]
    terms = Term.objects.filter(object_kind="question", object_id__in=codes, part_of=None)
    return {term.object_id: term for term in terms.order_by("id")}
