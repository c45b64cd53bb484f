"""Pages for what went wrong below the domain: what happened, and what the reader can do now."""

from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class StatusPage:
    """A status with its words."""

    status: int
    title: str | Promise
    text: str | Promise


PAGES = {
    page.status: page
    for page in (
        StatusPage(
            400,
            _("We could not read this request"),
            _("Please go back, check what you entered and send it again."),
        ),
        StatusPage(
            403,
            _("This page is not open to you"),
            _("Your account has no right to it. Sign in with another account, or ask an administrator."),
        ),
        StatusPage(
            404,
            _("There is nothing at this address"),
            _("It may have moved, or it is not open to you. Start from the home page or search."),
        ),
        StatusPage(
            408,
            _("That took too long"),
            _("Not all of it arrived in time. Please try again when the connection is better."),
        ),
        StatusPage(
            413,
            _("That is too large"),
            _("Please send a smaller file or a shorter text."),
        ),
        StatusPage(
            429,
            _("Too many requests"),
            _("Please wait a minute and try again. Nothing you sent before is lost."),
        ),
        StatusPage(
            500,
            _("Something broke on our side"),
            _("It has been written down. Please try again in a few minutes."),
        ),
        StatusPage(
            503,
            _("The server is busy"),
            _("Nothing was lost. Please try again in a moment."),
        ),
    )
}

FORM_EXPIRED = StatusPage(
    403,
    _("This form has expired"),
    _("Please go back, reload the page and send it again; cookies must be allowed for this site."),
)


def render_status(status: int, page_path: str = "/", *, page: StatusPage | None = None) -> str:
    """Return the page's HTML in the active language; it asks the database nothing."""
    return render_to_string("core/status.html", {"page": page or PAGES[status], "page_path": page_path})


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    return HttpResponse(render_status(status, request.path), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the body is over the limit."""
    return _answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form came without its token."""
    return HttpResponse(render_status(403, request.path, page=FORM_EXPIRED), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; unknown and forbidden look the same."""
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _answer(request, 500)
