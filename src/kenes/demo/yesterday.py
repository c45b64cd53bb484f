"""Loads the seminar of the last working day: closed, its questions on their way through the register."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kenes.commitments.queries import AGENDA_ITEM, MEETING, commitments_of
from kenes.demo.answers import Seminar, bring_to, set_up_desk
from kenes.demo.cast import Cast
from kenes.demo.content import yesterday
from kenes.demo.content.current import AGENDA, CHAIRMAN
from kenes.demo.content.yesterday import End, Told
from kenes.demo.days import office_calendar, office_day
from kenes.demo.meetings import add_agenda
from kenes.demo.moderation import open_room
from kenes.demo.papers import load_minutes_in_remarks
from kenes.demo.promises import follow_promise, promise_aloud
from kenes.links.models import End as LinkEnd
from kenes.programme.actions import create_meeting, join_meeting, move_agenda_item, open_meeting
from kenes.programme.models import Meeting, Participant, StrategicSession
from kenes.programme.plans import MeetingPlan
from kenes.programme.states import AgendaState, MeetingKind, MeetingState, SphereKey
from kenes.questions import actions
from kenes.questions.actions import SpokenAnswer
from kenes.questions.models import Question
from kenes.rooms.actions import close_meeting

ZONE = ZoneInfo("Asia/Almaty")
HOUR = 10
LENGTH = timedelta(hours=2)
PLANNED_BEFORE = timedelta(days=60)
BETWEEN = timedelta(minutes=2)


Pair = tuple[Question, Told]


def load_yesterday(session: StrategicSession, cast: Cast, *, at: datetime) -> None:
    """Make the seminar of the last working day before `at` with everything that came of it."""
    calendar = office_calendar()
    day = at.astimezone(ZONE).date() - timedelta(days=1)
    day = office_day(day, calendar, step=timedelta(days=-1))
    starts_at = datetime.combine(day, time(HOUR), tzinfo=ZONE)
    earlier = Meeting.objects.filter(session=session, state=MeetingState.CLOSED).order_by("id").first()
    set_up_desk(cast, at=at)
    seminar = Seminar(_plan(session, cast, starts_at), cast, at, calendar)
    if earlier is not None:
        _promise_earlier(seminar, earlier)
    before = [(_ask(seminar, told, at=seminar.day(told.before)), told) for told in _asked(1, 999)]
    for question, told in before:
        bring_to(seminar, question, told)
    _follow_promises(seminar, before)
    during = _hold(seminar)
    for question, told in during:
        bring_to(seminar, question, told)
    for told in _asked(-99, -1):
        _ask(seminar, told, at=seminar.meeting.ends_at + timedelta(hours=3))
    _follow_promises(seminar, during)
    load_minutes_in_remarks(seminar.meeting, cast, at=at)


def _promise_earlier(seminar: Seminar, meeting: Meeting) -> None:
    promise = yesterday.SAID_EARLIER
    at, source = meeting.ends_at - BETWEEN, LinkEnd(MEETING, meeting.code)
    made = promise_aloud(seminar, promise, source, at=at, meeting=meeting)
    follow_promise(seminar, made, promise)


def _asked(least: int, most: int) -> list[Told]:
    return [told for told in yesterday.QUESTIONS if least <= told.before <= most]


def _plan(session: StrategicSession, cast: Cast, starts_at: datetime) -> Meeting:
    plan = MeetingPlan(
        kind=MeetingKind.SEMINAR,
        sphere=SphereKey.CIVIL_SOCIETY,
        second_sphere=SphereKey.YOUTH,
        title=yesterday.TITLE,
        summary=yesterday.SUMMARY,
        host=cast.bodies["committee"],
        place=session.region,
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        zone=str(ZONE),
    )
    return create_meeting(session, plan, by=cast.people["editor"], at=starts_at - PLANNED_BEFORE)


def _hold(seminar: Seminar) -> list[Pair]:
    """Run the seminar: ask, vote, merge, answer aloud, refuse, assign; close it."""
    meeting, cast = seminar.meeting, seminar.cast
    items = add_agenda(
        meeting, AGENDA, cast, starts_at=meeting.starts_at, at=meeting.starts_at - PLANNED_BEFORE
    )
    open_meeting(meeting, by=cast.moderator, at=meeting.starts_at)
    voters, guests = open_room(meeting, cast, guests=16, at=meeting.starts_at)
    during: list[Pair] = []
    for place, told in enumerate(_asked(0, 0)):
        at = meeting.starts_at + timedelta(minutes=20) + place * BETWEEN
        question = _ask(seminar, told, at=at)
        _vote(question, [*voters[: told.votes[0]], *guests[: told.votes[1]]], at=at + BETWEEN)
        during.append((question, told))
    at = meeting.ends_at - timedelta(minutes=40)
    for question, into in _merged(during):
        actions.merge_question(question, into=into, by=cast.moderator, at=at)
    for question, told in during:
        _moderate(seminar, question, told, at=at + BETWEEN)
    for item in items:
        move_agenda_item(item, state=AgendaState.NOW, by=cast.moderator, at=item.starts_at)
    move_agenda_item(items[-1], state=AgendaState.DONE, by=cast.moderator, at=items[-1].ends_at)
    said = yesterday.SAID_ON_STAGE
    follow_promise(seminar, promise_aloud(seminar, said, LinkEnd(MEETING, meeting.code), at=at), said)
    report = LinkEnd(AGENDA_ITEM, items[yesterday.REPORT_ON_AGENDA].public_id)
    promise_aloud(seminar, yesterday.SAID_IN_REPORT, report, at=at)
    close_meeting(meeting, by=cast.moderator, at=meeting.ends_at)
    return during


def _ask(seminar: Seminar, told: Told, *, at: datetime) -> Question:
    if told.channel in {"phone", "paper"}:
        return actions.enter_question(
            seminar.meeting,
            by=seminar.cast.moderator,
            channel=told.channel,
            name=told.name,
            text=told.text,
            language=told.language,
            is_anonymous=told.is_anonymous,
            at=at,
        )
    asker = join_meeting(seminar.meeting, name=told.name, user=None, previous=None, at=at)
    return actions.ask_question(
        seminar.meeting,
        participant=asker,
        text=told.text,
        language=told.language,
        is_anonymous=told.is_anonymous,
        at=at,
    )


def _vote(question: Question, voters: Sequence[Participant], *, at: datetime) -> None:
    for participant in voters:
        actions.cast_vote(question, participant=participant, at=at)


def _merged(pairs: Sequence[Pair]) -> Iterator[tuple[Question, Question]]:
    target: Question | None = None
    for question, told in pairs:
        if told.end is End.MERGED and target is not None:
            yield question, target
        else:
            target = question


def _moderate(seminar: Seminar, question: Question, told: Told, *, at: datetime) -> None:
    """Do in the meeting what is done there: no loose end may be left."""
    by = seminar.cast.moderator
    question.refresh_from_db()
    match told.end:
        case End.ALOUD:
            actions.stage_question(question, by=by, at=at)
            spoken = SpokenAnswer(
                answered_by=CHAIRMAN[told.language],
                summary=told.answer[told.language],
                language=told.language,
                second=2400 + 90 * question.serial,
                organisation=seminar.cast.bodies["committee"],
            )
            actions.answer_aloud(question, by=by, at=at, spoken=spoken)
            if told.promise:
                promise_aloud(seminar, told.promise, LinkEnd("question", question.code), at=at)
        case End.REFUSED:
            actions.refuse_question(question, by=by, at=at, ground=told.ground, reason=told.reason)
        case End.WITHDRAWN:
            actions.withdraw_question(question, at=at)
        case End.PASSED_ON:
            number = f"DEMO-{at.year}-000{question.serial}"
            actions.pass_on_question(question, number=number, on=at.date(), by=by, at=at)
        case End.MERGED:
            pass
        case _:
            actions.assign_question(question, organisation=seminar.cast.bodies[told.unit], by=by, at=at)


def _follow_promises(seminar: Seminar, pairs: Sequence[Pair]) -> None:
    for question, told in pairs:
        if told.promise is None:
            continue
        for commitment in commitments_of(LinkEnd("question", question.code)):
            follow_promise(seminar, commitment, told.promise)
