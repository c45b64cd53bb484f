"""The bytes of an entry that the log will hash."""

from datetime import datetime, timedelta, timezone

import pytest

from kenes.accounts.models import User
from kenes.record.actions import record_act
from kenes.record.canonical import canonical_json
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 10, 30, tzinfo=timezone(timedelta(hours=5)))


def test_an_entry_has_one_form_with_keys_in_order_and_the_time_in_utc() -> None:
    entry = record_act(
        act="refuse_question",
        object_kind="question",
        object_id="AKM-2-0147",
        by=None,
        at=AT,
        detail={"ground": "абв", "a": 1},
    )
    assert canonical_json(entry).decode() == (
        '{"act":"refuse_question","at":"2026-11-23T05:30:00.000000Z","by_role":"",'
        '"detail":{"a":1,"ground":"абв"},"object":{"id":"AKM-2-0147","kind":"question"},"v":1}'
    )


def test_the_form_stays_when_the_actor_is_erased() -> None:
    actor = User.objects.create_user("moderator@demo.kenes.invalid")
    entry = record_act(act="open", object_kind="question", object_id="AKM-2-0147", by=actor, at=AT)
    before = canonical_json(entry)
    actor.delete()
    assert canonical_json(Entry.objects.get()) == before


def test_an_entry_read_back_has_the_form_it_was_written_with() -> None:
    entry = record_act(act="open", object_kind="question", object_id="AKM-2-0147", by=None, at=AT)
    assert canonical_json(Entry.objects.get(pk=entry.pk)) == canonical_json(entry)
