"""What is asked of questions: what a stream shows, pages of an order, loose ends, one's own."""

import re
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import ExpressionWrapper, F, IntegerField, Max, Q, QuerySet, prefetch_related_objects

from kenes.core.moments import in_zone
from kenes.deadlines.errors import InvalidTerm
from kenes.deadlines.models import Term
from kenes.deadlines.policy import Extension
from kenes.deadlines.queries import Proposal, open_term_of, propose_due_date, reckoning_of
from kenes.deadlines.states import DutyKind
from kenes.live.contracts import Stream
from kenes.programme.models import Meeting
from kenes.questions.errors import CursorUnknown
from kenes.questions.models import Answer, Assignment, Move, Question, Vote
from kenes.questions.rules import weekdays_after
from kenes.questions.states import LOOSE_ENDS, TEXT_AS_BEFORE, AnswerForm, QuestionState

PAGE_SIZE = 50
VOTES = ExpressionWrapper(F("votes_confirmed") + F("votes_guest"), output_field=IntegerField())


class Order(StrEnum):
    """The orders of a room's list: by votes and then age, or the newest first."""

    TOP = "top"
    NEW = "new"


# Keys of at most 18 digits fit every database's integers.
_CURSORS = {Order.TOP: re.compile(r"top\.(\d{1,18})\.(\d{1,18})"), Order.NEW: re.compile(r"new\.(\d{1,18})")}


@dataclass(frozen=True, slots=True)
class Page:
    """Questions of one order and the cursor after them (None: the list is complete)."""

    questions: Sequence[Question]
    after: str | None


def loose_ends(meeting: Meeting) -> QuerySet[Question]:
    """Return the questions that stand in the way of closing, in the order they were asked."""
    return Question.objects.filter(meeting=meeting, state__in=LOOSE_ENDS).order_by("id")


def on_stream(stream: Stream) -> Q:
    """Return the condition of being on a stream now; every question is on the desk's."""
    if stream is Stream.DESK:
        return Q()
    return Q(**{f"{stream}_since__isnull": False, f"{stream}_until": None})


def page_of(
    feed_id: int, *, order: Order, after: str, stream: Stream, using: str, size: int = PAGE_SIZE
) -> Page:
    """Return the page of an order after a cursor ("" for the first). Raises: CursorUnknown."""
    questions = _ordered(Question.objects.using(using).filter(on_stream(stream), feed_id=feed_id), order)
    if after:
        questions = questions.filter(_beyond(order, after))
    found = list(questions.select_related("participant")[: size + 1])
    is_complete = len(found) <= size
    return Page(found[:size], None if is_complete else _cursor(order, found[size - 1]))


def staged_of(feed_id: int, *, using: str) -> Question | None:
    """Return the question on stage."""
    staged = Question.objects.using(using).filter(feed_id=feed_id, state=QuestionState.STAGED)
    return staged.select_related("participant").first()


def own_questions(participant_id: int, *, using: str) -> QuerySet[Question]:
    """Return all that a participant asked, the newest first."""
    return Question.objects.using(using).filter(participant=participant_id).order_by("-id")


def own_votes(participant_id: int, *, using: str) -> QuerySet[Vote]:
    """Return a participant's votes, in the order they were cast."""
    return Vote.objects.using(using).filter(participant=participant_id).order_by("id")


def public_moves(question: Question) -> list[Move]:
    """Return the moves as the public may follow them: work inside a unit is left out."""
    return list(_in_public(question.moves.all()).order_by("id"))


def last_public_moves(questions: Iterable[Question]) -> dict[int, datetime]:
    """Return when each question last moved before everybody's eyes, in one query."""
    ids = [question.pk for question in questions]
    moves = _in_public(Move.objects.filter(question__in=ids)).order_by()
    return dict(moves.values_list("question").annotate(last=Max("at")))


def _in_public(moves: QuerySet[Move]) -> QuerySet[Move]:
    inside = (QuestionState.DRAFTED, QuestionState.CLEARED)
    return moves.exclude(new__in=inside).exclude(Q(old__in=inside, new=QuestionState.ASSIGNED))


def answers_of(questions: Iterable[Question], *, using: str) -> dict[int, Answer]:
    """Return the answer that stands for each question; one query, and one for the texts of written ones."""
    ids = [question.pk for question in questions]
    found = (
        Answer.objects.using(using).filter(question__in=ids, retracted_at=None).order_by("id") if ids else ()
    )
    standing = {answer.question_id: answer for answer in found}
    written = [answer for answer in standing.values() if answer.form == AnswerForm.WRITTEN]
    prefetch_related_objects(written, "texts")
    return standing


