"""The programme as files: CSV and calendars."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from icalendar import Calendar

from factories import NOON, a_meeting, a_region, a_session
from kenes.programme.actions import open_meeting
from kenes.programme.exports import CSV_COLUMNS, meetings_calendar, meetings_csv
from kenes.programme.models import Meeting
from kenes.territories.models import Place

pytestmark = pytest.mark.django_db
AT = datetime(2021, 2, 1, tzinfo=UTC)
URL = "https://kenes.example.org/ru/rooms/AKM-1/"


def calendar_of(*meetings: Meeting) -> bytes:
    with override("en"):
        return meetings_calendar(meetings, name="Дни", url_of=lambda meeting: URL, at=AT)


def lines_of(calendar: bytes) -> list[str]:
    """The unfolded lines of a calendar."""
    return calendar.decode().replace("\r\n ", "").split("\r\n")


def test_a_meeting_stands_in_its_calendar_on_the_clock_of_its_place() -> None:
    lines = lines_of(calendar_of(a_meeting(summary={"ru": "О работе; с молодёжью, и семьёй"})))
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT") + 1]
    uid = f"UID:{Meeting.objects.get().public_id}@kenes"
    assert sorted(event) == sorted(
        [
            "BEGIN:VEVENT",
            "SUMMARY:Youth seminar",
            "DTSTART;TZID=Asia/Almaty:20210218T120000",
            "DTEND;TZID=Asia/Almaty:20210218T140000",
            "DTSTAMP:20210201T000000Z",
            uid,
            "SEQUENCE:1",
            "CATEGORIES:Youth",
            f"DESCRIPTION:О работе\\; с молодёжью\\, и семьёй\\n\\n{URL}",
            "LOCATION:Akmola region",
            "STATUS:CONFIRMED",
            f"URL:{URL}",
            "END:VEVENT",
        ]
    )


def test_lines_end_in_crlf_and_are_folded_at_75_octets() -> None:
    calendar = calendar_of(a_meeting(title={"ru": "Семинар " * 30}, summary={"ru": "Мәтін\n" * 200}))
    assert calendar.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(len(line) for line in calendar.split(b"\r\n")) <= 75


def test_every_zone_that_is_named_is_explained() -> None:
    session = a_session()
    calendar = calendar_of(a_meeting(session), a_meeting(session, zone="Asia/Aqtobe"))
    lines = lines_of(calendar)
    assert sorted(line for line in lines if line.startswith("TZID:")) == [
        "TZID:Asia/Almaty",
        "TZID:Asia/Aqtobe",
    ]


def test_a_calendar_read_again_has_the_same_moments() -> None:
    meeting = a_meeting(zone="Asia/Aqtobe")
    event = Calendar.from_ical(calendar_of(meeting)).walk("VEVENT")[0]
    read = [event.decoded(name).astimezone(UTC) for name in ("dtstart", "dtend")]
    assert read == [NOON, NOON + timedelta(hours=2)]


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    meeting = a_meeting()
    before = lines_of(calendar_of(meeting))
    open_meeting(meeting, by=None, at=NOON)
    after = lines_of(calendar_of(meeting))
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed == [("SEQUENCE:1", "SEQUENCE:2")]


def test_a_calendar_is_served_for_a_meeting_and_a_campaign(client: Client) -> None:
    a_meeting()
    for path in ("meetings/akm-1.ics", "campaigns/days-2021/calendar.ics"):
        response = client.get(f"/en/{path}")
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 1


def test_a_row_holds_times_of_the_place_and_the_path_of_its_name() -> None:
    region = a_region()
    district = Place.objects.create(
        kato="113200000", level="district", path="110000000/113200000", name_ru="Аккольский район"
    )
    a_meeting(a_session(region=region), place=district)
    with override("ru"):
        text = "".join(meetings_csv(Meeting.objects.all()))
    header, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    session = Meeting.objects.get().session
    assert header == list(CSV_COLUMNS)
    assert row == [
        "AKM-1",
        "Жастар семинары",
        "Семинар о молодёжи",
        "Youth seminar",
        "seminar",
        "youth",
        "family",
        "planned",
        "online",
        "kk ru",
        "2021-02-18T12:00:00+06:00",
        "2021-02-18T14:00:00+06:00",
        "Asia/Almaty",
        "113200000",
        "Акмолинская область › Аккольский район",
        "days-2021",
        session.public_id,
    ]


def test_a_title_that_is_a_formula_is_only_text_in_a_spreadsheet() -> None:
    a_meeting(title={"ru": '=HYPERLINK("https://example.org")'})
    rows = list(csv.reader(io.StringIO("".join(meetings_csv(Meeting.objects.all())), newline="")))
    assert rows[1][2] == '\'=HYPERLINK("https://example.org")'
