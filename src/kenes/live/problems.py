"""Refusals as problem+json (RFC 9457), in the reader's language.

{"type": "urn:kenes:problem:not-joined", "title": …, "status": 401, "detail": …}
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from kenes.core.errors import KenesError
from kenes.live.errors import WrongMethod
from kenes.live.frames import encode
from kenes.live.request_ids import request_id
from kenes.live.responses import Header, Response

URN = "urn:kenes:problem:"
PROBLEM_TYPE = "application/problem+json; charset=utf-8"
BUSY_SECONDS = 2


def language_of(accept_language: str) -> str:
    """Return the best of our languages for an `Accept-Language` header."""
    ours = [code for code, _ in settings.LANGUAGES]
    for wanted, quality in parse_accept_lang_header(accept_language[:500].lower()):
        if quality and wanted.split("-")[0] in ours:
            return str(wanted.split("-")[0])
    return str(settings.LANGUAGE_CODE)


def problem(error: KenesError, *, accept_language: str = "") -> Response:
    """Return the answer that tells of a refusal."""
    language = language_of(accept_language)
    with translation.override(language):
        document = {
            "type": f"{URN}{error.type}",
            "title": str(_kind_of(error).message),
            "status": error.status,
            "detail": str(error),
            **request_id_member(),
        }
    headers: list[Header] = [
        ("content-language", language),
        ("vary", "Accept-Language"),
        ("cache-control", "no-store"),
        *_headers_of(error),
    ]
    return Response(error.status, encode(document), headers, PROBLEM_TYPE)


def request_id_member() -> dict[str, str]:
    """Return the member that names the request, where one is under way."""
    current = request_id.get()
    return {"request_id": current} if current else {}


def _kind_of(error: KenesError) -> type[KenesError]:
    """The broad kind, whose words do not change from case to case: the class just below the base."""
    line = type(error).__mro__
    return line[line.index(KenesError) - 1] if type(error) is not KenesError else KenesError


def _headers_of(error: KenesError) -> list[Header]:
    if isinstance(error, WrongMethod):
        return [("allow", str(error.params.get("allowed", "")))]
    if error.status == 401:
        return [("www-authenticate", "Bearer")]
    seconds = error.params.get("seconds", BUSY_SECONDS if error.status == 503 else None)
    return [] if seconds is None else [("retry-after", str(seconds))]
