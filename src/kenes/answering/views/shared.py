"""What the pages of the desk of answers share: who looks, and going back to where one came from."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from kenes.accounts.models import User


class SeeOther(HttpResponseRedirect):
    """After an act: look at the page anew."""

    status_code = HTTPStatus.SEE_OTHER


def person(request: HttpRequest) -> User:
    """Return the person who is signed in; the page stands behind a sign-in."""
    return cast("User", request.user)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Return the page of the desk that a form names to go back to, or another."""
    wanted = request.POST.get("back", "")
    is_ours = wanted.startswith(otherwise) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else otherwise


def query_without(request: HttpRequest, *names: str) -> str:
    """Return the query without these, ready for another parameter behind it."""
    rest = request.GET.copy()
    for name in names:
        rest.pop(name, None)
    return f"{rest.urlencode()}&" if rest else ""


def csv_response(lines: Iterable[str], name: str) -> HttpResponse:
    """Return a CSV file to be saved."""
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
