"""Every list of the API: pages, totals, unknown filters, ETags, CSV, a constant number of queries."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.conftest import Get
from factories import NOON, a_body, a_campaign, a_meeting, a_session
from kenes.programme.models import Meeting, StrategicSession
from kenes.questions.models import Question

LISTS = ["campaigns", "sessions", "meetings", "places", "organisations", "questions"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.django_db
def test_an_empty_list_is_a_page_of_nothing(get: Get, name: str) -> None:
    response = get(name)
    assert response.status_code == 200
    assert response.json() == {"total": 0, "page": 1, "pages": 1, "size": 50, "rows": []}


@pytest.mark.usefixtures("_places")
def test_pages_hold_the_whole_list_once(get: Get) -> None:
    pages = [get(f"places?size=15&page={number}").json() for number in (1, 2, 3, 4)]
    assert [(page["total"], page["pages"], len(page["rows"])) for page in pages] == [
        (40, 3, 15),
        (40, 3, 15),
        (40, 3, 10),
        (40, 3, 0),
    ]
    assert len({row["kato"] for page in pages for row in page["rows"]}) == 40


@pytest.mark.usefixtures("_places")
def test_a_page_of_json_has_at_most_500_rows(get: Get) -> None:
    assert get("places?size=5000").json()["size"] == 500


BAD = [
    ("places?page=0", "page"),
    ("places?page=x", "page"),
    ("places?size=-1", "size"),
    ("places?size=5001", "size"),
    ("places?page=99999999999999999999", "page"),
    ("places?level=planet", "level"),
    ("places?parent=11", "parent"),
    ("places?on=2021-02-30", "on"),
    ("places?on=9999-12-31", "on"),
    (f"places?search={'x' * 201}", "search"),
    ("meetings?state=secret", "state"),
    ("meetings?now=perhaps", "now"),
    ("meetings?sphere=space", "sphere"),
    ("meetings?since=yesterday&until=0001-01-01", "since, until"),
    ("questions?state=held", "state"),
    ("questions?state=refused", "state"),
    ("questions?language=de", "language"),
    ("organisations?kind=empire", "kind"),
    ("commitments?standing=someday&slipped=perhaps", "slipped, standing"),
]


@pytest.mark.parametrize(("path", "names"), BAD)
def test_a_filter_not_of_its_form_is_a_problem_that_names_it(get: Get, path: str, names: str) -> None:
    response = get(path)
    assert (response.status_code, response["Content-Type"].split(";")[0]) == (422, "application/problem+json")
    assert response.json()["type"] == "urn:kenes:problem:invalid-filter"
    assert response.json()["detail"] == (
        f"These filters are not of the form asked for: {names}. Please see the API's reference."
    )


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_filter_is_refused_rather_than_passed_over(get: Get, name: str) -> None:
    response = get(f"{name}?regoin=11")
    assert (response.status_code, response.json()["type"]) == (422, "urn:kenes:problem:unknown-filter")


def test_a_problem_is_told_in_the_readers_language(get: Get) -> None:
    told = {
        code: get("places?page=0", Accept_Language=code)["Content-Language"] for code in ("kk", "ru", "en")
    }
    assert told == {"kk": "kk", "ru": "ru", "en": "en"}
    assert get("places?page=0", Accept_Language="de, ru;q=0.5")["Content-Language"] == "ru"


@pytest.mark.parametrize(
    "path",
    ["campaigns/x", "sessions/x", "meetings/AKM-9", "places/999999999", "organisations/x", "questions/X"],
)
def test_what_is_not_there_is_404(get: Get, path: str) -> None:
    assert get(path).status_code == 404


@pytest.mark.parametrize("path", ["places?size=3", "places/110000000", "places.csv"])
@pytest.mark.usefixtures("_places")
def test_a_reader_who_has_the_bytes_gets_304(get: Get, path: str) -> None:
    first = get(path)
    again = get(path, If_None_Match=first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert get(path, If_None_Match='"another"').status_code == 200


def test_the_etag_changes_with_the_rows(get: Get) -> None:
    before = get("organisations")["ETag"]
    a_body()
    assert get("organisations", If_None_Match=before).status_code == 200


@pytest.mark.usefixtures("_places")
def test_the_same_list_is_csv_by_its_ending_and_by_accept(get: Get) -> None:
    by_ending, by_accept = get("places.csv?level=region"), get("places?level=region", Accept="text/csv")
    assert by_ending.content == by_accept.content
    assert by_ending["Content-Type"] == "text/csv; charset=utf-8"
    assert by_ending["Content-Disposition"] == 'attachment; filename="places.csv"'
    text = by_ending.content.decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert text.startswith("\ufeffkato,level,")
    assert len(rows) == 20
    assert (rows[1]["kato"], rows[1]["name_ru"], rows[1]["letters"]) == (
        "110000000",
        "Акмолинская область",
        "AKM",
    )


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_its_csv_with_filters_and_a_header(
    get: Get, name: str, ask: Callable[..., Question]
) -> None:
    ask()
    text = get(f"{name}.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == get(name).json()["total"] > 0
    assert None not in rows[0]
    assert get(f"{name}.csv?bad=1").status_code == 422


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_question_cannot_be_a_formula_in_csv(get: Get, ask: Callable[..., Question], start: str) -> None:
    ask(f"{start}HYPERLINK(1) is this a question?", name="=1+1")
    text = get("questions.csv").content.decode().removeprefix("\ufeff")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert (row["text"], row["by"]) == (f"'{start}HYPERLINK(1) is this a question?", "'=1+1")


def test_the_queries_of_a_list_do_not_grow_with_its_rows(get: Get, ask: Callable[..., Question]) -> None:
    def counted() -> dict[str, int]:
        counts = {}
        for name in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert get(name).status_code == 200
            counts[name] = len(queries)
        return counts

    ask()
    one = counted()
    session = StrategicSession.objects.get()
    for number in range(3):
        a_meeting(
            session, starts_at=NOON + timedelta(hours=number), ends_at=NOON + timedelta(hours=number + 2)
        )
        a_session(a_campaign(f"more-{number}", host=session.campaign.host))
        a_body(f"Body {number}", "ngo")
        ask(f"Another question, number {number}?")
    assert counted() == one
    assert one == {
        "campaigns": 2,
        "sessions": 2,
        "meetings": 3,
        "places": 3,
        "organisations": 2,
        "questions": 3,
    }


def test_a_list_needs_no_account_and_sets_no_cookie(get: Get, meeting: Meeting) -> None:
    response = get("meetings")
    assert response.cookies == {}
    assert "Cookie" not in response["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client, method: str, db: None) -> None:
    assert getattr(client, method)("/api/v1/meetings").status_code == 405
