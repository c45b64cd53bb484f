"""The home page: what is on, next and closed, with numbers that open onto their rows."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories import a_meeting, a_user, grant
from portal.conftest import HOUR, MORNING, Days, answer, ask

QUERIES = 10


@pytest.mark.django_db
def test_an_empty_site_says_what_to_do(client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert re.findall(r'class="empty-title">([^<]+)<', page) == [
        "No meeting is on at this moment",
        "No further meetings are planned yet",
    ]


@time_machine.travel(MORNING + HOUR, tick=False)
def test_each_meeting_stands_under_its_heading(client: Client, days: Days) -> None:
    page = client.get("/en/").content.decode()
    sections = re.split(r'<h2 id="(now|next|map|recent)">', page)
    shown = {
        name: re.findall(r'class="card-link"\s+href="/en/rooms/([^/]+)/"', text)
        for name, text in zip(sections[1::2], sections[2::2], strict=True)
    }
    assert shown == {
        "now": [days.now.code],
        "next": [days.planned.code],
        "map": [],
        "recent": [days.closed.code],
    }


@time_machine.travel(MORNING + HOUR, tick=False)
def test_the_numbers_of_the_campaign_are_the_lengths_of_their_lists(client: Client, days: Days) -> None:
    answer(ask(days.now, "Когда откроется молодёжный центр?"))
    ask(days.now, "Будет ли интернет в отдалённых аулах?")
    home = client.get("/en/").content.decode()
    figures = home.partition('class="figures"')[2].partition("</ul>")[0]
    found = re.findall(r'href="([^"]+)"><b>(\d+)</b>', figures)
    assert [number for _, number in found][-2:] == ["2", "1"]
    for href, number in found[-2:]:
        listed = client.get(href.replace("&amp;", "&")).content.decode()
        assert listed.count('class="register-row"') == int(number)


@time_machine.travel(MORNING + HOUR, tick=False)
@pytest.mark.parametrize("more", [0, 4])
def test_the_home_asks_the_same_number_of_queries_for_any_number_of_meetings(
    client: Client, days: Days, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hours in range(more):
        start = MORNING + timedelta(hours=hours)
        a_meeting(days.now.session, is_open=True, starts_at=start, ends_at=start + HOUR)
    client.get("/en/")
    with django_assert_num_queries(QUERIES):
        client.get("/en/")


@time_machine.travel(MORNING + HOUR, tick=False)
def test_a_tile_says_how_many_meetings_and_that_one_is_on(client: Client, days: Days) -> None:
    page = client.get("/en/").content.decode()
    tile = page.partition('href="/en/regions/11/"')[2].partition("</a>")[0]
    assert re.findall(r"<b>(\d+)</b>", tile) == ["3"]
    assert tile.count("On now") == 1


@time_machine.travel(MORNING + HOUR, tick=False)
def test_a_meeting_shows_its_day_and_zone_in_the_readers_language(client: Client, days: Days) -> None:
    page = client.get("/kk/").content.decode()
    assert re.findall(r"жұма, <span class=\"clock\">(10:00–12:00)<", page) == ["10:00–12:00"]
    assert page.count("2026 жылғы 20 қараша") == 3


@time_machine.travel(MORNING + HOUR, tick=False)
@pytest.mark.parametrize(("role", "desks"), [("moderator", ["now", "planned"]), ("editor", []), ("", [])])
def test_a_moderator_finds_the_desks_of_their_rooms(
    client: Client, days: Days, role: str, desks: list[str]
) -> None:
    if role:
        client.force_login(grant(a_user(role), role, days.now.host))
    page = client.get("/en/").content.decode()
    assert re.findall(r'href="/en/rooms/([^/]+)/desk/"', page) == [getattr(days, name).code for name in desks]
