"""The pages of coverage: numbers that lead to their lists, and nothing of what is not public."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from answer_coverage.asked import Story, asked
from factories import NOON, a_body, a_meeting, a_region, a_session
from kenes.core.figure import Figure
from kenes.coverage import lists
from kenes.coverage.figures import CLASSES, DEFINITIONS
from kenes.programme.models import Meeting

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
STORIES = [
    *[Story("answered", answer="in_time", working_days=days) for days in (3, 5, 9)],
    Story("answered", answer="aloud"),
    *[Story("assigned", due_on=TODAY - timedelta(days=days)) for days in (1, 2)],
    Story("assigned", due_on=TODAY),
    Story("held"),
    Story("refused"),
    Story("withdrawn"),
]


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting()


def page(client: Client, path: str = "", **query: str) -> str:
    answer = client.get(f"/en/coverage/{path}", query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_every_number_leads_to_a_list_of_that_length(client: Client, meeting: Meeting) -> None:
    for story in STORIES:
        asked(meeting, story)
    overview = page(client)
    found = re.findall(r'<a href="(/en/coverage/[a-z_]+/)">[^<]+</a></span> </th> <td[^>]*>(\d+)<', overview)
    lengths = [
        (href, page(client, href.removeprefix("/en/coverage/")).count("<article")) for href, _n in found
    ]
    assert [(href, int(number)) for href, number in found] == lengths
    assert (len(found), sum(length for _href, length in lengths)) == (len(CLASSES), len(STORIES))


@pytest.mark.parametrize("figure", DEFINITIONS, ids=lambda figure: figure.name)
def test_a_figure_shows_its_definition(figure: Figure, client: Client, meeting: Meeting) -> None:
    asked(meeting, STORIES[0])
    shown = page(client, f"{figure.name}/")
    assert (escape(str(figure.words)) in shown, figure.key in shown) == (True, True)


def test_the_pages_of_a_percentile_say_its_days_and_how_many_it_was_taken_from(
    client: Client, meeting: Meeting
) -> None:
    for story in STORIES:
        asked(meeting, story)
    shown = page(client, "working_days_median/")
    assert re.findall(r"<b> (\d+) working days|Taken from (\d+) written", shown) == [("5", ""), ("", "3")]


def test_the_texts_of_held_and_withdrawn_questions_are_not_shown(client: Client, meeting: Meeting) -> None:
    codes = {story.state: asked(meeting, story).code for story in STORIES[-3:]}
    shown = page(client, "asked/")
    csv = client.get("/en/coverage/asked.csv")
    told = csv.getvalue().decode()
    assert re.findall(r"Question \d", shown) == re.findall(r"Question \d", told) == ["Question 2"]
    assert [code in shown and code in told for code in codes.values()] == [True, True, True]


def test_a_page_of_many_takes_the_same_queries_as_of_few(
    client: Client, meeting: Meeting, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _round in range(15):
        for story in STORIES:
            asked(meeting, story)
    with django_assert_max_num_queries(12):
        page(client)
    with django_assert_max_num_queries(8):
        page(client, "asked/")


def test_a_scope_goes_along_to_the_lists_and_parts(client: Client, meeting: Meeting) -> None:
    other = a_meeting(a_session(meeting.session.campaign, region=a_region("KST", "390000000")))
    for where in (meeting, other, other):
        asked(where, STORIES[0])
    parts = page(client)
    assert "/en/coverage/?region=39" in parts
    narrowed = page(client, region="39")
    assert "/en/coverage/answered_in_time/?region=39" in narrowed
    assert page(client, "answered_in_time/", region="39").count("<article") == 2


def test_every_page_says_what_its_numbers_are_narrowed_to_and_leaves_it_out_again(
    client: Client, meeting: Meeting
) -> None:
    session = meeting.session
    query = {
        "campaign": (session.campaign.slug, session.campaign.title_en),
        "session": (session.public_id, session.title_en),
        "meeting": (meeting.code, meeting.title_en),
        "region": ("11", session.region.name_en),
        "sphere": ("youth", "Youth"),
        "body": (meeting.host.public_id, "Ministry"),
        "since": ("2021-01-01", "asked from 1 January 2021"),
    }
    for name, (value, told) in query.items():
        for path in ("", "asked/"):
            shown = page(client, path, **{name: value})
            assert re.findall(r"<li> <b><span >([^<]*)</span> ?</b> <a [^>]*href=\"([^\"]*)\"", shown) == [
                (told, f"/en/coverage/{path}")
            ]
    assert "coverage-narrowed" not in page(client)


def test_a_period_is_told_beside_the_one_before_in_numbers_and_shares(
    client: Client, meeting: Meeting
) -> None:
    for day, story in ((10, STORIES[0]), (11, STORIES[1]), (12, Story("open")), (8, STORIES[2])):
        asked(meeting, story, at=NOON.replace(month=3, day=day))
    asked(meeting, Story("open"), at=NOON.replace(month=3, day=9))
    asked(meeting, Story("open"), at=NOON.replace(month=3, day=9))
    shown = page(client, since="2021-03-10", until="2021-03-12")
    assert "Answered: 2, that is 67 %. In the period before: 1, that is 33 %." in shown
    rows = re.findall(r"<a href=\"/en/coverage/answered_in_time/[^<]*</a></span> </th>(.*?)</tr>", shown)
    assert [re.findall(r">(\d+)<", row) for row in rows] == [["2", "67", "1", "33"]]
    told = re.findall(r"in the period before: (\d+ working days)", shown)
    assert told == ["9 working days", "9 working days"]


def test_what_a_filter_cannot_mean_is_said_and_narrows_nothing(client: Client, meeting: Meeting) -> None:
    asked(meeting, STORIES[0])
    shown = page(client, since="yesterday")
    assert ("Enter a valid date." in shown, "1 question asked" in shown) == (True, True)


def test_an_unknown_figure_is_not_found(client: Client, db: None) -> None:
    assert [client.get(f"/en/coverage/{path}").status_code for path in ("nothing/", "nothing.csv")] == [
        404,
        404,
    ]


def test_where_nothing_was_asked_the_page_says_what_to_do(client: Client, db: None) -> None:
    assert "Choose a longer period" in page(client)


def test_the_csv_has_every_part(client: Client, meeting: Meeting) -> None:
    unit = a_body("Directorate", "directorate")
    asked(meeting, STORIES[0])
    asked(meeting, Story("assigned", due_on=TODAY, unit=unit))
    lines = client.get("/en/coverage.csv").content.decode().splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["", "", "2"],
        ["By sphere", "Family", "2"],
        ["By sphere", "Youth", "2"],
        ["By body", "Directorate", "1"],
        ["By body", "Ministry", "1"],
    ]


def test_the_list_as_csv_is_whole(client: Client, meeting: Meeting) -> None:
    for _round in range(60):
        for story in STORIES:
            asked(meeting, story)
    lines = client.get("/en/coverage/asked.csv").getvalue().decode().splitlines()
    assert len(lines) == 1 + 60 * len(STORIES)
    assert lines[0] == "\ufeff" + ",".join(lists.CSV_HEADER)
