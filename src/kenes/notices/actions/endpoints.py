"""Writes of the endpoints: who is told of events, and what became of the telling."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from kenes.notices.models import Message, WebhookEndpoint
from kenes.notices.observers import tell_disabled
from kenes.notices.rules import FAILS_AT_MOST, clean_endpoint_url, clean_events, clean_secret
from kenes.notices.sealing import seal
from kenes.notices.states import EndpointState, MessageState
from kenes.record.actions import record_act

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

logger = logging.getLogger(__name__)

OBJECT_KIND = "webhook-endpoint"
# After a failure what else waits for the same endpoint waits too: one dead system holds up no other.
BREATH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class EndpointPlan:
    """What an administrator says of an endpoint. An empty `secret` leaves the one there is."""

    url: str
    events: list[str]
    note: str = ""
    is_active: bool = True
    secret: str = ""


def add_endpoint(plan: EndpointPlan, *, by: "AbstractBaseUser | None", at: datetime) -> WebhookEndpoint:
    """Add an endpoint. Raises: EndpointAddressWrong, EndpointEventsMissing, SecretTooShort."""
    endpoint = WebhookEndpoint(created_at=at, sealed_secret=seal(clean_secret(plan.secret)))
    _apply(endpoint, plan)
    with transaction.atomic():
        endpoint.save()
        _record("add_endpoint", endpoint, by=by, at=at)
    return endpoint


def change_endpoint(
    endpoint: WebhookEndpoint, plan: EndpointPlan, *, by: "AbstractBaseUser | None", at: datetime
) -> None:
    """Change an endpoint; one that was disabled begins anew when it is made active.

    Raises: EndpointAddressWrong, EndpointEventsMissing, SecretTooShort.
    """
    if plan.secret:
        endpoint.sealed_secret = seal(clean_secret(plan.secret))
    _apply(endpoint, plan)
    endpoint.failing_since = None
    with transaction.atomic():
        endpoint.save()
        _record("change_endpoint", endpoint, by=by, at=at)


def note_endpoint(endpoint: WebhookEndpoint, *, is_well: bool, at: datetime) -> None:
    """Note whether the endpoint took a delivery; one that has failed for days is disabled."""
    rows = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    if is_well:
        rows.exclude(failing_since=None).update(failing_since=None)
        return
    rows.update(failing_since=Coalesce(F("failing_since"), at))
    waiting = Message.objects.filter(endpoint=endpoint, state=MessageState.WAITING)
    waiting.update(not_before=Greatest(F("not_before"), at + BREATH))
    endpoint.refresh_from_db()
    if endpoint.failing_since is not None and at - endpoint.failing_since >= FAILS_AT_MOST:
        _disable(endpoint, at=at)


def _disable(endpoint: WebhookEndpoint, *, at: datetime) -> None:
    with transaction.atomic():
        is_new = WebhookEndpoint.objects.filter(pk=endpoint.pk, state=EndpointState.ACTIVE).update(
            state=EndpointState.DISABLED
        )
        if not is_new:
            return
        Message.objects.filter(
            endpoint=endpoint, state__in=[MessageState.WAITING, MessageState.SENDING]
        ).update(state=MessageState.FAILED, last_error="The endpoint was disabled.")
        _record("disable_endpoint", endpoint, by=None, at=at)
        tell_disabled(endpoint, at=at)
    logger.warning("Webhook endpoint %s was disabled after failing for long", endpoint.public_id)


def _apply(endpoint: WebhookEndpoint, plan: EndpointPlan) -> None:
    endpoint.url = clean_endpoint_url(plan.url)
    endpoint.events = clean_events(plan.events)
    endpoint.note = plan.note.strip()
    endpoint.state = EndpointState.ACTIVE if plan.is_active else EndpointState.PAUSED


def _record(act: str, endpoint: WebhookEndpoint, *, by: "AbstractBaseUser | None", at: datetime) -> None:
    record_act(
        act=act,
        object_kind=OBJECT_KIND,
        object_id=endpoint.public_id,
        by=by,
        at=at,
        detail={"events": endpoint.events, "state": endpoint.state},
    )
