"""The register's page: filters in the address, pages by key, counts, files, feed, API."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from answer_coverage.asked import paused
from factories import NOON, a_body, a_meeting, a_region, a_session
from kenes.deadlines.models import Term
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions
from kenes.register.queries import RegisterFilter, counts_of, page_of
from kenes.register.tasks import make_waiting_exports
from questions.acts import a_question, ask
from register.reading import RUSSIAN, asked, found, read_all

LATER = NOON + timedelta(minutes=5)
# Counts with their meetings, choices (2), the page's ids and rows, answers, assignments, terms.
LIST_QUERIES = 9


def codes(page: str) -> list[str]:
    return re.findall(r'class="code" href="[^"]*">(AKM-\d+-\d+)<', page)


def page_at(client: Client, query: str = "") -> str:
    return client.get(f"/en/register/?{query}").content.decode()


@pytest.fixture
def filled(guest: Participant, unit: Organisation) -> dict[str, str]:
    """One question in each of the states a reader tells apart."""
    states = ("open", "assigned", "answered", "refused")
    questions = {state: a_question(state, guest, unit) for state in states}
    read_all()
    return {state: question.code for state, question in questions.items()}


def test_the_list_shows_every_state_with_its_outcome(client: Client, filled: dict[str, str]) -> None:
    page = page_at(client)
    assert codes(page) == sorted(filled.values(), reverse=True)
    assert page.count("The plan has 55 points.") == 1
    assert page.count("answer due on Friday, 5 March 2021") == 1
    assert page.count("Ground of the refusal: Not on the meeting&#x27;s subject") == 1


@pytest.mark.parametrize("state", ["open", "assigned", "answered", "refused"])
def test_the_list_is_narrowed_by_state(client: Client, filled: dict[str, str], state: str) -> None:
    assert codes(page_at(client, f"state={state}")) == [filled[state]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("region=11", 4),
        ("region=75", 0),
        ("sphere=youth", 4),
        ("sphere=family", 4),
        ("sphere=media", 0),
        ("language=en", 4),
        ("language=kk", 0),
        ("channel=room", 4),
        ("channel=phone", 0),
        ("meeting=AKM-1", 4),
        ("meeting=akm-1", 4),
        ("meeting=AKM-2", 0),
        ("campaign=days-2021", 4),
        ("campaign=other", 0),
        ("since=2021-02-18&until=2021-02-18", 4),
        ("since=2021-02-19", 0),
        ("until=2021-02-17", 0),
        ("late=on", 1),
        ("q=centre", 4),
        ("q=centre&state=open", 1),
        ("q=nothing", 0),
        ("sphere=nonsense", 4),
        ("since=yesterday", 4),
        ("state=nonsense", 4),
        ("region=%27%22", 4),
    ],
)
def test_every_filter_stands_in_the_address(
    client: Client, filled: dict[str, str], query: str, expected: int
) -> None:
    assert len(codes(page_at(client, query))) == expected


def test_while_its_clock_stands_an_answer_does_not_become_late(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    standing, running = (a_question("assigned", guest, unit) for _ in range(2))
    term = Term.objects.get(object_id=standing.code)
    paused(term, since=term.due_on)
    read_all()
    page = page_at(client, "late=on")
    assert (codes(page), page.count('class="late"')) == ([running.code], 1)
    assert page_at(client).count('class="late"') == 1


def test_a_body_is_found_by_what_it_owes_and_what_it_answered(guest: Participant, unit: Organisation) -> None:
    a_question("open", guest, unit)
    owed = a_question("assigned", guest, unit)
    assert found(body=unit.public_id) == [owed.code]
    assert found(body=a_body("Other").public_id) == []


def test_counts_are_those_of_the_lists_they_open(guest: Participant, unit: Organisation) -> None:
    for state in ("open", "open", "assigned", "answered", "refused", "held", "withdrawn"):
        a_question(state, guest, unit)
    other = a_meeting(a_session(guest.meeting.session.campaign, region=a_region("KST", "390000000")))
    ask(join_meeting(other, name="Guest", user=None, previous=None, at=NOON))
    counts = counts_of(RegisterFilter())
    assert (counts.total, dict(counts.groups)) == (6, {"open": 3, "assigned": 1, "answered": 1, "refused": 1})
    for region, number in counts.regions.items():
        assert len(found(region=region)) == number
    for sphere, number in counts.spheres.items():
        assert len(found(sphere=sphere)) == number
    narrowed = counts_of(RegisterFilter(region="11", group="open"))
    assert (narrowed.total, dict(narrowed.regions), narrowed.all_groups) == (2, {"11": 2, "39": 1}, 5)


def test_pages_neither_repeat_nor_leave_out_what_is_asked_meanwhile(guest: Participant) -> None:
    before = [question.code for question in asked(guest, *[f"Вопрос {number}" for number in range(5)])]
    first = page_of(RegisterFilter(), size=2)
    asked(guest, "Вопрос, заданный тем временем")
    second = page_of(RegisterFilter(), size=2, after=first.after or "")
    third = page_of(RegisterFilter(), size=2, after=second.after or "")
    seen = [question.code for page in (first, second, third) for question in page.questions]
    assert seen == before[::-1]
    assert third.after is None


def test_pages_by_relevance_go_on_after_the_last(guest: Participant) -> None:
    asked(guest, *[f"Центр {'и ещё слово ' * number}" for number in range(5)])
    first = page_of(RegisterFilter(words="центр"), sort="relevance", size=3)
    second = page_of(RegisterFilter(words="центр"), sort="relevance", size=3, after=first.after or "")
    seen = [question.code for page in (first, second) for question in page.questions]
    assert seen == [f"AKM-1-000{number}" for number in (1, 2, 3, 4, 5)]
    assert second.after is None


def test_where_the_best_matches_end_the_page_says_that_there_are_more(
    client: Client, guest: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("queries.matched", "views"):
        monkeypatch.setattr(f"kenes.register.{module}.RANKED", 3)
    asked(guest, *[f"Центр номер {number}" for number in range(3)])
    assert "best matches" not in page_at(client, "q=центр")
    asked(guest, "Ещё один центр")
    shown = page_at(client, "q=центр")
    assert (len(codes(shown)), shown.count("Only the 3 best matches are put in order.")) == (3, 1)
    assert 'href="?q=%D1%86%D0%B5%D0%BD%D1%82%D1%80&amp;sort=newest"' in shown
    assert len(codes(page_at(client, "q=центр&sort=newest"))) == 4


@pytest.mark.parametrize("after", ["x", "1.5", "-1", "9" * 30])
def test_a_place_that_is_none_is_refused(client: Client, db: None, after: str) -> None:
    assert client.get(f"/en/register/?after={after}").status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client,
    guest: Participant,
    unit: Organisation,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        a_question("assigned", guest, unit)
        a_question("answered", guest, unit)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(codes(page_at(client))) == 2 * number


def test_an_unchanged_list_is_not_sent_again(client: Client, filled: dict[str, str]) -> None:
    etag = client.get("/en/register/").headers["ETag"]
    assert client.get("/en/register/", headers={"If-None-Match": etag}).status_code == 304


def test_words_are_marked_and_markup_stays_text(client: Client, guest: Participant) -> None:
    asked(guest, '<b>центр</b> и "центр"')
    page = page_at(client, "q=центры")
    assert page.count("&lt;b&gt;<mark>центр</mark>&lt;/b&gt;") == 1


@pytest.mark.parametrize(
    ("query", "said"), [("", "Nobody has asked yet"), ("q=nothing", "No questions here")]
)
def test_an_empty_list_says_what_to_do(client: Client, db: None, query: str, said: str) -> None:
    assert page_at(client, query).count(said) == 1


HIDDEN = ["hidden-name", "hidden-insult"]


def test_no_page_file_feed_or_api_tells_a_hidden_name_or_an_abusive_text(
    client: Client, meeting: Meeting
) -> None:
    guest = join_meeting(meeting, name="hidden-name", user=None, previous=None, at=NOON)
    ask(guest, "Shown text?", is_anonymous=True)
    abusive = ask(guest, "A hidden-insult", is_anonymous=True)
    actions.refuse_question(abusive, by=None, at=LATER, ground="abuse", reason="hidden-insult")
    read_all()
    paths = ["register/", "register.csv", "register.atom", f"register/?q={abusive.code}"]
    answers = [client.get(f"/en/{path}") for path in paths] + [client.get("/api/v1/register/")]
    texts = [
        b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
        for answer in answers
    ]
    assert [secret for secret in HIDDEN if any(secret in text for text in texts)] == []
    assert all(abusive.code in text for text in texts)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_csv_has_the_whole_list_and_runs_no_formula(client: Client, guest: Participant) -> None:
    asked(guest, "=HYPERLINK(1)", "Обычный вопрос?")
    answer = client.get("/en/register.csv?q=hyperlink")
    rows = rows_of(b"".join(answer.streaming_content).decode())
    assert [(row["Code"], row["Question"]) for row in rows] == [("AKM-1-0001", "'=HYPERLINK(1)")]


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_worker_makes_the_file_that_is_asked_for(
    client: Client, settings: Any, tmp_path: Path, file_format: str
) -> None:
    settings.DATA_DIR = tmp_path
    guest = join_meeting(a_meeting(is_open=True), name="hidden-name", user=None, previous=None, at=NOON)
    ask(guest, RUSSIAN, language="ru", is_anonymous=True)
    ask(guest, "Something else?", language="en")
    read_all()
    answer = client.post("/en/register/exports/?q=центры&after=7", {"format": file_format})
    assert answer.status_code == 303
    again = client.post("/en/register/exports/?q=центры", {"format": file_format})
    assert again.url == answer.url
    assert client.get(answer.url).content.decode().count("The file is being prepared") == 1
    assert client.get(f"{answer.url}file").status_code == 404
    assert make_waiting_exports() == 1
    assert client.get(answer.url).content.decode().count("The file is ready: 1 question") == 1
    body = b"".join(client.get(f"{answer.url}file").streaming_content)
    if file_format == "csv":
        assert [row["Question"] for row in rows_of(body.decode())] == [RUSSIAN]
    else:
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(body)).active
        assert [row[8].value for row in sheet.iter_rows()] == ["Question", RUSSIAN]


def test_a_file_that_nobody_asked_for_is_not_found(client: Client, db: None) -> None:
    assert client.get("/en/register/exports/nosuchthing0/").status_code == 404


def test_a_long_list_is_sent_to_where_a_file_is_asked_for(
    client: Client, guest: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kenes.register.views.LARGEST_AT_ONCE", 1)
    asked(guest, RUSSIAN, "Ещё вопрос?")
    answer = client.get("/en/register.csv?language=ru&after=9")
    assert (answer.status_code, answer.url) == (302, "/en/register/?language=ru#download")
    assert page_at(client).count("Prepare all as CSV") == 1


ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_a_feeds_entry_keeps_its_id_when_it_is_answered(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    (question,) = asked(guest, RUSSIAN)
    before = entries(client)
    actions.assign_question(question, organisation=unit, due_on=date(2021, 3, 12), by=None, at=LATER)
    after = entries(client)
    assert before == {"tag:127.0.0.1,2026:question/AKM-1-0001": f"AKM-1-0001: {RUSSIAN}"}
    assert after == before


def test_a_feed_is_whole_by_its_rules_and_markup_in_it_stays_text(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    (question,) = asked(guest, "<img src=x onerror=alert(1)> центр & школа?")
    feed = ET.fromstring(client.get("/ru/register.atom?q=центр").content)
    assert [feed.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "updated")] == [
        "tag:127.0.0.1,2026:register?q=%D1%86%D0%B5%D0%BD%D1%82%D1%80",
        "Реестр вопросов: центр",
        "2021-02-18T06:00:00+00:00",
    ]
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "Кенес"
    (entry,) = feed.findall("a:entry", ATOM)
    summary = entry.find("a:summary", ATOM)
    assert summary is not None
    assert (summary.get("type"), (summary.text or "").count("<p>&lt;img src=x")) == ("html", 1)
    actions.assign_question(question, organisation=unit, due_on=date(2021, 3, 12), by=None, at=LATER)
    later = ET.fromstring(client.get("/ru/register.atom?q=центр").content)
    assert later.findtext("a:entry/a:updated", namespaces=ATOM) == "2021-02-18T06:05:00+00:00"


def entries(client: Client) -> dict[str, str]:
    feed = ET.fromstring(client.get("/ru/register.atom?q=центр").content)
    return {
        entry.findtext("a:id", namespaces=ATOM) or "": entry.findtext("a:title", namespaces=ATOM) or ""
        for entry in feed.findall("a:entry", ATOM)
    }


def test_the_api_has_the_same_filters_and_pages_by_key(client: Client, filled: dict[str, str]) -> None:
    first = client.get("/api/v1/register/?size=3").json()
    second = client.get(f"/api/v1/register/?size=3&after={first['after']}").json()
    rows = [row["code"] for page in (first, second) for row in page["rows"]]
    assert (rows, first["total"], second["after"]) == (sorted(filled.values(), reverse=True), 4, None)
    late = client.get("/api/v1/register/?late=true").json()["rows"]
    assert [(row["code"], row["due"]["on"]) for row in late] == [(filled["assigned"], "2021-03-05")]


@pytest.mark.parametrize("query", ["nosuch=1", "after=x", "size=0", "state=held"])
def test_the_api_refuses_what_it_does_not_know(client: Client, db: None, query: str) -> None:
    assert client.get(f"/api/v1/register/?{query}").status_code == 422


def test_the_register_is_read_anew_by_a_command(
    guest: Participant, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.core.management import call_command

    asked(guest, RUSSIAN)
    call_command("reindex_register")
    assert capsys.readouterr().out == "Questions read: 1\n"
    assert found("центр") == ["AKM-1-0001"]
