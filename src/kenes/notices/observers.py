"""Who wishes to be told of what the outbox notices; upper apps register in `config`."""

from collections.abc import Callable
from datetime import datetime

from kenes.notices.models import WebhookEndpoint

DisabledListener = Callable[..., None]
_on_disabled: list[DisabledListener] = []


def on_endpoint_disabled(listener: DisabledListener) -> None:
    """Register `listener(endpoint, *, at)`, called in the transaction that disables an endpoint."""
    if listener not in _on_disabled:
        _on_disabled.append(listener)


def tell_disabled(endpoint: WebhookEndpoint, *, at: datetime) -> None:
    """Call every listener."""
    for listener in _on_disabled:
        listener(endpoint, at=at)
