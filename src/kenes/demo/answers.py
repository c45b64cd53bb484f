"""Brings a demonstration's question through its unit: accepted, drafted, cleared, signed, asked again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kenes.accounts.models import User
from kenes.answering import actions as answering
from kenes.answering.actions import DraftWords, Signature, StepPlan
from kenes.answering.models import AnswerTemplate
from kenes.answering.rules import CommitmentWords, NoCommitment
from kenes.deadlines.workdays import Calendar
from kenes.demo.cast import Cast
from kenes.demo.content import desks
from kenes.demo.content.yesterday import End, Told
from kenes.demo.days import is_office_day, office_day
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
A_DAY, AN_HOUR, HALF_AN_HOUR = timedelta(days=1), timedelta(hours=1), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Seminar:
    """The meeting, those who act in it, and the moment up to which its story goes."""

    meeting: Meeting
    cast: Cast
    now: datetime
    calendar: Calendar | None

    def day(self, before: int) -> datetime:
        """Return a morning of office hours, so many days before the meeting or on the office day before that.

        On the meeting's own day (0) it is the afternoon after its closing.
        """
        if not before:
            return self.meeting.ends_at + 4 * AN_HOUR
        day = self.meeting.starts_at - timedelta(days=before) + AN_HOUR
        while not is_office_day(day.date(), self.calendar):
            day -= A_DAY
        return day

    def next_day(self, at: datetime) -> datetime:
        """Return the morning of the office day after a moment."""
        day = at + A_DAY
        while not is_office_day(day.astimezone(self.meeting.starts_at.tzinfo).date(), self.calendar):
            day += A_DAY
        return day

    def due_on(self, days: int) -> date:
        """Return the office day so many days from the meeting, or the next one."""
        return office_day((self.meeting.ends_at + timedelta(days=days)).date(), self.calendar)

    def past(self, at: datetime) -> datetime:
        """Return the moment, or shortly before now where it is still to come."""
        return min(at, self.now - timedelta(minutes=20))


def set_up_desk(cast: Cast, *, at: datetime) -> None:
    """Give the directorate its chain of clearance and its templates."""
    body = cast.bodies[desks.BODY]
    for position, step in enumerate(desks.STEPS, start=1):
        plan = StepPlan(body, position, step.name, kind=step.kind)
        answering.save_clearance_step(plan, by=None, at=at)
    for template in desks.TEMPLATES:
        texts = {f"text_{language}": text for language, text in template.text.items()}
        row = AnswerTemplate(organisation=body, name=template.name, **texts)
        answering.save_template(row, by=None, at=at)


def bring_to(seminar: Seminar, question: Question, told: Told) -> None:
    """Let the unit do with an assigned question what is told of it; assign it where nobody has yet."""
    if not told.unit:
        return
    question.refresh_from_db()
    at = seminar.next_day(question.asked_at) if told.before else seminar.meeting.ends_at + AN_HOUR
    if told.before:
        unit = seminar.cast.bodies[told.unit]
        actions.assign_question(question, organisation=unit, by=seminar.cast.moderator, at=at)
    if told.end is End.DECLINED:
        by = seminar.cast.people[told.unit]
        actions.decline_assignment(question, by=by, at=at + AN_HOUR, reason=told.reason)
    elif told.end is not End.ASSIGNED:
        _work(seminar, question, told, at=at + AN_HOUR)


def _work(seminar: Seminar, question: Question, told: Told, *, at: datetime) -> None:
    drafter, clearer, signer = (seminar.cast.people[key] for key in DESKS[told.unit])
    answering.accept(question, by=drafter, at=at)
    if told.end not in WITH_DRAFT:
        return
    words = DraftWords(told.answer, told.language)
    version = answering.save_draft(question, words=words, base=0, by=drafter, at=at + HALF_AN_HOUR)
    other = "ru" if told.language == "kk" else "kk"
    answering.check_translation(
        question, language=other, version=version.number, by=clearer, at=at + 2 * HALF_AN_HOUR
    )
    answering.submit_to_clearance(question, version=version.number, by=drafter, at=at + 3 * HALF_AN_HOUR)
    if told.end in CLEARED:
        head = (signer,) if told.unit == desks.BODY else ()
        for by in (clearer, *head):
            answering.clear_step(question, version=version.number, by=by, at=at + 4 * HALF_AN_HOUR)
    if told.end in SIGNED:
        _sign(seminar, question, told, version=version.number)


def _sign(seminar: Seminar, question: Question, told: Told, *, version: int) -> None:
    at = seminar.day(told.answered) + HALF_AN_HOUR
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
    body = seminar.cast.bodies[told.promise.body]
    return CommitmentWords(told.promise.text, body, seminar.due_on(told.promise.days))


def _signed_as(signer: User) -> str:
    return signer.name
