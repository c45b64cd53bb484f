"""A room of two thousand questions: the page, the snapshot and the desk stay small and cost the same."""

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from kenes.live.contracts import Stream
from kenes.programme.models import Meeting, Participant
from kenes.questions.models import Question
from kenes.rooms.queries import room_of, room_snapshot
from questions.acts import ask

ROOM = "/en/rooms/AKM-1/"
QUESTIONS = 2_000
ROWS_ON_A_PAGE = 50
KILOBYTE = 1024
Counter = Callable[[int], AbstractContextManager[object]]
TEXT = "When will the youth centre of our aul open, and which circles will there be, number {}?"


def fill(guest: Participant, number: int) -> None:
    """Put so many copies of a question that was really asked into the room."""
    first = ask(guest, text=TEXT.format(1))
    fields = [field.attname for field in Question._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(first, name) for name in fields}
    copies = [
        Question(**{**values, "serial": place, "code": f"AKM-1-{place:04}", "text": TEXT.format(place)})
        for place in range(2, number + 1)
    ]
    Question.objects.bulk_create(copies)


@pytest.fixture
def large(guest: Participant) -> Participant:
    fill(guest, QUESTIONS)
    return guest


def test_the_page_of_a_large_room_is_its_first_fifty(client: Client, large: Participant) -> None:
    shown = client.get(ROOM).content
    rows = shown.partition(b"<template data-question>")[0].count(b'<li class="question"')
    small = (len(shown) < 150 * KILOBYTE, len(gzip.compress(shown)) < 20 * KILOBYTE)
    assert (rows, small) == (ROWS_ON_A_PAGE, (True, True)), (len(shown), len(gzip.compress(shown)))


def test_the_snapshot_of_a_large_room_is_the_first_fifty_of_each_order(
    meeting: Meeting, large: Participant
) -> None:
    snapshot = room_snapshot(room_of(meeting), stream=Stream.PUBLIC, using="default")
    listed = [len(snapshot["orders"][order]["codes"]) for order in ("top", "new")]
    assert (listed, len(snapshot["rows"])) == ([ROWS_ON_A_PAGE] * 2, 2 * ROWS_ON_A_PAGE)


@pytest.mark.parametrize("number", [1, 1_000])
@pytest.mark.parametrize(("path", "queries"), [("", 13), ("?order=new", 13), ("me/", 2), ("projector/", 6)])
def test_pages_cost_the_same_for_one_question_and_a_thousand(
    client: Client,
    guest: Participant,
    django_assert_num_queries: Counter,
    number: int,
    path: str,
    queries: int,
) -> None:
    fill(guest, number)
    with django_assert_num_queries(queries):
        client.get(ROOM + path)


@pytest.mark.parametrize("number", [1, 1_000])
def test_the_desk_costs_the_same_for_one_question_and_a_thousand(
    at_desk: Client, guest: Participant, django_assert_num_queries: Counter, number: int
) -> None:
    fill(guest, number)
    with django_assert_num_queries(10):
        at_desk.get(f"{ROOM}desk/")
