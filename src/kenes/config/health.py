"""Health and metrics, for load balancers, watchdogs and Prometheus.

`/health/live`: the loop answers. `/health` and `/health/ready`: the site takes requests, and its
relay, its committer and its database do their work.
"""

import hmac
import json
from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from django.conf import settings

from kenes.config.exposition import CONTENT_TYPE
from kenes.config.metrics import metrics_text
from kenes.live.contracts import Scope, Send

if TYPE_CHECKING:
    from kenes.config.site import Site

LIVE = "/health/live"
PATHS = frozenset({"/health", LIVE, "/health/ready", "/metrics"})
# What a proxy adds to a request that it passes on.
_PASSED_ON = (b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via")


def is_asked_for(path: str) -> bool:
    """Say whether the path is one of ours, with or without a closing slash."""
    return path.rstrip("/") in PATHS


async def tell(site: "Site", scope: Scope, send: Send) -> None:
    """Answer a request for health or metrics."""
    path = scope["path"].rstrip("/")
    if path == "/metrics":
        await _tell_metrics(site, scope, send)
        return
    is_sound = site.is_ready and (path == LIVE or await site.engine.is_sound())
    state: dict[str, Any] = {"live": True, "ready": is_sound}
    if site.worker is not None:
        state["worker"] = site.worker.is_running
    status = 200 if is_sound or path == LIVE else 503
    await _answer(scope, send, status=status, body=json.dumps(state).encode(), kind=b"application/json")


async def _tell_metrics(site: "Site", scope: Scope, send: Send) -> None:
    if not _may_read_metrics(scope):
        await _answer(scope, send, status=404, body=b"", kind=b"text/plain")
    elif not site.is_ready:
        await _answer(scope, send, status=503, body=b"", kind=b"text/plain")
    else:
        body = (await metrics_text(site)).encode()
        await _answer(scope, send, status=200, body=body, kind=CONTENT_TYPE.encode())


def _may_read_metrics(scope: Scope) -> bool:
    """From this machine itself, not through a proxy on it; or with the token."""
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    if settings.METRICS_TOKEN:
        expected = f"Bearer {settings.METRICS_TOKEN}".encode()
        if hmac.compare_digest(headers.get(b"authorization", b""), expected):
            return True
    host = str((scope.get("client") or ("",))[0])
    return _is_loopback(host) and not any(name in headers for name in _PASSED_ON)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def _answer(scope: Scope, send: Send, *, status: int, body: bytes, kind: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
