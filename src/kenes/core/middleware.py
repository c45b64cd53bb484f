"""Middleware for every page: domain errors become answers; a strict content security policy."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenes.core.errors import KenesError

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


class DomainErrorMiddleware:
    """Answers a domain error with its status and its text in the page's language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, KenesError):
            return None
        return render(request, "core/error.html", {"error": exception}, status=exception.status)


class PersonalPagesMiddleware:
    """Keeps pages made for somebody signed in out of every cache, shared computers' own included."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if is_signed_in and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class ContentSecurityPolicyMiddleware:
    """Sends the policy: nothing inline, nothing from a third party.

    A view that shows a third party's frame after the reader asked for it names the origins
    in `response.content_security_frames`; those of video and sound in `content_security_media`.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        frames = getattr(response, "content_security_frames", ())
        media = getattr(response, "content_security_media", ())
        policy = _with_media(POLICY, " ".join(media)) if media else POLICY
        policy = f"{policy}; frame-src {' '.join(frames) or chr(39) + 'none' + chr(39)}"
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


def _with_media(policy: str, origins: str) -> str:
    for directive in ("connect-src 'self'", "media-src 'self'"):
        policy = policy.replace(directive, f"{directive} {origins}")
    return policy
