"""Where a request comes from: what rests on a cookie is taken from our own pages only."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from kenes.live.errors import BadHost, CrossSite

LOCAL_HOSTS = ("localhost", ".localhost", "127.0.0.1", "[::1]")


class Asked(Protocol):
    """What is looked at of a request; the lean path's and Django's both have it."""

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def scheme(self) -> str | None: ...


def refuse_foreign_host(request: Asked) -> None:
    """Raise `BadHost` unless the `Host` is one of ours: a rebound name would be its own same origin."""
    allowed = tuple(settings.ALLOWED_HOSTS) or (LOCAL_HOSTS if settings.DEBUG else ())
    if not _is_one_of(request.headers.get("host", ""), allowed):
        raise BadHost


@lru_cache(256)
def _is_one_of(host: str, allowed: tuple[str, ...]) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def refuse_foreign_act(request: Asked) -> None:
    """Raise `CrossSite` for a POST or DELETE on a cookie that our own page did not send.

    `Origin` decides; without one `Sec-Fetch-Site`, and without that `Referer`, must say same-origin.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if origin is not None:
        is_own = origin in own_origins(request)
    elif site is not None:
        is_own = site == "same-origin"
    else:
        is_own = _origin_of(request.headers.get("referer", "")) in own_origins(request)
    if not is_own:
        raise CrossSite


def refuse_foreign_read(request: Asked) -> None:
    """Raise `CrossSite` for a GET of what is private from another site's page."""
    origin = request.headers.get("origin")
    if origin is not None and origin not in own_origins(request):
        raise CrossSite
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise CrossSite


def own_origins(request: Asked) -> frozenset[str]:
    """Return the origins whose pages are ours: the one asked for, and those of the settings."""
    asked = f"{scheme_of(request)}://{request.headers.get('host', '').lower()}"
    known = {_origin_of(url) for url in (settings.PUBLIC_URL, *settings.CSRF_TRUSTED_ORIGINS)}
    return frozenset({_origin_of(asked), *known} - {""})


def scheme_of(request: Asked) -> str:
    """Return the scheme the browser used, as the proxy in front tells where one is declared."""
    declared = settings.SECURE_PROXY_SSL_HEADER
    if declared is None:
        return str(request.scheme)
    name = declared[0].removeprefix("HTTP_").replace("_", "-").lower()
    told = request.headers.get(name, "").split(",")[0].strip()
    return "https" if told == declared[1] else str(request.scheme)


def _origin_of(url: str) -> str:
    """Return scheme, host and port as a browser writes an origin; "" for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    is_default = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" if is_default else f"{parts.scheme}://{host}:{port}"
