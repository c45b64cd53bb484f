"""Calendars: seeded, drafted, published as a whole, confirmed by a person."""

from datetime import UTC, date, datetime, time

import pytest

from deadlines.samples import CALENDAR
from kenes.accounts.models import User
from kenes.deadlines.actions import (
    begin_regional_calendar,
    confirm_edition,
    draft_edition,
    publish_edition,
    remove_day,
    seed_working_calendar,
    set_day,
    set_week,
)
from kenes.deadlines.errors import CalendarHasNoWorkingDay, EditionIsPublished, NoCalendar
from kenes.deadlines.known_holidays import NAMES_EN, NAMES_RU, known_days
from kenes.deadlines.models import CalendarEdition, WorkingCalendar
from kenes.deadlines.queries import as_calendar, calendar_of
from kenes.deadlines.states import DayKind, EditionState
from kenes.deadlines.workdays import SpecialDay
from kenes.record.models import Entry
from kenes.territories.actions import load_shipped_places
from kenes.territories.queries import find_region

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 3, 6, 0, tzinfo=UTC)
DAY = date(2026, 2, 10)
HOLIDAY = SpecialDay(DAY, DayKind.HOLIDAY, {"kk": "Мереке", "ru": "Праздник", "en": "Feast"})


def acts() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(object_kind="calendar").values_list("act", "object_id"))


@pytest.mark.parametrize("year", [2021, 2025, 2026])
def test_the_seeded_year_is_the_one_written_out_by_hand(year: int) -> None:
    known = {each.special.day: each.special.kind for each in known_days(year, year)}
    by_hand = {day: special.kind for day, special in CALENDAR.days.items() if day.year == year}
    assert known == by_hand


def test_every_holiday_has_its_name_in_three_languages() -> None:
    found = known_days(2010, 2030)
    named = [each.special for each in found if each.special.kind in (DayKind.HOLIDAY, DayKind.IN_LIEU)]
    assert [day.day for day in named if sorted(day.names) != ["en", "kk", "ru"]] == []
    assert {day.names["en"] for day in named} == {NAMES_EN.get(name, name) for name in NAMES_RU}
    assert {day.names["kk"] for day in named if day.names["en"] == "Nauryz"} == {"Наурыз мейрамы"}


def test_a_moved_day_and_the_day_worked_for_it_name_each_other() -> None:
    known = {each.special.day: each.special for each in known_days(2021, 2021)}
    assert known[date(2021, 7, 3)].other == date(2021, 7, 5)
    assert known[date(2021, 7, 5)].other == date(2021, 7, 3)


def test_a_day_that_is_an_estimate_says_so() -> None:
    noted = [(each.special.day, each.note) for each in known_days(2026, 2026) if each.note]
    assert noted == [(date(2026, 5, 27), "The day is an estimate; confirm it.")]


def test_seeding_publishes_what_a_person_then_confirms(country: CalendarEdition) -> None:
    assert (str(country), country.state) == ("KZ-1", EditionState.PUBLISHED)
    assert as_calendar(country).is_confirmed is False
    confirm_edition(country, by=User.objects.create_user("officer@kenes.test"), at=AT)
    country.refresh_from_db()
    assert (country.state, as_calendar(country).is_confirmed) == (EditionState.CONFIRMED, True)
    with pytest.raises(EditionIsPublished):
        confirm_edition(country, by=User.objects.get(), at=AT)
    assert acts() == [("publish_calendar", "KZ-1"), ("confirm_calendar", "KZ-1")]


def test_seeding_again_adds_years_to_a_draft_and_keeps_what_people_edited(country: CalendarEdition) -> None:
    assert seed_working_calendar(first_year=2020, last_year=2026, by=None, at=AT) == country
    draft = draft_edition(country.calendar, by=None, at=AT)
    set_day(draft, HOLIDAY, by=None, at=AT)
    again = seed_working_calendar(first_year=2020, last_year=2027, by=None, at=AT)
    assert (again, again.state, again.known_to) == (draft, EditionState.DRAFT, date(2027, 12, 31))
    assert again.days.filter(day=DAY, kind=DayKind.HOLIDAY).count() == 1
    assert again.days.filter(day__year=2027).count() == len(known_days(2027, 2027))


def test_an_edition_is_edited_in_a_draft_and_holds_when_it_is_published(country: CalendarEdition) -> None:
    draft = draft_edition(country.calendar, by=None, at=AT)
    assert draft_edition(country.calendar, by=None, at=AT) == draft
    set_day(draft, HOLIDAY, by=None, at=AT)
    remove_day(draft, day=date(2026, 5, 27), by=None, at=AT)
    set_week(
        draft, weekly_days_off="7", closes_at=time(17), known_to=date(2026, 6, 30), note="x", by=None, at=AT
    )
    assert calendar_of(None) == country
    publish_edition(draft, by=None, at=AT)
    held = calendar_of(None)
    assert held == draft
    assert held is not None
    calendar = as_calendar(held)
    assert (calendar.edition, calendar.weekly_days_off, calendar.closes_at) == ("KZ-2", {7}, time(17))
    assert calendar.days[DAY] == HOLIDAY
    assert date(2026, 5, 27) not in calendar.days
    # The older edition stays as it was.
    assert DAY not in as_calendar(country).days
    assert [act for act, _object in acts()] == [
        "publish_calendar",
        "draft_calendar",
        "set_calendar_day",
        "remove_calendar_day",
        "set_calendar_week",
        "publish_calendar",
    ]


def test_a_published_edition_is_never_changed(country: CalendarEdition) -> None:
    with pytest.raises(EditionIsPublished):
        set_day(country, HOLIDAY, by=None, at=AT)
    with pytest.raises(EditionIsPublished):
        remove_day(country, day=DAY, by=None, at=AT)
    with pytest.raises(EditionIsPublished):
        publish_edition(country, by=None, at=AT)
    assert country.days.filter(day=DAY).count() == 0


def test_a_region_has_the_countrys_calendar_until_its_own_is_published(country: CalendarEdition) -> None:
    load_shipped_places()
    akmola, region = find_region("11"), find_region("15")
    assert akmola is not None
    draft = begin_regional_calendar(akmola, by=None, at=AT)
    set_day(draft, HOLIDAY, by=None, at=AT)
    assert calendar_of(akmola) == country
    publish_edition(draft, by=None, at=AT)
    district = akmola.children.first()
    assert [calendar_of(place) for place in (akmola, district, region)] == [draft, draft, country]
    assert draft.days.count() == country.days.count() + 1


def test_without_a_country_calendar_nothing_can_be_drafted() -> None:
    load_shipped_places()
    akmola = find_region("11")
    assert akmola is not None
    with pytest.raises(NoCalendar):
        begin_regional_calendar(akmola, by=None, at=AT)
    with pytest.raises(NoCalendar):
        draft_edition(WorkingCalendar.objects.create(key="KZ"), by=None, at=AT)


def test_a_calendar_without_working_days_does_not_hold_the_clock_for_ever(country: CalendarEdition) -> None:
    draft = draft_edition(country.calendar, by=None, at=AT)
    draft.weekly_days_off = "1234567"
    with pytest.raises(CalendarHasNoWorkingDay):
        as_calendar(draft).first_working(date(2030, 1, 1))
