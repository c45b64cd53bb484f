"""The administration of endpoints and the log of deliveries: no secret twice, nobody's address ever."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from factories import a_user, grant
from kenes.notices.actions import send_mail_later
from kenes.notices.models import WebhookEndpoint
from kenes.notices.sealing import unseal
from kenes.notices.states import EndpointState, WebhookEvent

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings) -> Client:  # type: ignore[no-untyped-def]
    settings.TOTP_ROLES = []
    client = Client()
    client.force_login(grant(a_user("administrator", is_staff=True), "administrator"))
    return client


def form(**said: object) -> dict[str, object]:
    return {
        "url": "https://example.org/hook",
        "note": "The open data portal",
        "events": [WebhookEvent.ANSWERED.value],
        "is_active": "on",
        "secret": "",
        **said,
    }


def test_an_endpoint_is_added_and_its_random_secret_shown_once(client: Client) -> None:
    page = client.post("/admin/notices/webhookendpoint/add/", form(), follow=True)
    endpoint = WebhookEndpoint.objects.get()
    secret = unseal(endpoint.sealed_secret)
    assert page.status_code == 200
    assert page.content.decode().count(secret) == 1
    again = client.get(f"/admin/notices/webhookendpoint/{endpoint.pk}/change/")
    assert again.content.decode().count(secret) == 0


def test_a_changed_endpoint_keeps_its_secret(client: Client) -> None:
    client.post("/admin/notices/webhookendpoint/add/", form())
    endpoint = WebhookEndpoint.objects.get()
    client.post(f"/admin/notices/webhookendpoint/{endpoint.pk}/change/", form(is_active=""))
    changed = WebhookEndpoint.objects.get()
    assert (changed.state, changed.sealed_secret) == (EndpointState.PAUSED, endpoint.sealed_secret)


def test_a_wrong_address_is_refused_in_the_form(client: Client) -> None:
    page = client.post("/admin/notices/webhookendpoint/add/", form(url="http://example.org/"))
    assert (page.status_code, WebhookEndpoint.objects.count()) == (200, 0)


def test_the_log_tells_what_left_and_to_nobody_whom_it_went_to(client: Client) -> None:
    message = send_mail_later(
        key="answer:1", to="asker@example.org", language="kk", subject="Subject", body="Words", at=AT
    )
    pages = [
        client.get("/admin/notices/message/").content.decode(),
        client.get(f"/admin/notices/message/{message.pk}/change/").content.decode(),
    ]
    for page in pages:
        assert [page.count(word) for word in ("asker@example.org", "Words")] == [0, 0]
        assert "answer" in page
