"""Pages whose bytes are the same for every reader: rendered without a request, kept by version."""

import gzip
import hashlib
from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from kenes.core.encodings import takes_gzip
from kenes.rooms.memory import KeptPage, PageMemory, pages
from kenes.rooms.pages import StreamCard


def answer_from_memory(
    request: HttpRequest,
    key: Hashable,
    render: Callable[[], KeptPage],
    *,
    version: int,
    memory: PageMemory = pages,
) -> HttpResponse:
    """Return the page of `key` at this version in the active language, rendered now if none is kept."""
    whole_key = (key, get_language())
    page = memory.find(whole_key, version=version)
    if page is None:
        page = render()
        memory.keep(whole_key, page, version=version)
    # One weak tag for both encodings: what they say is the same.
    is_known = request.headers.get("If-None-Match", "") == page.etag
    response = HttpResponseNotModified() if is_known else _encoded(request, page)
    response["ETag"] = page.etag
    patch_vary_headers(response, ["Accept-Encoding"])
    # Any cache may keep it, and asks whether the room has changed since.
    response["Cache-Control"] = "public, no-cache"
    response.content_security_frames = page.frames  # type: ignore[attr-defined]
    response.content_security_media = page.media  # type: ignore[attr-defined]
    return response


def _encoded(request: HttpRequest, page: KeptPage) -> HttpResponse:
    # Nothing of the reader and no secret is on the page, so compression tells nobody anything.
    if not takes_gzip(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(page.body)
    response = HttpResponse(page.compressed)
    response["Content-Encoding"] = "gzip"
    return response


def render_shared(
    template: str, context: dict[str, Any], *, path: str, streams: list[StreamCard] | None = None
) -> KeptPage:
    """Render a page that holds nothing of its reader."""
    shared = {
        "is_shared": True,
        "page_path": path,
        "is_demo": settings.DEMO,
        "site_languages": settings.LANGUAGES,
        "SITE_URL": settings.PUBLIC_URL,
    }
    body = render_to_string(template, shared | context).encode()
    cards = streams or []
    return KeptPage(
        body=body,
        compressed=gzip.compress(body, compresslevel=9, mtime=0),
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:24]}"',
        frames=tuple(sorted({card.origin for card in cards if card.frame})),
        media=tuple(sorted({card.origin for card in cards if card.url and card.is_foreign})),
    )
