"""Calendars are kept in the administration by the actions, and each act stands on the record."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kenes.accounts.models import User
from kenes.deadlines.models import CalendarEdition, DeadlinePolicy, WorkingCalendar
from kenes.deadlines.states import DayKind, EditionState
from kenes.record.models import Entry
from kenes.territories.actions import load_shipped_places
from kenes.territories.queries import find_region

pytestmark = pytest.mark.django_db
ROOT = "/admin/deadlines/"


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(
        User.objects.create_superuser("admin@kenes.test"), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def act(client: Client, model: str, name: str, *rows: Any) -> None:
    stated = {"action": name, "_selected_action": [row.pk for row in rows]}
    assert client.post(f"{ROOT}{model}/", stated).status_code == 302


def drafted(client: Client, country: CalendarEdition) -> CalendarEdition:
    act(client, "workingcalendar", "draft", country.calendar)
    return CalendarEdition.objects.get(state=EditionState.DRAFT)


WEEK = {"weekly_days_off": "67", "closes_at": "17:00:00", "known_to": "2026-12-31", "note": ""}
FEAST = {"day": "2026-02-10", "kind": "holiday", "name_ru": "Праздник"}


def recorded() -> list[tuple[str, str]]:
    entries = Entry.objects.filter(object_kind="calendar", by__email="admin@kenes.test")
    return list(entries.values_list("act", "object_id"))


def test_a_draft_is_edited_published_and_confirmed(client: Client, country: CalendarEdition) -> None:
    draft = drafted(client, country)
    assert client.post(f"{ROOT}calendaredition/{draft.pk}/change/", WEEK).status_code == 302
    assert client.post(f"{ROOT}calendarday/add/", {"edition": draft.pk, **FEAST}).status_code == 302
    day = draft.days.get(day=date(2026, 2, 10))
    assert client.get(f"{ROOT}calendarday/{day.pk}/change/").status_code == 200
    changed = {"kind": "in_lieu", "name_ru": "Праздник"}
    assert client.post(f"{ROOT}calendarday/{day.pk}/change/", changed).status_code == 302
    estimate = draft.days.get(day=date(2026, 5, 27))
    assert client.post(f"{ROOT}calendarday/{estimate.pk}/delete/", {"post": "yes"}).status_code == 302
    day.refresh_from_db()
    draft.refresh_from_db()
    assert (day.kind, day.name_ru, draft.closes_at.hour) == (DayKind.IN_LIEU, "Праздник", 17)
    assert draft.days.count() == country.days.count()
    act(client, "calendaredition", "publish", draft)
    act(client, "calendaredition", "confirm", draft)
    draft.refresh_from_db()
    assert draft.state == EditionState.CONFIRMED
    assert recorded() == [
        ("draft_calendar", "KZ-2"),
        ("set_calendar_week", "KZ-2"),
        ("set_calendar_day", "KZ-2"),
        ("set_calendar_day", "KZ-2"),
        ("remove_calendar_day", "KZ-2"),
        ("publish_calendar", "KZ-2"),
        ("confirm_calendar", "KZ-2"),
    ]


@pytest.mark.parametrize(
    "stated", [{"day": "2026-02-07", "kind": "working"}, {"day": "2026-01-01", "kind": "holiday"}, {}]
)
def test_a_faulty_day_is_refused(client: Client, country: CalendarEdition, stated: dict[str, str]) -> None:
    draft = drafted(client, country)
    assert client.post(f"{ROOT}calendarday/add/", {"edition": draft.pk, **stated}).status_code == 200
    assert draft.days.count() == country.days.count()


@pytest.mark.parametrize("weekdays", ["89", "1234567"])
def test_a_week_without_working_days_is_refused(
    client: Client, country: CalendarEdition, weekdays: str
) -> None:
    draft = drafted(client, country)
    stated = {**WEEK, "weekly_days_off": weekdays}
    assert client.post(f"{ROOT}calendaredition/{draft.pk}/change/", stated).status_code == 200
    draft.refresh_from_db()
    assert draft.weekly_days_off == "67"


def test_a_day_of_a_published_edition_is_only_read(client: Client, country: CalendarEdition) -> None:
    day = country.days.get(day=date(2026, 5, 27))
    address = f"{ROOT}calendarday/{day.pk}/"
    assert client.get(f"{address}change/").status_code == 200
    assert client.post(f"{address}change/", {"kind": "working"}).status_code == 403
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{ROOT}calendarday/add/", {"edition": country.pk, **FEAST}).status_code == 200
    assert country.days.filter(day=date(2026, 2, 10)).count() == 0
    assert client.get(f"{ROOT}calendarday/?edition__id__exact={country.pk}").status_code == 200


def test_a_published_edition_is_only_read(client: Client, country: CalendarEdition) -> None:
    address = f"{ROOT}calendaredition/{country.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"weekly_days_off": "7"}).status_code == 403
    act(client, "calendaredition", "publish", country)
    country.refresh_from_db()
    assert country.state == EditionState.PUBLISHED
    assert client.post(f"{ROOT}calendaredition/{country.pk}/delete/", {"post": "yes"}).status_code == 403
    assert recorded() == []


def test_a_region_gets_a_calendar_of_its_own_once(client: Client, country: CalendarEdition) -> None:
    load_shipped_places()
    akmola = find_region("11")
    assert akmola is not None
    address = f"{ROOT}workingcalendar/add/"
    assert client.post(address, {"place": akmola.pk}).status_code == 302
    assert client.post(address, {"place": akmola.pk}).status_code == 200
    calendar = WorkingCalendar.objects.get(place=akmola)
    assert (calendar.key, calendar.editions.get().days.count()) == ("110000000", country.days.count())


def test_policies_are_read_with_their_sources(client: Client, country: CalendarEdition) -> None:
    policy = DeadlinePolicy.objects.filter(key="appeal").latest("valid_from")
    assert client.get(f"{ROOT}deadlinepolicy/").status_code == 200
    address = f"{ROOT}deadlinepolicy/{policy.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"count": "1"}).status_code == 403
