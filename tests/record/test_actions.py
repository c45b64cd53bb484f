"""Writing the record."""

from datetime import UTC, datetime

import pytest

from kenes.accounts.models import User
from kenes.record.actions import record_act
from kenes.record.queries import entries_about

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_an_entry_keeps_who_did_what_when_and_why() -> None:
    user = User.objects.create_user("moderator@demo.kenes.invalid")
    entry = record_act(
        act="refuse_question",
        object_kind="question",
        object_id="AKM-2-0147",
        by=user,
        at=AT,
        reason="repeated",
        detail={"ground": "repeated"},
    )
    entry.refresh_from_db()
    assert (entry.act, entry.by, entry.at, entry.reason, entry.detail) == (
        "refuse_question",
        user,
        AT,
        "repeated",
        {"ground": "repeated"},
    )


def test_entries_about_an_object_come_in_order_and_without_those_of_others() -> None:
    for act, code in [("ask", "AKM-2-0001"), ("ask", "AKM-2-0002"), ("open", "AKM-2-0001")]:
        record_act(act=act, object_kind="question", object_id=code, by=None, at=AT)
    assert [entry.act for entry in entries_about("question", "AKM-2-0001")] == ["ask", "open"]
