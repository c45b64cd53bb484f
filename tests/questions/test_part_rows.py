"""Parts in the read API, in the register and in its files: what is public of them, and nothing more."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from answering.people import KK, RU
from factories import a_body, a_meeting
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.questions import actions
from kenes.questions.models import Part, Question
from questions.acts import ask, guests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # a Monday
LATE = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(is_open=True, starts_at=TODAY, ends_at=TODAY + timedelta(hours=2))


@pytest.fixture
def owner() -> Organisation:
    return a_body("Directorate")


@pytest.fixture
def question(meeting: Meeting, owner: Organisation) -> Question:
    found = ask(guests(meeting, 1)[0], at=TODAY)
    actions.assign_question(found, organisation=owner, by=None, at=TODAY)
    return found


def pass_part(question: Question, unit: str, subject: str = "The second point.") -> Part:
    at = TODAY + timedelta(days=2)
    return actions.pass_part_on(question, organisation=a_body(unit), subject=subject, by=None, at=at)


def answer(part: Part) -> None:
    texts = {"kk": KK, "ru": RU}
    actions.answer_part(part, texts=texts, answered_by="Head", by=None, at=TODAY + timedelta(days=3))


def rows_of(client: Client, path: str) -> Any:
    return client.get(f"/api/v1/{path}", headers={"Accept-Language": "en"}).json()["rows"]


def table_of(answer: Any) -> list[dict[str, str]]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(body.decode().removeprefix("\ufeff"), newline="")))


def names(unit: str) -> dict[str, str]:
    return dict.fromkeys(("kk", "ru", "en"), unit)


@pytest.mark.parametrize("path", ["questions", "register"])
def test_a_part_tells_its_unit_day_state_and_answer(client: Client, question: Question, path: str) -> None:
    answered, waiting = pass_part(question, "Department"), pass_part(question, "Institute", "The third.")
    answer(answered)
    with time_machine.travel(TODAY + timedelta(days=4), tick=False):
        (row,) = rows_of(client, path)
    shared = {"due": "2026-03-31", "is_late": False}
    assert row["parts"] == [
        {
            **shared,
            "unit": names("Department"),
            "subject": "The second point.",
            "state": "answered",
            "answer": {"by": "Head", "texts": {"kk": KK, "ru": RU}, "at": "2026-03-05T06:00:00Z"},
        },
        {
            **shared,
            "unit": names("Institute"),
            "subject": waiting.subject,
            "state": "waiting",
            "answer": None,
        },
    ]
    assert row["due"] == {"unit": names("Directorate"), "on": "2026-03-27"}
    assert row["answer"] is None


def test_a_part_that_is_owed_is_late_after_its_day_and_owed_no_more_it_is_not(
    client: Client, question: Question
) -> None:
    pass_part(question, "Department")
    with time_machine.travel(LATE, tick=False):
        (late,) = rows_of(client, "questions")[0]["parts"]
        actions.refuse_question(question, by=None, at=LATE, ground="abuse", reason="Insults.")
        (row,) = rows_of(client, "register")
    assert (late["state"], late["is_late"]) == ("waiting", True)
    # What a part is about may repeat what a refusal does not.
    (ended,) = row["parts"]
    assert (row["text"], ended["subject"], ended["state"], ended["is_late"]) == (None, None, "ended", False)


def test_a_question_without_parts_says_so(client: Client, question: Question) -> None:
    assert [rows_of(client, path)[0]["parts"] for path in ("questions", "register")] == [[], []]


def test_files_have_one_row_for_each_question_and_its_parts_in_one_cell_each(
    client: Client, question: Question
) -> None:
    answer(pass_part(question, "Department"))
    pass_part(question, "=Institute")
    (row,) = table_of(client.get("/api/v1/questions.csv"))
    told = {name: value for name, value in row.items() if name.startswith("parts_")}
    units = "Department; =Institute"
    assert told == {
        **{f"parts_unit_{language}": units for language in ("kk", "ru", "en")},
        "parts_due": "2026-03-31; 2026-03-31",
        "parts_state": "answered; waiting",
        "parts_answer_at": "2026-03-05T06:00:00Z; ",
    }
    (row,) = table_of(client.get("/en/register.csv"))
    told = {name: value for name, value in row.items() if "art" in name}
    assert told == {
        "Units that answer a part": units,
        "Parts due on": "2026-03-31; 2026-03-31",
        "Parts answered at": "2026-03-05T06:00:00Z; ",
    }
    assert row["Unit that owes the answer"] == "Directorate"


@pytest.mark.parametrize("path", ["questions", "register"])
def test_the_queries_do_not_grow_with_parts(
    client: Client, meeting: Meeting, owner: Organisation, question: Question, path: str
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert rows_of(client, path)
        return len(queries)

    answer(pass_part(question, "Department"))
    one = counted()
    for number in range(3):
        more = ask(guests(meeting, 1)[0], f"Another question, number {number}?", at=TODAY)
        actions.assign_question(more, organisation=owner, by=None, at=TODAY)
        for unit in ("Department", "Institute"):
            pass_part(more, f"{unit} {number}")
    assert counted() == one
