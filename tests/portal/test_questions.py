"""The list of public questions."""

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kenes.questions.actions import hold_question
from portal.conftest import MORNING, Days, answer, ask

LIST_QUERIES = 3


def codes(page: str) -> list[str]:
    return re.findall(r"<span>(AKM-\d+-\d+)</span>", page)


def test_a_held_question_is_nowhere(client: Client, days: Days) -> None:
    question = ask(days.now, "Вопрос, который ещё не виден")
    hold_question(question, by=None, at=MORNING)
    pages = [
        client.get(path).content.decode()
        for path in (
            "/ru/questions/",
            "/ru/questions/list.csv",
            "/ru/regions/11/",
            "/ru/search/?q=вопрос",
        )
    ]
    assert [page.count("ещё не виден") for page in pages] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 2),
        ("?state=answered", 1),
        ("?state=open", 1),
        ("?state=assigned", 0),
        ("?state=nonsense", 2),
        ("?region=11", 2),
        ("?region=75", 0),
        ("?campaign=days-2026", 2),
        ("?campaign=other", 0),
        ("?page=0", 2),
        ("?page=²", 2),
        ("?page=99999999999999999999", 0),
    ],
)
def test_the_filter_stands_in_the_address(client: Client, days: Days, query: str, expected: int) -> None:
    answer(ask(days.now, "Когда откроется центр?"))
    ask(days.now, "Будет ли интернет?")
    assert len(codes(client.get(f"/en/questions/{query}").content.decode())) == expected


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, days: Days, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for serial in range(number):
        ask(days.now, f"Вопрос номер {serial}")
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/en/questions/").content.decode()
    assert len(codes(page)) == number


def test_the_csv_runs_no_formula(client: Client, days: Days) -> None:
    ask(days.now, "=HYPERLINK(1)")
    text = client.get("/en/questions/list.csv").content.decode("utf-8-sig")
    assert [row["Text"] for row in csv.DictReader(io.StringIO(text))] == ["'=HYPERLINK(1)"]


def test_markup_in_a_question_is_text(client: Client, days: Days) -> None:
    ask(days.now, "<script>alert(1)</script> когда?")
    page = client.get("/en/questions/").content.decode()
    assert page.count("<script>alert") == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=молодежный", ["1"]),
        ("q=ЦЕНТР", ["1"]),
        ("q=а", ["1", "2"]),
        ("language=kk", ["2"]),
        ("language=kk&q=центр", []),
        ("language=zz", []),
    ],
)
def test_the_list_is_narrowed_by_words_and_language(
    client: Client, days: Days, query: str, expected: list[str]
) -> None:
    ask(days.now, "Когда откроется молодёжный центр?")
    ask(days.now, "Ауылда интернет қашан болады?", "kk")
    page = client.get(f"/en/questions/?{query}").content.decode()
    lines = client.get(f"/en/questions/list.csv?{query}").content.decode().splitlines()[1:]
    assert sorted(code[-1] for code in codes(page)) == expected
    assert len(lines) == len(expected)
