"""Loads the archived campaign: fourteen closed meetings, the seminar with its questions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kenes.demo.cast import Cast
from kenes.demo.content import archive
from kenes.demo.content.current import AGENDA, CHAIRMAN
from kenes.demo.content.questions import ARCHIVE_QUESTIONS
from kenes.demo.meetings import add_agenda
from kenes.demo.moderation import Room, fill_room, open_room
from kenes.demo.papers import load_final_minutes
from kenes.programme.actions import (
    close_meeting,
    create_campaign,
    create_meeting,
    create_session,
    open_meeting,
)
from kenes.programme.models import Meeting, StrategicSession
from kenes.programme.plans import CampaignPlan, MeetingPlan, SessionPlan
from kenes.programme.states import SphereKey
from kenes.territories.models import Place


def load_archive(cast: Cast) -> None:
    """Make the campaign of February 2021; every act bears the time at which it would have been done."""
    zone = ZoneInfo(archive.ZONE)
    planned_at = datetime(2021, 2, 1, 9, tzinfo=zone)
    region = Place.objects.get(kato=archive.REGION)
    editor = cast.people["editor"]
    campaign = create_campaign(
        CampaignPlan(
            slug="days-2021",
            title=archive.TITLE,
            summary=archive.SUMMARY,
            host=cast.bodies["ministry"],
            starts_on=archive.PERIOD[0],
            ends_on=archive.PERIOD[1],
            spheres=SphereKey.values,
            intended_meetings=len(archive.MEETINGS),
            region_targets={region: len(archive.MEETINGS)},
            is_illustrative=True,
        ),
        by=editor,
        at=planned_at,
    )
    session = create_session(
        campaign,
        SessionPlan(
            region=region,
            title=archive.SESSION_TITLE,
            starts_on=archive.SESSION_PERIOD[0],
            ends_on=archive.SESSION_PERIOD[1],
        ),
        by=editor,
        at=planned_at,
    )
    for planned in archive.MEETINGS:
        _hold_meeting(session, planned, cast, region, at=planned_at)


def _hold_meeting(
    session: StrategicSession, planned: archive.DemoMeeting, cast: Cast, region: Place, *, at: datetime
) -> None:
    starts_at = datetime(
        planned.day.year, planned.day.month, planned.day.day, planned.hour, tzinfo=ZoneInfo(archive.ZONE)
    )
    ends_at = starts_at + timedelta(minutes=planned.minutes)
    plan = MeetingPlan(
        kind=planned.kind,
        sphere=planned.sphere,
        second_sphere=planned.second_sphere,
        title=planned.title,
        host=cast.bodies[planned.host],
        place=region,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=archive.ZONE,
    )
    meeting = create_meeting(session, plan, by=cast.people["editor"], at=at)
    if planned.is_seminar_of_the_story:
        add_agenda(meeting, AGENDA, cast, starts_at=starts_at, at=at)
    open_meeting(meeting, by=cast.moderator, at=starts_at)
    if planned.is_seminar_of_the_story:
        _fill_seminar(meeting, cast, at=starts_at + timedelta(minutes=35))
    close_meeting(meeting, by=cast.moderator, at=ends_at)
    if planned.is_seminar_of_the_story:
        load_final_minutes(meeting, cast, at=ends_at + timedelta(hours=1))


def _fill_seminar(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    voters, guests = open_room(meeting, cast, guests=0, at=at)
    room = Room(meeting, cast, CHAIRMAN["ru"], (), voters, guests)
    fill_room(room, ARCHIVE_QUESTIONS, at=at)
