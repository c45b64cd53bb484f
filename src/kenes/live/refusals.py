"""What the bridge itself refuses, as a page or as problem+json, in the reader's language."""

import json

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from kenes.core.errors import KenesError
from kenes.core.middleware import POLICY
from kenes.core.status_pages import render_status
from kenes.live.contracts import Scope
from kenes.live.problems import URN, request_id_member
from kenes.live.wsgi import Answer

RETRY_SECONDS = b"3"


def refusal(error: KenesError, scope: Scope) -> Answer:
    """Return the answer to a request that never reached Django; the connection ends with it."""
    headers = dict(scope["headers"])
    with translation.override(_language(scope["path"], headers.get(b"accept-language", b""))):
        is_page = b"text/html" in headers.get(b"accept", b"")
        body = render_status(error.status) if is_page else _problem(error)
    kind = "text/html" if is_page else "application/problem+json"
    answered = [
        (b"content-type", f"{kind}; charset=utf-8".encode()),
        (b"content-length", str(len(body.encode())).encode()),
        (b"content-security-policy", POLICY.encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    if error.status == 503:
        answered.append((b"retry-after", RETRY_SECONDS))
    return Answer(error.status, answered, body.encode())


def _problem(error: KenesError) -> str:
    document = {"type": f"{URN}{error.type}", "title": str(error), "status": error.status}
    return json.dumps({**document, **request_id_member()}, ensure_ascii=False)


def _language(path: str, accepted: bytes) -> str:
    """Return the language of the address, else the first accepted one that we have."""
    codes = [path.strip("/").partition("/")[0]]
    codes += [code for code, _ in parse_accept_lang_header(accepted.decode("latin-1"))]
    for code in codes:
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
