"""Objects of the programme for tests of any app: made through the actions, no surprises."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from kenes.accounts.models import RoleGrant, User
from kenes.organisations.models import Organisation
from kenes.programme.actions import (
    add_agenda_item,
    create_campaign,
    create_meeting,
    create_session,
    open_meeting,
)
from kenes.programme.models import AgendaItem, Campaign, Meeting, StrategicSession
from kenes.programme.plans import AgendaPlan, CampaignPlan, MeetingPlan, SessionPlan
from kenes.territories.models import Place

NOON = datetime(2021, 2, 18, 6, 0, tzinfo=UTC)
"""12:00 in Kokshetau on Thursday, 18 February 2021 (+06 then)."""


def a_region(letters: str = "AKM", kato: str = "110000000") -> Place:
    names = {"name_kk": "Ақмола облысы", "name_ru": "Акмолинская область", "name_en": "Akmola region"}
    region, _ = Place.objects.get_or_create(
        kato=kato, defaults={"level": "region", "letters": letters, "path": kato, **names}
    )
    return region


def a_body(name: str = "Committee", kind: str = "committee") -> Organisation:
    return Organisation.objects.create(kind=kind, name_kk=name, name_ru=name, name_en=name)


def a_user(name: str = "somebody", **fields: Any) -> User:
    return User.objects.create_user(f"{name}@example.org", name=name, **fields)


def grant(user: User, role: str, body: Organisation | None = None) -> User:
    RoleGrant.objects.create(user=user, role=role, organisation=body)
    return User.objects.get(pk=user.pk)


def a_campaign(slug: str = "days-2021", **fields: Any) -> Campaign:
    values: dict[str, Any] = {
        "title": {"kk": "Министрлік күндері", "ru": "Дни министерства", "en": "Days of the Ministry"},
        "host": fields.pop("host", None) or a_body("Ministry", "ministry"),
        "starts_on": date(2021, 2, 1),
        "ends_on": date(2021, 2, 28),
        "spheres": ("youth", "family"),
        "intended_meetings": 14,
    }
    return create_campaign(CampaignPlan(slug=slug, **{**values, **fields}), by=None, at=NOON)


def a_session(campaign: Campaign | None = None, **fields: Any) -> StrategicSession:
    values: dict[str, Any] = {
        "region": fields.pop("region", None) or a_region(),
        "title": {"kk": "Ақмола сессиясы", "ru": "Сессия Акмолинской области", "en": "Akmola session"},
        "starts_on": date(2021, 2, 15),
        "ends_on": date(2021, 2, 19),
    }
    return create_session(campaign or a_campaign(), SessionPlan(**{**values, **fields}), by=None, at=NOON)


def a_meeting_plan(session: StrategicSession, **fields: Any) -> MeetingPlan:
    values: dict[str, Any] = {
        "kind": "seminar",
        "sphere": "youth",
        "second_sphere": "family",
        "title": {"kk": "Жастар семинары", "ru": "Семинар о молодёжи", "en": "Youth seminar"},
        "host": session.campaign.host,
        "place": session.region,
        "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=2),
    }
    return MeetingPlan(**{**values, **fields})


def a_meeting(session: StrategicSession | None = None, *, is_open: bool = False, **fields: Any) -> Meeting:
    session = session or a_session()
    meeting = create_meeting(session, a_meeting_plan(session, **fields), by=None, at=NOON)
    if is_open:
        open_meeting(meeting, by=None, at=NOON)
    return meeting


def an_agenda_item(meeting: Meeting, title: str = "Report", **fields: Any) -> AgendaItem:
    values: dict[str, Any] = {
        "title": {"kk": title, "ru": title, "en": title},
        "starts_at": meeting.starts_at,
        "ends_at": meeting.starts_at + timedelta(minutes=30),
    }
    return add_agenda_item(meeting, AgendaPlan(**{**values, **fields}), by=None, at=NOON)
