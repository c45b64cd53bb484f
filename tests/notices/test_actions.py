"""The outbox: written once, claimed once, tried again with growing pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from kenes.notices.actions import (
    claim_due_messages,
    forget_old_messages,
    note_failure,
    note_sent,
    send_mail_later,
)
from kenes.notices.models import Message
from kenes.notices.rules import KEPT_FOR, LEASE, RETRY_PAUSES
from kenes.notices.states import MessageState

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)


def wish(key: str = "answer:1") -> Message:
    return send_mail_later(
        key=key, to="asker@example.org", language="kk", subject="Жауап", body="Жауап берілді.", at=AT
    )


@pytest.mark.django_db
def test_the_same_key_is_written_once() -> None:
    assert wish().pk == wish().pk
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_wish_in_a_transaction_that_fails_is_not_written() -> None:
    def fails_after_wishing() -> None:
        with transaction.atomic():
            wish()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_after_wishing()
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_line_breaks_in_a_subject_become_spaces() -> None:
    message = send_mail_later(
        key="k", to="a@example.org", language="ru", subject="One\r\nBcc: x@example.org", body="", at=AT
    )
    assert message.subject == "One Bcc: x@example.org"


@pytest.mark.django_db
def test_a_claimed_message_is_not_claimed_again_during_its_lease() -> None:
    wish()
    assert [message.attempts for message in claim_due_messages(at=AT, limit=5)] == [1]
    assert claim_due_messages(at=AT + LEASE - timedelta(seconds=1), limit=5) == []


@pytest.mark.django_db
def test_a_message_whose_worker_died_is_taken_again_and_marked() -> None:
    wish()
    claim_due_messages(at=AT, limit=5)
    (again,) = claim_due_messages(at=AT + LEASE, limit=5)
    again.refresh_from_db()
    assert (again.maybe_repeated, again.attempts) == (True, 2)


@pytest.mark.django_db
def test_a_failed_message_waits_longer_each_time_and_gives_up_at_last() -> None:
    wish()
    at = AT
    pauses = []
    while True:
        (message,) = claim_due_messages(at=at, limit=5)
        note_failure(message, error="refused", is_final=False, at=at)
        message.refresh_from_db()
        if message.state == MessageState.FAILED:
            break
        pauses.append(message.not_before - at)
        at = message.not_before
    assert pauses == list(RETRY_PAUSES)
    assert message.maybe_repeated is False


@pytest.mark.django_db
def test_a_sent_message_is_not_due_and_is_forgotten_in_time() -> None:
    message = wish()
    claim_due_messages(at=AT, limit=5)
    note_sent(message, at=AT)
    assert claim_due_messages(at=AT + timedelta(days=1), limit=5) == []
    assert forget_old_messages(before=AT) == 0
    assert forget_old_messages(before=AT + KEPT_FOR) == 1


@pytest.mark.django_db
def test_an_empty_outbox_is_looked_at_with_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        claim_due_messages(at=AT, limit=5)
