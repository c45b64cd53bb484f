"""Brings a demonstration's question through its unit: accepted, drafted, cleared, signed, asked again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kenes.accounts.models import User
from kenes.answering import actions as answering
from kenes.answering.actions import DraftWords, Signature
from kenes.answering.rules import CommitmentWords, NoCommitment
from kenes.demo.cast import Cast
from kenes.demo.content.yesterday import End, Told
from kenes.programme.models import Meeting
from kenes.questions import actions
from kenes.questions.models import Question

# Who drafts, clears and signs in each body that owes answers, by the keys of people.
DESKS = {
    "policy": ("officer", "clearer", "signer"),
    "social": ("social", "social", "social"),
    "department": ("department", "department", "department"),
    "committee": ("chairman", "chairman", "chairman"),
}
WITH_DRAFT = frozenset({End.DRAFTED, End.CLEARED, End.WRITTEN, End.REOPENED})
CLEARED = WITH_DRAFT - {End.DRAFTED}
SIGNED = CLEARED - {End.CLEARED}
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Seminar:
    """The meeting, those who act in it, and the moment up to which its story goes."""

    meeting: Meeting
    cast: Cast
    now: datetime

    def day(self, before: int) -> datetime:
        """Return a moment of office hours, so many days before the meeting."""
        return self.meeting.starts_at - timedelta(days=before) + AN_HOUR

    def past(self, at: datetime) -> datetime:
        """Return the moment, or shortly before now where it is still to come."""
        return min(at, self.now - timedelta(minutes=20))


def bring_to(seminar: Seminar, question: Question, told: Told) -> None:
    """Let the unit do with an assigned question what is told of it; assign it where nobody has yet."""
    if not told.unit:
        return
    question.refresh_from_db()
    at = question.asked_at + A_DAY if told.before else seminar.meeting.ends_at + AN_HOUR
    if told.before:
        unit = seminar.cast.bodies[told.unit]
        actions.assign_question(question, organisation=unit, by=seminar.cast.moderator, at=at)
    if told.end is End.DECLINED:
        by = seminar.cast.people[told.unit]
        actions.decline_assignment(question, by=by, at=at + AN_HOUR, reason=told.reason)
    elif told.end is not End.ASSIGNED:
        _work(seminar, question, told, at=at + AN_HOUR)


def _work(seminar: Seminar, question: Question, told: Told, *, at: datetime) -> None:
    drafter, clearer, _signer = (seminar.cast.people[key] for key in DESKS[told.unit])
    answering.accept(question, by=drafter, at=at)
    if told.end not in WITH_DRAFT:
        return
    words = DraftWords(told.answer, told.language)
    version = answering.save_draft(question, words=words, base=0, by=drafter, at=at + AN_HOUR)
    other = "ru" if told.language == "kk" else "kk"
    answering.check_translation(
        question, language=other, version=version.number, by=clearer, at=at + 2 * AN_HOUR
    )
    answering.submit_to_clearance(question, version=version.number, by=drafter, at=at + 3 * AN_HOUR)
    if told.end in CLEARED:
        answering.clear_step(question, version=version.number, by=clearer, at=at + 4 * AN_HOUR)
    if told.end in SIGNED:
        _sign(seminar, question, told, version=version.number)


def _sign(seminar: Seminar, question: Question, told: Told, *, version: int) -> None:
    at = seminar.past(seminar.now - told.answered * A_DAY)
    signer = seminar.cast.people[DESKS[told.unit][2]]
    signature = Signature(_signed_as(signer), _mark(seminar, told))
    answering.sign_answer(question, version=version, signature=signature, by=signer, at=at)
    if told.rating:
        actions.rate_answer(question, score=told.rating, at=seminar.past(at + A_DAY))
    if told.end is End.REOPENED:
        actions.reopen_question(question, at=seminar.past(at + 3 * A_DAY), reason=told.reason)


def _mark(seminar: Seminar, told: Told) -> CommitmentWords | NoCommitment:
    if told.promise is None:
        return NoCommitment()
    due_on = (seminar.meeting.ends_at + told.promise.days * A_DAY).date()
    return CommitmentWords(told.promise.text, seminar.cast.bodies[told.promise.body], due_on)


def _signed_as(signer: User) -> str:
    return signer.name
