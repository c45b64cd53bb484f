"""The site as people reach it: name, TLS, HTTP/2, headers, compression, what must stay closed."""

import json
import re
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from kenes.config.checks import LOOPBACK
from kenes.config.doctor.findings import Finding, look, ok, wrong

TIMEOUT_SECONDS = 10.0
SOON_DAYS = 14
DAY_SECONDS = 86_400
COMPRESSED = {"Accept-Encoding": "gzip, br"}
HEADERS = {
    "content-security-policy": "frame-ancestors",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def connect(url: SplitResult) -> HTTPConnection:
    """Return a connection to the site, not opened yet."""
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    return kind(url.hostname or "", url.port, timeout=TIMEOUT_SECONDS)


def get(url: SplitResult, path: str, headers: Mapping[str, str] = {}) -> Answer:
    """Ask for a path of the site. Raises: OSError, HTTPException."""
    connection = connect(url)
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        lower = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, lower, response.read())
    finally:
        connection.close()


def look_at_address(address: str) -> Iterator[Finding]:
    """Yield what there is to say of the site at the address, the event stream apart."""
    url = urlsplit(address)
    try:
        health = get(url, "/health")
    except (OSError, HTTPException) as error:
        yield wrong("address", f"{address} does not answer: {error}", "Start the server, or mend the proxy.")
        return
    yield _health(health)
    yield from _tls(url)
    page = get(url, "/kk/", COMPRESSED)
    yield from _page(url, page)
    yield _metrics(url)


def _health(answer: Answer) -> Finding:
    if answer.status == 400:
        return wrong(
            "address",
            "the site does not know its name",
            "Name it in KENES_ALLOWED_HOSTS; let the proxy pass Host on.",
        )
    try:
        state = json.loads(answer.body)
    except ValueError:
        return wrong(
            "address", f"/health answers {answer.status}, not Kenes", "Let the proxy pass all paths on."
        )
    if answer.status != 200:
        return wrong("address", "the server is not ready", "Look at its log lines, first at the database's.")
    if state.get("worker") is False:
        return wrong("address", "the server's worker does not run", "Look at the log lines of its start.")
    return ok("address", "answers and is ready")


def _tls(url: SplitResult) -> Iterator[Finding]:
    if url.scheme != "https":
        if url.hostname not in LOOPBACK:
            yield look("TLS", "plain http", "Put it behind https: whoever listens can take over a session.")
        return
    context = ssl.create_default_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection((url.hostname or "", url.port or 443), TIMEOUT_SECONDS) as raw,
        context.wrap_socket(raw, server_hostname=url.hostname) as wrapped,
    ):
        certificate, protocol, version = (
            wrapped.getpeercert() or {},
            wrapped.selected_alpn_protocol(),
            wrapped.version(),
        )
    yield _certificate(str(certificate.get("notAfter", "")), str(version))
    if protocol == "h2":
        yield ok("HTTP/2", "offered")
    else:
        advice = "Switch it on in the proxy: over HTTP/1.1 six open rooms block a browser."
        yield look("HTTP/2", "not offered", advice)


def _certificate(ends: str, version: str) -> Finding:
    days = int((ssl.cert_time_to_seconds(ends) - time.time()) / DAY_SECONDS)
    told = f"{version}, the certificate ends in {days} days"
    return ok("TLS", told) if days >= SOON_DAYS else look("TLS", told, "Renew the certificate.")


def _page(url: SplitResult, page: Answer) -> Iterator[Finding]:
    if page.status != 200:
        yield wrong("page", f"/kk/ answers {page.status}", "Look at the server's log lines.")
        return
    missing = [name for name, value in HEADERS.items() if value not in page.headers.get(name, "")]
    if url.scheme == "https" and "strict-transport-security" not in page.headers:
        missing.append("strict-transport-security")
    if missing:
        yield look("headers", f"missing: {', '.join(missing)}", "Let the proxy pass on ours, and add HSTS.")
    else:
        yield ok("headers", "all there")
    yield _compression(url, page)


def _compression(url: SplitResult, page: Answer) -> Finding:
    body = page.body if "content-encoding" not in page.headers else b""
    sheet = re.search(rb'href="(/static/[^"]+\.css)"', body)
    if sheet is None:
        return ok("compression", f"pages come as {page.headers.get('content-encoding', 'they are')}")
    found = get(url, sheet[1].decode(), COMPRESSED).headers.get("content-encoding")
    if found:
        return ok("compression", f"style and scripts come as {found}")
    return look(
        "compression",
        "style comes uncompressed",
        "Run kenes build-assets; let the proxy pass Accept-Encoding on.",
    )


def _metrics(url: SplitResult) -> Finding:
    status = get(url, "/metrics").status
    if status == 200 and url.hostname not in LOOPBACK:
        return wrong(
            "metrics", "anybody may read them", "Close /metrics in the proxy, or let it send X-Forwarded-For."
        )
    return ok("metrics", "closed to others" if status != 200 else "open to this machine")
