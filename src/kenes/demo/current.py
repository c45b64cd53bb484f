"""Loads this year's campaign, whose seminar is running, and keeps it running as days pass."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kenes.core.languages import in_languages
from kenes.demo.cast import Cast
from kenes.demo.content import current
from kenes.demo.content.questions import LIVE_QUESTIONS
from kenes.demo.days import office_calendar, office_day
from kenes.demo.meetings import add_agenda
from kenes.demo.moderation import Room, fill_room, open_room
from kenes.demo.yesterday import load_yesterday
from kenes.programme.actions import (
    change_meeting,
    close_meeting,
    create_campaign,
    create_meeting,
    create_session,
    move_agenda_item,
    open_meeting,
)
from kenes.programme.models import Campaign, Meeting, StrategicSession
from kenes.programme.plans import CampaignPlan, MeetingPlan, SessionPlan
from kenes.programme.states import AgendaState, MeetingKind, MeetingState, SphereKey
from kenes.rooms.actions import post_announcement
from kenes.territories.models import Place

ZONE = "Asia/Almaty"
LIVE_REGION = "110000000"
BEGAN_BEFORE = timedelta(minutes=40)
LIVE_LENGTH = timedelta(hours=2)
ANNOUNCED_BEFORE, PLANNED_BEFORE = timedelta(days=70), timedelta(days=65)
INTENDED_IN_REGION = {"110000000": 6, "610000000": 4, "100000000": 3, "470000000": 3}


def load_current(cast: Cast, *, at: datetime) -> None:
    """Make this year's campaign around `at`."""
    today = at.astimezone(ZoneInfo(ZONE)).date()
    days = _meeting_days(today)
    campaign = _load_campaign(cast, today, at=at)
    sessions = _load_sessions(campaign, cast, days, today, at=at)
    planned_at = at - PLANNED_BEFORE
    for planned, day in zip(current.MEETINGS, days, strict=True):
        meeting = _plan_meeting(sessions[planned.region], planned, cast, day, at=planned_at)
        if planned.days < 0:
            open_meeting(meeting, by=cast.moderator, at=meeting.starts_at)
            close_meeting(meeting, by=cast.moderator, at=meeting.ends_at)
    _load_live_meeting(sessions[LIVE_REGION], cast, at=at)
    load_yesterday(sessions[LIVE_REGION], cast, at=at)


def _meeting_days(today: date) -> list[date]:
    """Return the day of each meeting: one on which offices are at work, away from today."""
    calendar = office_calendar()
    return [
        office_day(
            today + timedelta(days=planned.days), calendar, step=timedelta(days=-1 if planned.days < 0 else 1)
        )
        for planned in current.MEETINGS
    ]


def keep_running(*, at: datetime) -> None:
    """Move the running seminar's times to `at`, so that the demonstration is always live."""
    meeting = _live_meetings().first()
    if meeting is None or meeting.ends_at > at:
        return
    shift = at - BEGAN_BEFORE - meeting.starts_at
    meeting.starts_at += shift
    meeting.ends_at += shift
    change_meeting(meeting, changed=["starts_at", "ends_at"], by=None, at=at)


def _live_meetings() -> QuerySet[Meeting]:
    return Meeting.objects.filter(session__campaign__is_illustrative=True, state=MeetingState.OPEN)


def _load_campaign(cast: Cast, today: date, *, at: datetime) -> Campaign:
    places = {place.kato: place for place in Place.objects.filter(kato__in=INTENDED_IN_REGION)}
    targets = {places[kato]: number for kato, number in INTENDED_IN_REGION.items()}
    return create_campaign(
        CampaignPlan(
            slug=f"days-{today.year}",
            title=current.title(today.year),
            summary=current.SUMMARY,
            host=cast.bodies["ministry"],
            starts_on=today - timedelta(days=20),
            ends_on=today + timedelta(days=40),
            spheres=SphereKey.values,
            intended_meetings=sum(targets.values()),
            region_targets=targets,
            is_illustrative=True,
        ),
        by=cast.people["editor"],
        at=at - ANNOUNCED_BEFORE,
    )


def _load_sessions(
    campaign: Campaign, cast: Cast, days: Sequence[date], today: date, *, at: datetime
) -> Mapping[str, StrategicSession]:
    sessions = {}
    for kato in INTENDED_IN_REGION:
        region = Place.objects.get(kato=kato)
        meetings = zip(current.MEETINGS, days, strict=True)
        held = [day for planned, day in meetings if planned.region == kato]
        held += [today] if kato == LIVE_REGION else []
        plan = SessionPlan(
            region=region, title=_session_title(region), starts_on=min(held), ends_on=max(held)
        )
        sessions[kato] = create_session(campaign, plan, by=cast.people["editor"], at=at - ANNOUNCED_BEFORE)
    return sessions


def _session_title(region: Place) -> dict[str, str]:
    names = in_languages(region, "name")
    return {
        "kk": f"Стратегиялық сессия: {names['kk']}",
        "ru": f"Стратегическая сессия: {names['ru']}",
        "en": f"Strategic session: {names['en']}",
    }


def _plan_meeting(
    session: StrategicSession, planned: current.PlannedMeeting, cast: Cast, day: date, *, at: datetime
) -> Meeting:
    starts_at = datetime.combine(day, time(planned.hour), tzinfo=ZoneInfo(ZONE))
    plan = MeetingPlan(
        kind=planned.kind,
        sphere=planned.sphere,
        title=planned.title,
        host=cast.bodies[planned.host],
        place=session.region,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        zone=ZONE,
    )
    return create_meeting(session, plan, by=cast.people["editor"], at=at)


def _load_live_meeting(session: StrategicSession, cast: Cast, *, at: datetime) -> None:
    starts_at = (at - BEGAN_BEFORE).replace(second=0, microsecond=0)
    planned_at = at - timedelta(days=9)
    plan = MeetingPlan(
        kind=MeetingKind.SEMINAR,
        sphere=SphereKey.YOUTH,
        second_sphere=SphereKey.FAMILY,
        title=current.LIVE_TITLE,
        summary=current.LIVE_SUMMARY,
        host=cast.bodies["committee"],
        place=session.region,
        starts_at=starts_at,
        ends_at=starts_at + LIVE_LENGTH,
        zone=ZONE,
    )
    meeting = create_meeting(session, plan, by=cast.people["editor"], at=planned_at)
    items = add_agenda(meeting, current.AGENDA, cast, starts_at=starts_at, at=planned_at)
    open_meeting(meeting, by=cast.moderator, at=starts_at)
    for item, point in zip(items, current.AGENDA, strict=True):
        if point.state != AgendaState.PLANNED:
            move_agenda_item(item, state=AgendaState.NOW, by=cast.moderator, at=item.starts_at)
    _fill_live_room(meeting, cast, at=at)


def _fill_live_room(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    post_announcement(meeting, text=current.ANNOUNCEMENT, by=cast.moderator, at=meeting.starts_at)
    voters, guests = open_room(meeting, cast, guests=21, at=meeting.starts_at)
    room = Room(meeting, cast, current.CHAIRMAN["ru"], ("policy", "social", "department"), voters, guests)
    fill_room(room, LIVE_QUESTIONS, at=meeting.starts_at + timedelta(minutes=2))
