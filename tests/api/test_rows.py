"""What a row tells, and what the filters find."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from api.conftest import Get
from factories import NOON, a_body, a_campaign, a_meeting, a_region, a_session, an_agenda_item
from kenes.programme.actions import close_meeting, open_meeting
from kenes.programme.models import Meeting
from kenes.questions.actions import answer_aloud, assign_question
from kenes.questions.actions.answering import SpokenAnswer
from kenes.questions.models import Question
from kenes.territories.models import Place


def found(get: Get, path: str, key: str) -> list[str]:
    return [row[key] for row in get(path).json()["rows"]]


def test_a_meeting_tells_its_room_times_policy_and_place_in_three_languages(
    get: Get, meeting: Meeting
) -> None:
    (row,) = get("meetings").json()["rows"]
    session = meeting.session
    assert row == {
        "room": "AKM-1",
        "campaign": "days-2021",
        "session": session.public_id,
        "region": "110000000",
        "place": {
            "kato": "110000000",
            "path": {"kk": "Ақмола облысы", "ru": "Акмолинская область", "en": "Akmola Region"},
        },
        "host": {
            "id": meeting.host.public_id,
            "name": {"kk": "Ministry", "ru": "Ministry", "en": "Ministry"},
        },
        "kind": "seminar",
        "format": "online",
        "sphere": "youth",
        "second_sphere": "family",
        "languages": meeting.languages,
        "title": {"kk": "Жастар семинары", "ru": "Семинар о молодёжи", "en": "Youth seminar"},
        "summary": {},
        "starts_at": "2021-02-18T06:00:00Z",
        "ends_at": "2021-02-18T08:00:00Z",
        "zone": meeting.zone,
        "state": "open",
        "policy": {"publishing": "at_once", "ask": "anyone", "vote": "anyone"},
        "present": 0,
    }


def test_one_meeting_comes_with_its_agenda_by_a_code_in_any_case(get: Get, meeting: Meeting) -> None:
    an_agenda_item(meeting, "Report")
    shown = get("meetings/akm-1").json()
    assert [(item["position"], item["title"]["en"], item["speakers"]) for item in shown["agenda"]] == [
        (1, "Report", [])
    ]


def test_the_running_meetings_are_those_whose_room_is_open(get: Get, meeting: Meeting) -> None:
    later = NOON + timedelta(days=1)
    planned = a_meeting(meeting.session, starts_at=later, ends_at=later + timedelta(hours=1))
    closed = a_meeting(meeting.session, starts_at=later, ends_at=later + timedelta(hours=2), is_open=True)
    close_meeting(closed, by=None, at=later)
    assert found(get, "meetings?now=true", "room") == [meeting.code]
    assert found(get, "meetings?now=false", "room") == [planned.code, closed.code]
    open_meeting(planned, by=None, at=later)
    assert found(get, "meetings?now=true", "room") == [meeting.code, planned.code]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("campaign=days-2021", True),
        ("campaign=other", False),
        ("region=11", True),
        ("region=15", False),
        ("sphere=family", True),
        ("sphere=media", False),
        ("state=open", True),
        ("state=closed", False),
        ("since=2021-02-18&until=2021-02-18", True),
        ("since=2021-02-19", False),
        ("until=2021-02-17", False),
    ],
)
def test_meetings_are_filtered(get: Get, meeting: Meeting, query: str, is_found: bool) -> None:
    assert (get(f"meetings?{query}").json()["total"] == 1) == is_found


def test_sessions_and_campaigns_are_found_by_each_other(get: Get, meeting: Meeting) -> None:
    other = a_session(
        a_campaign("other", host=meeting.host, starts_on=date(2021, 3, 1), ends_on=date(2021, 3, 31)),
        region=a_region("AKT", "150000000"),
        starts_on=date(2021, 3, 1),
        ends_on=date(2021, 3, 2),
    )
    assert found(get, "campaigns", "slug") == ["other", "days-2021"]
    assert found(get, "campaigns?on=2021-02-18", "slug") == ["days-2021"]
    assert found(get, "sessions?campaign=other", "id") == [other.public_id]
    assert found(get, "sessions?region=11", "id") == [meeting.session.public_id]
    assert get("campaigns/other").json()["slug"] == "other"


def test_a_place_tells_its_path_and_a_region_its_letters(get: Get, meeting: Meeting) -> None:
    assert get("places/113200000").json() == {
        "kato": "113200000",
        "level": "district",
        "is_city": False,
        "name": {"kk": "Ақкөл ауданы", "ru": "Аккольский район", "en": "Akkol District"},
        "path": {
            "kk": "Ақмола облысы › Ақкөл ауданы",
            "ru": "Акмолинская область › Аккольский район",
            "en": "Akmola Region › Akkol District",
        },
        "parent": "110000000",
        "letters": None,
        "iso": None,
        "valid_from": None,
        "valid_to": None,
    }
    region = get("places/110000000").json()
    assert (region["letters"], region["iso"], region["parent"]) == ("AKM", "KZ-11", None)


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("level=region", 20),
        ("level=region&on=2021-02-12", 17),
        ("parent=110000000", 20),
        ("parent=110000000&on=2021-02-12", 19),
        ("search=аккол", 1),
        ("search=%D0%B0%D2%9B%D0%BA%D3%A9%D0%BB&level=region", 0),
    ],
)
def test_places_are_filtered(get: Get, query: str, total: int) -> None:
    assert get(f"places?{query}").json()["total"] == total


def test_bodies_are_filtered_and_tell_where_they_stand(get: Get, meeting: Meeting) -> None:
    ministry = meeting.host
    unit = a_body("Unit", "directorate")
    unit.parent, unit.place = ministry, Place.objects.get(kato="110000000")
    unit.save()
    row = get(f"organisations/{unit.public_id}").json()
    assert (row["parent"], row["place"], row["bin"]) == (ministry.public_id, "110000000", None)
    assert found(get, "organisations?kind=directorate", "id") == [unit.public_id]
    assert found(get, "organisations?place=110000000", "id") == [unit.public_id]


def test_a_question_tells_its_answer_and_what_is_due(get: Get, ask: Callable[..., Question]) -> None:
    aloud, owed = ask("When will it open?"), ask("Who will pay for it?")
    answer_aloud(
        aloud,
        by=None,
        at=NOON,
        spoken=SpokenAnswer(answered_by="Chair", second=62, summary="In May.", language="en"),
    )
    assign_question(owed, organisation=a_body("Unit"), due_on=date(2021, 3, 1), by=None, at=NOON)
    first, second = get("questions").json()["rows"]
    assert first["answer"] == {
        "form": "aloud",
        "by": "Chair",
        "second": 62,
        "text": "In May.",
        "language": "en",
        "at": "2021-02-18T06:00:00Z",
        "texts": None,
    }
    assert (second["state"], second["due"]) == (
        "assigned",
        {"unit": {"kk": "Unit", "ru": "Unit", "en": "Unit"}, "on": "2021-03-01"},
    )
    assert get(f"questions/{aloud.code}").json() == first
    assert found(get, "questions?state=answered", "code") == [aloud.code]
    assert found(get, "questions?state=assigned", "code") == [owed.code]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("meeting=akm-1", 2),
        ("meeting=AKM-2", 0),
        ("campaign=days-2021", 2),
        ("region=11", 2),
        ("region=15", 0),
        ("language=kk", 1),
        ("state=open", 2),
        ("state=answered", 0),
        ("since=2021-02-18&until=2021-02-18", 2),
        ("since=2021-02-19", 0),
        ("until=2021-02-17", 0),
    ],
)
def test_questions_are_filtered(get: Get, ask: Callable[..., Question], query: str, total: int) -> None:
    ask()
    ask("Орталық қашан ашылады?", language="kk")
    assert get(f"questions?{query}").json()["total"] == total
