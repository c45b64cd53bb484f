"""Commitments in the read API: rows, filters, slips, CSV, ETag, a constant number of queries."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from commitments.promises import DUE, LATER, a_commitment, a_keeper, an_executor, lead_of, submitted
from factories import NOON, a_body, a_meeting
from kenes.commitments import actions
from kenes.commitments.models import Commitment

pytestmark = pytest.mark.django_db


def get(path: str, **headers: str) -> Any:
    with time_machine.travel(NOON + timedelta(days=104), tick=False):
        return Client().get(f"/api/v1/{path}", headers=headers)


@pytest.fixture
def moved() -> Commitment:
    """A commitment moved later once and submitted, and another one that is late."""
    made = a_commitment()
    actions.change_commitment_due_date(
        made, due_on=date(2021, 9, 1), by=a_keeper(made), at=LATER, reason="Floods"
    )
    submitted(made, an_executor(made, "hidden-name"))
    a_commitment(made.meeting, executor=a_body("Other"))
    return made


def test_a_row_tells_the_promise_and_every_slip(moved: Commitment) -> None:
    body = lead_of(moved)
    assert get("commitments/C-AKM-0001").json() == {
        "code": "C-AKM-0001",
        "text": {"ru": "Открыть молодёжный центр в Акколе", "kk": "Ақкөлде жастар орталығын ашу"},
        "language": "ru",
        "by": "Head, Directorate",
        "at": "2021-02-18T06:00:00Z",
        "source": {"kind": "meeting", "id": "AKM-1"},
        "room": "AKM-1",
        "region": "110000000",
        "sphere": "youth",
        "executors": [
            {
                "id": body.public_id,
                "name": {"kk": "Directorate", "ru": "Directorate", "en": "Directorate"},
                "role": "lead",
            }
        ],
        "state": "reported",
        "standing": "open",
        "first_due_on": "2021-06-01",
        "due_on": "2021-09-01",
        "reported_on": "2021-03-20",
        "slips": [
            {"old": "2021-06-01", "new": "2021-09-01", "reason": "Floods", "at": "2021-03-20T06:00:00Z"}
        ],
    }


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["C-AKM-0002", "C-AKM-0001"]),
        ("standing=late", ["C-AKM-0002"]),
        ("slipped=true", ["C-AKM-0001"]),
        ("region=11&sphere=youth&since=2021-06-02", ["C-AKM-0001"]),
        (f"until={DUE}", ["C-AKM-0002"]),
        ("meeting=akm-1&search=other", ["C-AKM-0002"]),
        ("campaign=days-2022", []),
    ],
)
def test_filters(moved: Commitment, query: str, codes: list[str]) -> None:
    assert [row["code"] for row in get(f"commitments?{query}").json()["rows"]] == codes


def test_a_body_is_a_filter(moved: Commitment) -> None:
    rows = get(f"commitments?body={lead_of(moved).public_id}").json()["rows"]
    assert [row["code"] for row in rows] == ["C-AKM-0001"]


def test_the_csv_has_every_row(moved: Commitment) -> None:
    text = get("commitments.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["code"], row["due_on"], row["standing"]) for row in rows] == [
        ("C-AKM-0002", "2021-06-01", "late"),
        ("C-AKM-0001", "2021-09-01", "open"),
    ]


def test_a_reader_who_has_the_bytes_gets_304(moved: Commitment) -> None:
    first = get("commitments")
    assert get("commitments", If_None_Match=first["ETag"]).status_code == 304


def test_no_person_is_named(moved: Commitment) -> None:
    assert b"hidden-name" not in get("commitments").content


def test_the_queries_do_not_grow_with_the_rows(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    meeting = a_meeting()
    for wanted in (1, 3):
        while Commitment.objects.count() < wanted:
            a_commitment(meeting, executor=a_body(f"Body {Commitment.objects.count()}"))
        with django_assert_num_queries(5):
            assert get("commitments").json()["total"] == wanted


@pytest.mark.parametrize("code", ["C-AKM-0009", "nonsense"])
def test_what_is_not_there_is_404(code: str) -> None:
    assert get(f"commitments/{code}").status_code == 404
