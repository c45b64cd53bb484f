"""Rows by the set: what goes in, comes back and is refused, in the order given, on both databases."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, transaction

from kenes.core.sets import insert_ignoring, insert_rows, select_matching
from kenes.live.models import AnsweredAct, Feed
from kenes.questions.states import QuestionState

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 28, 17, 0, 0, 123456, tzinfo=UTC)
WORDS = 'Жол қашан? "Иә" \\ \n🙂'


def an_answer(number: int) -> tuple[object, ...]:
    return (number, UUID(int=number), bytes([number, 0, 255]), 201, '{"text": "Жол"}', AT)


def insert_answers(*numbers: int) -> None:
    fields = ("participant_id", "key", "digest", "status", "result", "at")
    insert_rows(AnsweredAct, fields, map(an_answer, numbers))


def test_rows_of_every_type_come_back_as_they_went_in() -> None:
    insert_answers(1, 2)
    first, second = AnsweredAct.objects.order_by("pk")
    assert (first.participant_id, first.key, bytes(first.digest)) == (1, UUID(int=1), b"\x01\x00\xff")
    assert (second.status, second.result, second.at) == (201, {"text": "Жол"}, AT)


def test_no_rows_are_no_statement(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        insert_answers()


def test_a_refused_row_undoes_them_all() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_answers(1, 2, 1)
    assert not AnsweredAct.objects.exists()


def test_keys_are_told_by_the_unique_field_and_grow_in_the_rows_order() -> None:
    Feed.objects.create(key="before")
    rows = [(f"{WORDS}{number}", number) for number in (3, 1, 2)]
    keys = dict(insert_ignoring(Feed, ("key", "version"), rows, returning=["key", "id"]))
    found = dict(Feed.objects.exclude(key="before").values_list("key", "pk"))
    assert keys == found
    assert [key for key, _pk in sorted(found.items(), key=lambda pair: pair[1])] == [key for key, _ in rows]


def test_what_a_unique_key_refuses_is_passed_over() -> None:
    Feed.objects.create(key="known")
    went_in = insert_ignoring(Feed, ("key", "version"), [("known", 9), ("new", 1)], returning=["key"])
    assert went_in == [("new",)]
    assert Feed.objects.get(key="known").version == 0


def test_rows_are_found_by_values_of_any_type() -> None:
    insert_answers(1, 2, 3)
    found = select_matching(AnsweredAct, ["participant_id"], by="key", values=[UUID(int=3), UUID(int=9)])
    assert found == [(3,)]
    assert select_matching(Feed, ["id"], by="key", values=[]) == []


def test_an_enum_and_a_time_of_another_zone_are_written_plainly() -> None:
    zone = AT.astimezone(timezone(timedelta(hours=5)))
    insert_rows(Feed, ("key", "version"), [(QuestionState.OPEN, 1)])
    assert Feed.objects.get().key == "open"
    fields = ("participant_id", "key", "digest", "status", "result", "at")
    insert_rows(AnsweredAct, fields, [(1, UUID(int=1), b"", 200, "{}", zone)])
    assert AnsweredAct.objects.get().at == zone


def test_a_text_that_is_too_long_is_never_cut() -> None:
    long = "x" * 200
    with suppress(DataError), transaction.atomic():  # PostgreSQL refuses it, SQLite knows no length
        insert_rows(Feed, ("key", "version"), [(long, 1)])
    assert set(Feed.objects.values_list("key", flat=True)) <= {long}