def with_moves_at_hand(questions: Sequence[Question]) -> Sequence[Question]:
    """Read the moves of those whose moves tell whether their text is public; at most one query."""
    told_by_moves = [question for question in questions if question.state in TEXT_AS_BEFORE]
    prefetch_related_objects(told_by_moves, "moves")
    return questions


def standing_answer(question: Question) -> Answer | None:
    """Return the answer that stands for one question."""
    return question.answers.filter(retracted_at=None).order_by("id").last()


def assignments_of(questions: Iterable[Question], *, using: str) -> dict[int, Assignment]:
    """Return the running assignment of each question with its unit, in one query."""
    ids = [question.pk for question in questions]
    running = Assignment.objects.using(using).filter(question__in=ids, ended_at=None)
    found = running.select_related("organisation").order_by("id")
    return {assignment.question_id: assignment for assignment in found} if ids else {}


def refusal_reasons_of(questions: Iterable[Question], *, using: str) -> dict[int, str]:
    """Return the reason given with each question's refusal, in one query."""
    ids = [question.pk for question in questions]
    moves = Move.objects.using(using).filter(question__in=ids, new=QuestionState.REFUSED)
    return {move.question_id: move.reason for move in moves.order_by("id")} if ids else {}


def _ordered(questions: QuerySet[Question], order: Order) -> QuerySet[Question]:
    if order is Order.NEW:
        return questions.order_by("-id")
    return questions.alias(votes_sum=VOTES).order_by(VOTES.desc(), "id")


def _cursor(order: Order, last: Question) -> str:
    key = [last.pk] if order is Order.NEW else [last.votes_confirmed + last.votes_guest, last.pk]
    plain = ".".join([order.value, *map(str, key)])
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _beyond(order: Order, cursor: str) -> Q:
    found = _CURSORS[order].fullmatch(_plain(cursor))
    if found is None:
        raise CursorUnknown
    if order is Order.NEW:
        return Q(id__lt=int(found[1]))
    votes, last = int(found[1]), int(found[2])
    # The first condition says nothing new, but it is the one an index can seek.
    return Q(votes_sum__lte=votes) & (Q(votes_sum__lt=votes) | Q(id__gt=last))


def _plain(cursor: str) -> str:
    try:
        return b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (NotBase64, ValueError) as error:
        raise CursorUnknown from error


def proposal_for(meeting: Meeting, registered_at: datetime) -> Proposal | None:
    """Return the clock's due date for what was registered in a meeting at a moment.

    None where no published calendar or no edition of the policy covers the day.
    """
    try:
        return propose_due_date(settings.ANSWER_POLICY, registered_at, meeting.place)
    except InvalidTerm:
        return None


def proposed_due_on(question: Question, meeting: Meeting, *, at: datetime) -> date:
    """Return the date that the question would get if it were assigned now.

    Weekdays alone are counted where no calendar or policy covers the day.
    """
    running = open_term_of(object_kind="question", object_id=question.code)
    is_redirect = running is not None and question.state == QuestionState.ASSIGNED
    if running is not None and not (is_redirect and restarts_by_redirect(running, at=at)):
        return running.due_on
    is_counted_anew = is_redirect or question.state == QuestionState.ANSWERED
    proposal = proposal_for(meeting, at if is_counted_anew else question.asked_at)
    return proposal.due_on if proposal else weekdays_after(meeting, at)


def restarts_by_redirect(term: Term, *, at: datetime) -> bool:
    """Say whether a term passed on at a moment starts anew: within the days its policy gives for that."""
    reckoning = reckoning_of(term)
    if reckoning is None:
        return False
    last = [duty.due_on for duty in reckoning.current.duties if duty.kind == DutyKind.REDIRECT]
    return bool(last) and in_zone(at, term.zone).date() <= last[0]


def last_term_of(question: Question) -> Term | None:
    """Return the question's youngest term, running or closed; a part that was passed on apart."""
    terms = Term.objects.filter(object_kind="question", object_id=question.code, part_of=None)
    return terms.order_by("id").last()


def working_days_taken(term: Term, *, at: datetime) -> int | None:
    """Return the working days from the registration of a term by the clock to a moment; else None."""
    reckoning = reckoning_of(term)
    if reckoning is None:
        return None
    calendar, day = reckoning.calendar, reckoning.current.registered_on
    last, taken = calendar.local(at).date(), 0
    while day < last:
        day += timedelta(days=1)
        taken += calendar.is_working(day)
    return taken


def extension_left(question: Question) -> Extension | None:
    """Return what the policy of the question's running term gives as an extension, if anything."""
    term = open_term_of(object_kind="question", object_id=question.code)
    reckoning = reckoning_of(term) if term else None
    return reckoning.current.policy.extension if reckoning else None
