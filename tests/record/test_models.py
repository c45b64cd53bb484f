"""The record is append-only: in the ORM and, against plain SQL, in the database itself."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Field

from kenes.accounts.models import User
from kenes.core.append_only import RowIsAppendOnly
from kenes.record.actions import record_act
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
OTHER_VALUES = {
    "id": 999,
    "at": "2020-01-01 00:00:00+00:00",
    "act": "other",
    "object_kind": "other",
    "object_id": "other",
    "by_role": "other",
    "reason": "other",
    "detail": '{"other": 1}',
}


@pytest.fixture
def actor() -> User:
    return User.objects.create_user("moderator@demo.kenes.invalid")


@pytest.fixture
def entry(actor: User) -> Entry:
    return record_act(
        act="open_question", object_kind="question", object_id="AKM-2-0147", by=actor, at=AT, reason="why"
    )


def execute(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_an_entry_is_not_saved_again(entry: Entry) -> None:
    entry.act = "other"
    with pytest.raises(RowIsAppendOnly):
        entry.save()
    assert Entry.objects.get().act == "open_question"


def test_entries_are_not_updated_in_bulk(entry: Entry) -> None:
    with pytest.raises(RowIsAppendOnly):
        Entry.objects.filter(pk=entry.pk).update(act="other")
    with pytest.raises(RowIsAppendOnly):
        Entry.objects.bulk_update([entry], ["act"])


def test_an_entry_is_not_removed(entry: Entry) -> None:
    with pytest.raises(RowIsAppendOnly):
        entry.delete()
    with pytest.raises(RowIsAppendOnly):
        Entry.objects.all().delete()


@pytest.mark.parametrize("column", [field.column for field in Entry._meta.concrete_fields])
def test_the_database_refuses_to_change_any_column(entry: Entry, column: str, actor: User) -> None:
    other = actor.pk + 1 if column == "by_id" else OTHER_VALUES[column]
    with pytest.raises(IntegrityError, match="append-only"):
        execute(f'UPDATE record_entry SET "{column}" = %s', other)


def test_the_database_refuses_to_remove_an_entry(entry: Entry) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        execute("DELETE FROM record_entry")


def test_the_entry_of_a_removed_person_stays_without_them(entry: Entry, actor: User) -> None:
    before = {field.name: field.value_from_object(entry) for field in other_fields()}
    actor.delete()
    kept = Entry.objects.get()
    assert kept.by is None
    assert {field.name: field.value_from_object(kept) for field in other_fields()} == before


def test_an_erased_actor_cannot_be_written_back(entry: Entry, actor: User) -> None:
    execute("UPDATE record_entry SET by_id = NULL")
    with pytest.raises(IntegrityError, match="append-only"):
        execute("UPDATE record_entry SET by_id = %s", actor.pk)


def other_fields() -> list["Field[object, object]"]:
    return [field for field in Entry._meta.concrete_fields if field.name != "by"]


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_the_record_guarded(entry: Entry) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        execute("DELETE FROM record_entry")


def test_the_record_is_empty_after_a_test_that_commits() -> None:
    assert Entry.objects.count() == 0
