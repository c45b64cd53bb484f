"""The programme's public pages."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from factories import NOON, a_body, a_campaign, a_meeting, a_region, a_session, a_user, grant
from kenes.programme.actions import close_meeting, open_meeting
from kenes.programme.models import Campaign, Meeting

pytestmark = pytest.mark.django_db


def shown(text: str) -> str:
    return " ".join(text.split())


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return shown(response.content.decode())


def codes(text: str) -> list[str]:
    """The codes of the rooms that a page links to, in order, each once."""
    parts = text.split("/rooms/")[1:]
    return list(dict.fromkeys(part.partition("/")[0] for part in parts))


def meetings(count: int) -> Campaign:
    session = a_session()
    for n in range(count):
        a_meeting(session, starts_at=NOON + timedelta(days=n), ends_at=NOON + timedelta(days=n, hours=1))
    return session.campaign


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_answers_in_every_language(client: Client, language: str) -> None:
    meeting = a_meeting()
    session = meeting.session
    for path in [
        "campaigns/",
        "campaigns/days-2021/",
        f"campaigns/days-2021/{session.public_id}/",
        "spheres/youth/",
        "spheres/media/",
    ]:
        assert f'<html lang="{language}"' in page(client, f"/{language}/{path}")


@pytest.mark.parametrize(
    "path",
    [
        "campaigns/none/",
        "campaigns/none/meetings.csv",
        "campaigns/none/calendar.ics",
        "campaigns/days-2021/0123456789ab/",
        "spheres/weather/",
        "meetings/AKM-9.ics",
        "campaigns/%D0%B6/",
        "campaigns/../../etc/passwd/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    a_meeting()
    assert client.get(f"/ru/{path}").status_code == 404


def test_a_session_is_found_in_its_own_campaign_only(client: Client) -> None:
    session = a_session()
    a_campaign("days-2022")
    assert client.get(f"/ru/campaigns/days-2022/{session.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("campaigns/", "There is no campaign yet."),
        ("spheres/youth/", "No meeting of this sphere is planned yet."),
    ],
)
def test_an_empty_list_says_what_to_do(client: Client, path: str, words: str) -> None:
    assert page(client, f"/en/{path}").count(words) == 1


def test_an_empty_campaign_and_an_empty_session_say_what_to_do(client: Client) -> None:
    session = a_session()
    assert page(client, "/en/campaigns/days-2021/").count("No meeting is planned yet.") == 1
    text = page(client, f"/en/campaigns/days-2021/{session.public_id}/")
    assert text.count("No meeting of this session is planned yet.") == 1


def test_meetings_stand_under_their_days_in_order(client: Client) -> None:
    meetings(3)
    text = page(client, "/en/campaigns/days-2021/")
    assert codes(text) == ["AKM-1", "AKM-2", "AKM-3"]
    assert [text.count(day) for day in ("Thursday, 18 February 2021", "Friday, 19 February 2021")] == [1, 1]


def test_a_meeting_stands_under_the_day_its_place_has(client: Client) -> None:
    late = NOON.replace(hour=19)
    a_meeting(starts_at=late, ends_at=late + timedelta(hours=1))
    assert page(client, "/en/campaigns/days-2021/").count("Friday, 19 February 2021") == 1


def filtered_campaign() -> None:
    campaign = a_campaign()
    akmola, kostanay = a_session(campaign), a_session(campaign, region=a_region("KST", "390000000"))
    a_meeting(akmola)
    a_meeting(akmola, sphere="media", second_sphere="", format="in_person", is_open=True)
    a_meeting(kostanay, sphere="religion", second_sphere="youth")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["AKM-1", "AKM-2", "KST-1"]),
        ("sphere=youth", ["AKM-1", "KST-1"]),
        ("sphere=media", ["AKM-2"]),
        ("region=39", ["KST-1"]),
        ("state=open", ["AKM-2"]),
        ("format=in_person", ["AKM-2"]),
        ("sphere=youth&region=11", ["AKM-1"]),
        ("sphere=religion&region=11", []),
        ("sphere=weather&region=99&state=%00&format=%27", ["AKM-1", "AKM-2", "KST-1"]),
        ("page=2&sphere=media&sphere=youth", ["AKM-1", "KST-1"]),
    ],
)
def test_the_address_narrows_the_page_and_its_file_alike(
    client: Client, query: str, expected: list[str]
) -> None:
    filtered_campaign()
    assert codes(page(client, f"/ru/campaigns/days-2021/?{query}")) == expected
    response = client.get(f"/ru/campaigns/days-2021/meetings.csv?{query}")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [row["code"] for row in rows] == expected


def test_a_narrowed_list_that_is_empty_leads_back_to_all(client: Client) -> None:
    filtered_campaign()
    text = page(client, "/en/campaigns/days-2021/?sphere=religion&region=11")
    assert text.count("No meeting fits what you chose.") == 1


def test_numbers_are_planned_of_intended_and_lead_to_their_meetings(client: Client) -> None:
    region = a_region()
    campaign = a_campaign(intended_meetings=14, region_targets={region: 5})
    session = a_session(campaign)
    meeting = a_meeting(session)
    a_meeting(session, sphere="media", second_sphere="")
    open_meeting(meeting, by=None, at=NOON)
    close_meeting(meeting, by=None, at=NOON)
    text = re.sub(r" ?(<[^>]+>) ?", r"\1", page(client, "/en/campaigns/days-2021/"))
    assert text.count("<strong>2 of 14 intended meetings</strong>") == 1
    assert text.count('<a href="?region=11#meetings">2 of 5 intended meetings</a>') == 1
    assert text.count('<a href="?sphere=media#meetings">1 meeting</a>') == 1
    assert text.count('<a href="?state=closed#meetings">1 held and closed</a>') == 1


def test_a_text_that_is_missing_in_the_readers_language_says_which_it_is(client: Client) -> None:
    a_campaign(title={"ru": "Дни министерства"})
    text = page(client, "/en/campaigns/days-2021/")
    assert (
        text.count('<span lang="ru">Дни министерства</span> <span class="fallback-note">in Russian only') == 1
    )


def test_markup_in_a_title_is_only_text(client: Client) -> None:
    a_meeting(title={"en": "<script>alert(1)</script>"})
    text = page(client, "/en/campaigns/days-2021/")
    assert (text.count("<script>alert"), text.count("&lt;script&gt;alert(1)")) == (0, 1)


def test_only_an_editor_of_the_host_sees_the_way_to_edit(client: Client) -> None:
    campaign = a_campaign()
    link = f"/admin/programme/campaign/{campaign.pk}/change/"
    editor = grant(a_user("editor"), "editor", campaign.host)
    stranger = grant(a_user("stranger"), "editor", a_body("Elsewhere"))
    seen = []
    for user in (None, stranger, editor):
        if user is not None:
            client.force_login(user)
        seen.append(page(client, "/en/campaigns/days-2021/").count(link))
    assert seen == [0, 0, 1]


def test_acts_are_not_taken_by_pages_that_only_show(client: Client) -> None:
    a_meeting()
    assert client.post("/ru/campaigns/days-2021/").status_code == 405


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_number_of_queries_does_not_grow_with_the_meetings(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    meetings(count)
    session = Meeting.objects.first().session  # type: ignore[union-attr]
    for path, queries in [
        ("campaigns/", 1),
        ("campaigns/days-2021/", 6),
        (f"campaigns/days-2021/{session.public_id}/", 3),
        ("spheres/youth/", 3),
        ("campaigns/days-2021/meetings.csv", 5),
        ("campaigns/days-2021/calendar.ics", 5),
    ]:
        with django_assert_num_queries(queries):
            assert client.get(f"/ru/{path}").status_code == 200


def test_an_editor_who_is_signed_in_needs_no_more_than_ten_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    campaign = meetings(3)
    client.force_login(grant(a_user(), "editor", campaign.host))
    with django_assert_num_queries(9):
        client.get("/ru/campaigns/days-2021/")


def test_a_sphere_shows_its_meetings_by_pages_the_latest_first(client: Client) -> None:
    meetings(61)
    assert codes(page(client, "/ru/spheres/family/"))[:2] == ["AKM-61", "AKM-60"]
    assert codes(page(client, "/ru/spheres/family/?page=2")) == ["AKM-1"]
    assert codes(page(client, "/ru/spheres/family/?page=%00")) == codes(page(client, "/ru/spheres/family/"))
