"""Questions and their counts as the streams carry them: public fields, codes, no interface language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Max, Q

from kenes.core.languages import in_languages
from kenes.deadlines.models import Term
from kenes.deadlines.queries import open_terms
from kenes.live.contracts import Stream
from kenes.questions.models import Answer, Assignment, Question
from kenes.questions.queries import answers_of, assignments_of, on_stream, refusal_reasons_of
from kenes.questions.rules import public_state
from kenes.questions.states import AnswerForm, Channel, QuestionState

Row = dict[str, Any]

MAY_BE_ANSWERED = frozenset(
    {QuestionState.ANSWERED, QuestionState.ASSIGNED, QuestionState.DRAFTED, QuestionState.CLEARED}
)
OWES_AN_ANSWER = MAY_BE_ANSWERED - {QuestionState.ANSWERED}
# What came after the closing waits for a moderator, and its host body has a term all the same.
MAY_HAVE_A_TERM = OWES_AN_ANSWER | {QuestionState.HELD}

OFF_THE_LIST = (
    QuestionState.HELD,
    QuestionState.REFUSED,
    QuestionState.WITHDRAWN,
    QuestionState.MERGED,
    QuestionState.PASSED_ON,
)


@dataclass(frozen=True, slots=True)
class Companions:
    """What stands beside questions in other tables, by the question's id (terms by its code)."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    assignments: Mapping[int, Assignment] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)


def companions_of(questions: Iterable[Question], *, using: str, with_reasons: bool = False) -> Companions:
    """Read what stands beside the questions: at most four queries, none for tables nobody needs."""
    listed = list(questions)
    owing = [question for question in listed if question.state in MAY_HAVE_A_TERM]
    refused = [question for question in listed if question.state == QuestionState.REFUSED and with_reasons]
    return Companions(
        answers=answers_of((q for q in listed if q.state in MAY_BE_ANSWERED), using=using),
        assignments=assignments_of(owing, using=using),
        terms=_terms_of(owing, using=using),
        reasons=refusal_reasons_of(refused, using=using),
    )


def question_row(question: Question, beside: Companions, *, stream: Stream) -> Row:
    """Return the question as the stream may see it."""
    row = public_row(question, beside)
    return row | _desk_part(question, beside) if stream is Stream.DESK else row


def public_row(question: Question, beside: Companions) -> Row:
    """Return the question as the public sees it; an anonymous asker's name is not in it."""
    return {
        "text": question.text,
        "language": question.language,
        "state": public_state(question.state),
        "by": None if question.is_anonymous else question.asker_name or None,
        "channel": question.channel,
        "at": in_utc(question.asked_at),
        "votes": {"confirmed": question.votes_confirmed, "guest": question.votes_guest},
        "edited": question.edited_at is not None,
        "answer": _answer(beside.answers.get(question.pk)),
        "due": _due(beside.assignments.get(question.pk), beside.terms.get(question.code)),
    }


def own_row(question: Question, beside: Companions) -> Row:
    """Return the question as its asker sees it: a refusal with ground and reason too."""
    return {
        "code": question.code,
        "version": question.version,
        **public_row(question, beside),
        "anonymous": question.is_anonymous,
        **_refusal(question, beside),
    }


def listed_row(question: Question, beside: Companions, *, stream: Stream) -> Row:
    """Return the row as snapshots and pages list it, with its code and version."""
    return {
        "code": question.code,
        "version": question.version,
        **question_row(question, beside, stream=stream),
    }


def counts_of(feed_id: int, *, stream: Stream, using: str) -> tuple[int, Row]:
    """Return the feed's version at which a count could last have changed, and the counts: one query.

    The desk's `questions` counts all that was ever asked; the others', what the public sees.
    """
    rows = Question.objects.using(using).filter(feed_id=feed_id).order_by()
    seen = on_stream(Stream.DESK if stream is Stream.DESK else Stream.PUBLIC)
    ever_seen = Q() if stream is Stream.DESK else Q(public_since__isnull=False)
    sums = rows.filter(ever_seen).values("state")
    found = list(
        sums.annotate(n=Count("pk", filter=seen), last=Max("version", filter=seen), left=Max("public_until"))
    )
    by_state = {sum_["state"]: sum_["n"] for sum_ in found}
    version = max((max(sum_["last"] or 0, sum_["left"] or 0) for sum_ in found), default=0)
    counts = {
        "questions": sum(by_state.values()),
        "open": by_state.get(QuestionState.OPEN, 0),
        "staged": by_state.get(QuestionState.STAGED, 0),
        "assigned": sum(by_state.get(state, 0) for state in OWES_AN_ANSWER),
        "answered": by_state.get(QuestionState.ANSWERED, 0),
    }
    if stream is Stream.DESK:
        counts |= {state.value: by_state.get(state, 0) for state in OFF_THE_LIST}
    return version, counts


def in_utc(at: datetime) -> str:
    """Return the instant as ISO 8601 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _desk_part(question: Question, beside: Companions) -> Row:
    return {
        "state": question.state,
        "name": question.asker_name,
        "anonymous": question.is_anonymous,
        "asker": _asker(question),
        **_refusal(question, beside),
    }


def _refusal(question: Question, beside: Companions) -> Row:
    return {"refusal": question.refusal_ground or None, "reason": beside.reasons.get(question.pk, "")}


def _asker(question: Question) -> str:
    if question.channel in {Channel.PHONE, Channel.PAPER}:
        return "operator"
    return question.participant.kind if question.participant else "guest"


def _answer(answer: Answer | None) -> Row | None:
    if answer is None:
        return None
    row: Row = {
        "form": answer.form,
        "by": answer.answered_by,
        "second": answer.recording_second,
        "text": answer.text,
        "language": answer.language,
        "at": in_utc(answer.at),
    }
    if answer.form == AnswerForm.WRITTEN:
        row["texts"] = {text.language: text.text for text in answer.texts.all()}
    return row


def _due(assignment: Assignment | None, term: Term | None) -> Row | None:
    if assignment is None:
        return None
    return {
        "unit": in_languages(assignment.organisation, "name"),
        "on": term.due_on.isoformat() if term else None,
    }


def _terms_of(questions: Sequence[Question], *, using: str) -> dict[str, Term]:
    codes = [question.code for question in questions]
    mine = {"object_kind": "question", "object_id__in": codes, "part_of": None}
    running = open_terms().using(using).filter(**mine).order_by("id")
    return {term.object_id: term for term in running} if codes else {}
