"""Regions: the list, its CSV, and a region's page."""

import csv
import io
import re

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories import a_meeting
from portal.conftest import HOUR, MORNING, Days, answer, ask

REGION_QUERIES = 6


@time_machine.travel(MORNING, tick=False)
def test_the_list_has_the_regions_of_today(client: Client, days: Days) -> None:
    page = client.get("/en/regions/").content.decode()
    assert len(re.findall(r'<th scope="row">', page)) == 20


@time_machine.travel("2021-02-18T06:00Z", tick=False)
def test_the_list_of_2021_has_the_regions_of_2021(client: Client, days: Days) -> None:
    page = client.get("/en/regions/").content.decode()
    assert len(re.findall(r'<th scope="row">', page)) == 17


@time_machine.travel(MORNING, tick=False)
def test_the_csv_has_the_numbers_of_the_page(client: Client, days: Days) -> None:
    answer(ask(days.now, "Когда откроется центр?"))
    ask(days.now, "Будет ли интернет?")
    text = client.get("/en/regions/list.csv").content.decode("utf-8-sig")
    rows = {row["Region"]: row for row in csv.DictReader(io.StringIO(text))}
    akmola = rows["Akmola Region"]
    assert (akmola["Meetings"], akmola["Questions"], akmola["Answered"]) == ("3", "2", "1")


@pytest.mark.parametrize("number", ["99", "1", "abc", "1100"])
@pytest.mark.django_db
def test_an_unknown_region_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"/en/regions/{number}/").status_code == 404


@time_machine.travel(MORNING, tick=False)
@pytest.mark.parametrize("more", [0, 3])
def test_a_region_asks_the_same_number_of_queries_for_any_number_of_meetings(
    client: Client, days: Days, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        start = MORNING + number * HOUR
        ask(a_meeting(days.now.session, is_open=True, starts_at=start, ends_at=start + HOUR), "Когда?")
    client.get("/en/regions/11/")
    with django_assert_num_queries(REGION_QUERIES):
        client.get("/en/regions/11/")


@time_machine.travel(MORNING, tick=False)
def test_a_region_shows_its_meetings_places_and_questions(client: Client, days: Days) -> None:
    ask(days.now, "Будет ли интернет?")
    page = client.get("/ru/regions/11/").content.decode()
    assert len(re.findall(r'class="card-link"\s+href="/ru/rooms/', page)) == 3
    assert page.count("Аккольский район") == 1
    assert page.count('class="question-row"') == 1
