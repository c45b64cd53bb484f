"""One question lives on in another: votes become the union of the voters, and may be parted again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kenes.accounts.models import User
from kenes.core.sets import insert_ignoring
from kenes.programme.states import MeetingState, ParticipantKind
from kenes.questions.actions.assignments import give_late_to_hosts
from kenes.questions.actions.moves import Doing, changing, keep, move
from kenes.questions.actions.parts import end_parts
from kenes.questions.actions.terms import end_assignment
from kenes.questions.errors import CarriesOthers, MergeTargetUnfit
from kenes.questions.models import Question, Vote
from kenes.questions.rules import clean_comment, may_carry
from kenes.questions.states import QuestionState, Verb

_COUNTS = ("votes_confirmed", "votes_guest")


def merge_question(
    question: Question, *, into: Question, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Let a question live on in another of its meeting: it leaves the list, its voters count there.

    Its own votes stay with it, for an undo. Raises: MergeTargetUnfit, CarriesOthers, MoveNotAllowed.
    """
    doing = Doing(Verb.MERGE, by, at, clean_comment(reason))
    with changing(question, doing) as feed:
        into.refresh_from_db()
        if not may_carry(into, question):
            raise MergeTargetUnfit
        refuse_carrier(question)
        end_assignment(question, at=at)
        end_parts(question, at=at)
        votes = Vote.objects.filter(question=question).values_list("participant_id", "kind", "at")
        _carry(into, [(into.pk, *vote, question.pk) for vote in votes])
        question.merged_into = into
        move(question, doing, feed=feed, fields=["merged_into"], detail={"into": into.code})
        keep(into, feed=feed, fields=_COUNTS)


def unmerge_question(question: Question, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Undo a merge, also after an answer: each has its votes again, the question is where it was.

    In a closed meeting it is held, with a term at the host body. Raises: MoveNotAllowed.
    """
    doing = Doing(Verb.UNMERGE, by, at, clean_comment(reason))
    with changing(question, doing) as feed:
        into = question.merged_into
        if into is None:
            raise MergeTargetUnfit
        _take_back(into, question)
        question.merged_into = None
        doing = replace(doing, goal=_goal_of_undoing(question))
        move(question, doing, feed=feed, fields=["merged_into"], detail={"out_of": into.code})
        give_late_to_hosts([question])
        keep(into, feed=feed, fields=_COUNTS)


def refuse_carrier(question: Question) -> None:
    """Refuse what would leave merged questions without the one they live on in. Raises: CarriesOthers."""
    if question.merged.exists():
        raise CarriesOthers


def _carry(into: Question, votes: Sequence[tuple[object, ...]]) -> None:
    fields = ["question", "participant", "kind", "at", "carried_from"]
    if votes:
        insert_ignoring(Vote, fields, votes, returning=["id"])
    _recount(into)


def _take_back(into: Question, question: Question) -> None:
    """Take out the votes that came with the question, but for voters of others merged there too."""
    carried = Vote.objects.filter(question=into, carried_from=question)
    others = Vote.objects.filter(
        question__merged_into=into, participant__in=carried.values("participant")
    ).exclude(question=question)
    kept = list(others.order_by("id").values_list("participant_id", "kind", "at", "question_id"))
    carried.delete()
    _carry(into, [(into.pk, *vote) for vote in kept])


def _recount(question: Question) -> None:
    votes = Vote.objects.filter(question=question)
    question.votes_confirmed = votes.filter(kind=ParticipantKind.CONFIRMED).count()
    question.votes_guest = votes.filter(kind=ParticipantKind.GUEST).count()


def _goal_of_undoing(question: Question) -> QuestionState:
    """Return where the question was; in a closed meeting it waits, lest it be a loose end there."""
    if question.meeting.state == MeetingState.CLOSED:
        return QuestionState.HELD
    last = question.moves.filter(new=QuestionState.MERGED).order_by("id").last()
    return QuestionState(last.old) if last else QuestionState.OPEN
