"""Webhooks: signed, told once, tried again, disabled after days, and never sent inside a network."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from pytest_django import Settings

from kenes.notices.actions import add_endpoint, announce, change_endpoint
from kenes.notices.actions.endpoints import EndpointPlan
from kenes.notices.errors import EndpointAddressWrong, EndpointEventsMissing, SecretTooShort
from kenes.notices.models import Message, WebhookEndpoint
from kenes.notices.observers import on_endpoint_disabled
from kenes.notices.rules import FAILS_AT_MOST
from kenes.notices.states import EndpointState, MessageState, WebhookEvent
from kenes.notices.tasks import send_due_messages
from kenes.notices.wishes import Announcement
from kenes.record.models import Entry
from notices.receivers import Receiver

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
SECRET = "a secret of the tests, long enough"
ANSWERED = WebhookEvent.ANSWERED.value

pytestmark = pytest.mark.django_db


def an_endpoint(url: str, **said: object) -> WebhookEndpoint:
    plan = {"url": url, "events": [ANSWERED], "secret": SECRET, **said}
    return add_endpoint(EndpointPlan(**plan), by=None, at=AT)  # type: ignore[arg-type]


def tell(key: str = "webhook:1", event: str = ANSWERED) -> None:
    announce([Announcement(key, event, json.dumps({"event": event, "сұрақ": "AKM-1-0001"}))], at=AT)


def test_a_delivery_is_signed_over_its_time_and_body(receiver: Receiver) -> None:
    an_endpoint(receiver.url)
    tell()
    assert send_due_messages(at=AT) == 1
    (got,) = receiver.requests
    seconds = int(AT.timestamp())
    digest = hmac.new(SECRET.encode(), f"{seconds}.".encode() + got.body, hashlib.sha256).hexdigest()
    assert got.headers["Kenes-Signature"] == f"t={seconds},v1={digest}"
    assert (got.path, got.headers["Kenes-Event"], got.headers["Content-Type"]) == (
        "/hook?from=kenes",
        ANSWERED,
        "application/json",
    )
    assert got.headers["Host"] == f"127.0.0.1:{receiver.port}"
    assert json.loads(got.body) == {"event": ANSWERED, "сұрақ": "AKM-1-0001"}
    message = Message.objects.get()
    assert (message.state, message.response_status) == (MessageState.SENT, 204)


def test_an_event_told_twice_is_delivered_once(receiver: Receiver) -> None:
    an_endpoint(receiver.url)
    tell()
    tell()
    send_due_messages(at=AT)
    send_due_messages(at=AT + timedelta(days=1))
    assert len(receiver.requests) == 1


def test_only_active_endpoints_that_chose_the_event_are_told(receiver: Receiver) -> None:
    an_endpoint(receiver.url)
    an_endpoint(receiver.url, events=[WebhookEvent.OVERDUE.value])
    an_endpoint(receiver.url, is_active=False)
    tell()
    assert Message.objects.count() == 1


@pytest.mark.parametrize(("status", "state"), [(500, "waiting"), (302, "waiting"), (410, "failed")])
def test_what_is_not_answered_with_2xx_was_not_taken(receiver: Receiver, status: int, state: str) -> None:
    an_endpoint(receiver.url)
    receiver.status, receiver.location = status, receiver.url
    tell()
    send_due_messages(at=AT)
    message = Message.objects.get()
    assert (message.state, message.response_status, len(receiver.requests)) == (state, status, 1)


def test_a_failed_delivery_goes_out_when_the_endpoint_is_well_again(receiver: Receiver) -> None:
    endpoint = an_endpoint(receiver.url)
    receiver.status = 503
    tell()
    send_due_messages(at=AT)
    endpoint.refresh_from_db()
    assert endpoint.failing_since == AT
    receiver.status = 200
    assert send_due_messages(at=AT + timedelta(minutes=1)) == 1
    endpoint.refresh_from_db()
    assert (endpoint.failing_since, Message.objects.get().maybe_repeated) == (None, False)


def test_after_a_failure_what_else_waits_for_the_endpoint_takes_a_breath(receiver: Receiver) -> None:
    an_endpoint(receiver.url)
    receiver.status = 503
    for number in range(8):
        tell(f"webhook:{number}")
    send_due_messages(at=AT)
    assert len(receiver.requests) == 5
    assert send_due_messages(at=AT + timedelta(seconds=30)) == 0


def test_an_endpoint_that_fails_for_days_is_disabled_and_told_of(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, datetime]] = []
    monkeypatch.setattr("kenes.notices.observers._on_disabled", [])
    on_endpoint_disabled(lambda endpoint, *, at: told.append((endpoint.public_id, at)))
    endpoint = an_endpoint(receiver.url)
    receiver.status = 500
    tell()
    send_due_messages(at=AT)
    late = AT + FAILS_AT_MOST
    send_due_messages(at=late)
    endpoint.refresh_from_db()
    assert endpoint.state == EndpointState.DISABLED
    assert told == [(endpoint.public_id, late)]
    assert Message.objects.get().state == MessageState.FAILED
    tell("webhook:2")
    assert Message.objects.count() == 1
    acts = Entry.objects.filter(object_id=endpoint.public_id).order_by("id").values_list("act", flat=True)
    assert list(acts) == ["add_endpoint", "disable_endpoint"]


def test_a_disabled_endpoint_made_active_begins_anew(receiver: Receiver) -> None:
    endpoint = an_endpoint(receiver.url)
    WebhookEndpoint.objects.update(state=EndpointState.DISABLED, failing_since=AT)
    endpoint.refresh_from_db()
    change_endpoint(endpoint, EndpointPlan(receiver.url, [ANSWERED]), by=None, at=AT)
    tell()
    send_due_messages(at=AT)
    assert (len(receiver.requests), endpoint.failing_since) == (1, None)


def test_nothing_goes_out_under_a_secret_that_can_no_longer_be_read(receiver: Receiver) -> None:
    an_endpoint(receiver.url)
    tell()
    with override_settings(SECRET_KEY="another"):
        send_due_messages(at=AT)
    message = Message.objects.get()
    assert (receiver.requests, message.state) == ([], MessageState.FAILED)
    assert message.last_error == "The secret cannot be read: please give the endpoint a new one."


def test_the_secret_is_not_readable_in_the_database() -> None:
    assert an_endpoint("https://example.org/").sealed_secret.find(SECRET) == -1


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "ftp://example.org/", "https://user:pass@example.org/", "https:///x", "example"],
)
def test_only_an_https_address_without_a_password_is_taken(url: str) -> None:
    with pytest.raises(EndpointAddressWrong):
        an_endpoint(url)


def test_an_endpoint_chooses_known_events_and_a_long_secret() -> None:
    with pytest.raises(EndpointEventsMissing):
        an_endpoint("https://example.org/", events=["question.unknown"])
    with pytest.raises(SecretTooShort):
        an_endpoint("https://example.org/", secret="short")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.0.1",
        "[::1]",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
        "2130706433",
        "224.0.0.1",
    ],
)
def test_an_address_inside_a_network_is_never_called(host: str, settings: Settings) -> None:
    an_endpoint(f"https://{host}/hook")
    tell()
    send_due_messages(at=AT)
    message = Message.objects.get()
    assert (message.state, message.last_error.split(":")[0]) == (MessageState.FAILED, "AddressForbidden")


def test_plain_http_is_refused_even_if_it_was_allowed_when_the_endpoint_was_added(receiver: Receiver) -> None:
    an_endpoint(receiver.url)
    tell()
    with override_settings(WEBHOOKS_TO_PRIVATE=False):
        send_due_messages(at=AT)
    assert (receiver.requests, Message.objects.get().state) == ([], MessageState.FAILED)


def test_a_receiver_that_never_answers_is_left_in_time(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kenes.notices.outgoing.SECONDS", 0.3)
    an_endpoint(receiver.url)
    receiver.pause = 1.0
    tell()
    send_due_messages(at=AT)
    assert Message.objects.get().state == MessageState.WAITING
