"""The public list, its filters, its CSV, and a commitment's page with its whole story."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from commitments.promises import (
    DUE,
    LATER,
    TEXT,
    a_commitment,
    a_keeper,
    a_report,
    an_executor,
    lead_of,
    submitted,
)
from factories import NOON, a_body, a_meeting, a_region, a_session
from kenes.commitments import actions
from kenes.commitments.actions import Proof
from kenes.commitments.models import Commitment
from kenes.commitments.queries.single import REPEATS
from kenes.commitments.sources import Source
from kenes.links.actions import link
from kenes.links.models import End
from kenes.programme.actions import join_meeting, open_meeting
from kenes.programme.models import Meeting
from kenes.questions.actions import hold_question
from questions.acts import ask

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting()


@pytest.fixture
def some(meeting: Meeting) -> dict[str, Commitment]:
    """One commitment in each way of standing on the day after the date."""
    bodies = {name: a_body(f"Body {name}") for name in ("open", "late", "kept", "kept_late", "cancelled")}
    made = {name: a_commitment(meeting, executor=body) for name, body in bodies.items()}
    keeper = a_keeper(made["open"])
    actions.change_commitment_due_date(
        made["open"], due_on=DUE + 9 * DAY, by=keeper, at=LATER, reason="Floods in the district"
    )
    for name, at in (("kept", LATER), ("kept_late", NOON + 104 * DAY)):
        submitted(made[name], an_executor(made[name], name), at=at)
        actions.accept_done(made[name], by=keeper, at=at + DAY)
    actions.cancel_commitment(made["cancelled"], by=keeper, at=LATER, reason="Another programme does it")
    return made


def get(path: str, *, on: date = DUE + DAY) -> Any:
    at = NOON + (on - NOON.date())
    with time_machine.travel(at, tick=False):
        return Client().get(path)


def codes(path: str) -> list[str]:
    return [card.commitment.code for card in get(path).context["cards"]]


@pytest.mark.parametrize("standing", ["open", "late", "kept", "kept_late", "cancelled"])
def test_each_tab_holds_what_stands_so(some: dict[str, Commitment], standing: str) -> None:
    assert codes(f"/en/commitments/?state={standing}") == [some[standing].code]


def test_the_tabs_count_what_they_hold(some: dict[str, Commitment]) -> None:
    tabs = get("/en/commitments/").context["tabs"]
    assert [tab["count"] for tab in tabs] == [5, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("region=11", ["cancelled", "kept_late", "kept", "late", "open"]),
        ("sphere=youth&state=late", ["late"]),
        ("sphere=media", []),
        ("slipped=on", ["open"]),
        ("since=2021-06-02", ["open"]),
        ("until=2021-06-01&state=kept", ["kept"]),
        ("q=МОЛОДЕЖНЫЙ+центр+body+late", ["kept_late", "late"]),
        ("q=аккол+жастар&state=kept", ["kept"]),
        ("q=C-AKM-0002", ["late"]),
        ("q=nothing", []),
        ("meeting=akm-1&state=open", ["open"]),
        ("campaign=days-2021&state=open", ["open"]),
        ("campaign=days-2022", []),
        ("state=nonsense&q=C-AKM-0001", ["open"]),
        ("since=yesterday&q=C-AKM-0001", ["open"]),
        ("page=x&state=kept", ["kept"]),
        ("q=%00C-AKM-0001", ["cancelled", "kept_late", "kept", "late", "open"]),
    ],
)
def test_filters_stand_in_the_address(some: dict[str, Commitment], query: str, names: list[str]) -> None:
    assert codes(f"/en/commitments/?{query}") == [some[name].code for name in names]


def test_a_region_without_commitments_has_none(some: dict[str, Commitment]) -> None:
    a_region("ALM", "190000000")
    assert codes("/en/commitments/?region=19") == []


def test_a_body_filters_by_what_it_executes(some: dict[str, Commitment]) -> None:
    body = lead_of(some["late"])
    assert codes(f"/en/commitments/?body={body.public_id}") == [some["late"].code]


def test_a_list_costs_the_same_number_of_queries_with_1_and_3_rows(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for wanted in (1, 3):
        while Commitment.objects.count() < wanted:
            a_commitment(meeting, executor=a_body(f"Body {Commitment.objects.count()}"))
        with django_assert_num_queries(7):
            assert len(codes("/en/commitments/")) == wanted


def test_a_page_costs_the_same_number_of_queries_with_1_and_3_reports(
    meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    promise = a_commitment(meeting)
    executor = an_executor(promise)
    for count in (1, 3):
        while promise.progress.count() < count:
            report = a_report(promise, Proof(url=f"https://example.org/{promise.progress.count()}"))
            actions.report_progress(promise, report=report, by=executor, at=LATER)
        with django_assert_num_queries(10):
            get(f"/en/commitments/{promise.code}/")


def test_the_csv_has_the_list_whole_and_runs_no_formula(meeting: Meeting) -> None:
    a_commitment(meeting, made_by="=1+1", texts={"ru": "-Открыть центр"})
    rows = list(csv.reader(io.StringIO(get("/en/commitments.csv").content.decode("utf-8-sig"))))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert {name: row[name] for name in ("Code", "Where it stands", "Promise", "Promised by", "Due on")} == {
        "Code": "C-AKM-0001",
        "Where it stands": "Late",
        "Promise": "'-Открыть центр",
        "Promised by": "'=1+1",
        "Due on": "2021-06-01",
    }
    assert len(rows) == 2


def test_the_csv_follows_the_filters(some: dict[str, Commitment]) -> None:
    lines = get("/en/commitments.csv?state=late").content.decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [some["late"].code]


def test_a_page_tells_the_whole_story_in_order(meeting: Meeting) -> None:
    promise = a_commitment(meeting)
    executor, keeper = an_executor(promise), a_keeper(promise)
    actions.change_commitment_due_date(
        promise, due_on=DUE + DAY, by=keeper, at=NOON + DAY, reason="Floods in the district"
    )
    submitted(promise, executor, at=NOON + 2 * DAY)
    actions.return_done(promise, by=keeper, at=NOON + 3 * DAY, reason="Another house is shown")
    submitted(promise, executor, at=NOON + 4 * DAY)
    actions.accept_done(promise, by=keeper, at=NOON + 5 * DAY, note_text="Seen on the spot")
    response = get(f"/en/commitments/{promise.code}/")
    steps = response.context["page"].steps
    assert [step.key for step in steps] == [
        "made",
        "later",
        "submitted",
        "returned",
        "submitted",
        "accepted",
    ]
    text = response.content.decode()
    assert [
        part for part in ("Floods in the district", "Another house", "Seen on the spot") if part not in text
    ] == []
    assert 'href="https://example.org/centre"' in text


def test_no_name_and_no_address_of_a_person_is_on_the_page(meeting: Meeting) -> None:
    promise = a_commitment(meeting)
    executor, keeper = an_executor(promise, "hidden-executor"), a_keeper(promise, "hidden-keeper")
    submitted(promise, executor)
    actions.accept_done(promise, by=keeper, at=LATER)
    paths = [f"/en/commitments/{promise.code}/", "/en/commitments/", "/en/commitments.csv"]
    assert [path for path in paths if b"hidden-" in get(path).content] == []


@pytest.mark.parametrize(("language", "shown", "is_fallback"), [("kk", "kk", False), ("en", "ru", True)])
def test_the_promise_is_shown_in_the_readers_language_or_as_it_was_said(
    meeting: Meeting, language: str, shown: str, is_fallback: bool
) -> None:
    promise = get(f"/{language}/commitments/{a_commitment(meeting).code}/").context["page"].card.promise
    assert (promise.text, promise.is_fallback) == (TEXT[shown], is_fallback)


def test_the_source_is_linked(meeting: Meeting) -> None:
    page = get(f"/en/commitments/{a_commitment(meeting).code}/").context["page"]
    assert list(page.sources) == [Source("Said at the meeting «Youth seminar»", "/en/rooms/AKM-1/")]


def test_an_answers_promise_and_its_question_lead_to_each_other(meeting: Meeting) -> None:
    open_meeting(meeting, by=None, at=NOON)
    guest = join_meeting(meeting, name="", user=None, previous=None, at=NOON)
    first, second, held = (ask(guest, f"When will centre {number} open?") for number in (1, 2, 3))
    hold_question(held, by=None, at=NOON, reason="")
    promise = a_commitment(meeting, source=End("question", first.code))
    for question in (second, held):
        target = End("commitment", promise.code)
        link(End("question", question.code), target, relation=REPEATS, by=None, at=NOON)
    page = get(f"/en/commitments/{promise.code}/").context["page"]
    assert list(page.sources) == [
        Source(f"Answer to question {first.code}", f"/en/questions/{first.code}/"),
        Source(f"Answer to question {second.code}", f"/en/questions/{second.code}/"),
        Source(f"Answer to question {held.code}"),
    ]
    for question in (first, second):
        cards = get(f"/en/questions/{question.code}/").context["promises"]
        assert [card.commitment for card in cards] == [promise]


def test_a_source_nobody_knows_is_shown_by_its_id(meeting: Meeting) -> None:
    promise = a_commitment(meeting, source=End("report", "families-2020"))
    assert list(get(f"/en/commitments/{promise.code}/").context["page"].sources) == [Source("families-2020")]


@pytest.mark.parametrize(
    ("path", "to"),
    [("/c/C-AKM-0001", "/kk/commitments/C-AKM-0001/"), ("/c/с-акм-1/", "/kk/commitments/C-AKM-0001/")],
)
def test_the_permanent_address_leads_to_the_page(meeting: Meeting, path: str, to: str) -> None:
    a_commitment(meeting)
    response = get(path)
    assert (response.status_code, response.headers["Location"]) == (302, to)


@pytest.mark.parametrize("path", ["/c/C-AKM-0009", "/en/commitments/C-AKM-0009/", "/en/commitments/x/"])
def test_an_unknown_code_is_not_found(path: str) -> None:
    a_meeting(a_session())
    assert get(path).status_code == 404


def test_an_empty_list_says_what_comes_here() -> None:
    response = get("/en/commitments/")
    assert b"No commitments yet" in response.content


def test_a_list_is_paged(meeting: Meeting) -> None:
    body = a_body("Directorate")
    for _number in range(31):
        a_commitment(meeting, executor=body)
    assert [len(codes(f"/en/commitments/?page={page}")) for page in (1, 2, 3)] == [30, 1, 0]
