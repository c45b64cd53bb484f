"""The public list of commitments, its CSV, and one commitment's page."""

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kenes.commitments.access import commitment_of, powers_of
from kenes.commitments.exports import commitment_lines
from kenes.commitments.forms import CommitmentFilterForm
from kenes.commitments.pages import cards_of, page_of
from kenes.commitments.queries import (
    CommitmentFilter,
    commitments_found,
    executing_organisations,
    for_cards,
    standing_counts,
)
from kenes.commitments.rules import acts_of
from kenes.commitments.states import Standing
from kenes.core.languages import localized
from kenes.core.paging import numbered_page
from kenes.programme.models import Meeting
from kenes.territories.queries import regions_on

A_PAGE = 30


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """The commitments, filtered by what stands in the address."""
    today = timezone.localdate()
    form, narrowed = _narrowed(request)
    number = request.GET.get("page", "1")
    found = for_cards(commitments_found(narrowed, on=today))
    page = numbered_page(found, number=int(number) if number.isdecimal() else 1, size=A_PAGE)
    every = commitments_found(replace(narrowed, standing=""), on=today)
    context = {
        "section": "commitments",
        "page": page,
        "cards": cards_of(page.rows, on=today),
        "tabs": _tabs(request, standing_counts(every, on=today), narrowed.standing),
        "form": form,
        "meeting": _meeting(narrowed.meeting),
        "is_narrowed": narrowed != CommitmentFilter(),
        "query": _query_without(request, "page"),
    }
    return render(request, "commitments/commitments.html", context)


@require_safe
def commitments_csv(request: HttpRequest) -> HttpResponse:
    """The same list as CSV, whole."""
    today = timezone.localdate()
    lines = commitment_lines(commitments_found(_narrowed(request)[1], on=today), on=today)
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="commitments.csv"'
    return response


@require_safe
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """A commitment with its story."""
    today = timezone.localdate()
    found = commitment_of(code, request.user)
    context = {
        "section": "commitments",
        "page": page_of(found, on=today),
        "may_work": bool(acts_of(powers_of(request.user, on=today), found)),
    }
    return render(request, "commitments/commitment.html", context)


@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the permanent address to the page in the reader's language."""
    found = commitment_of(code, request.user)
    response = redirect("commitments:commitment", code=found.code)
    response.status_code = HTTPStatus.FOUND
    return response


def _narrowed(request: HttpRequest) -> tuple[CommitmentFilterForm, CommitmentFilter]:
    """Return the form of the filter and what of it is of its form; the rest narrows nothing."""
    regions = [(place.number, localized(place, "name").text) for place in regions_on(timezone.localdate())]
    bodies = [(body.public_id, localized(body, "name").text) for body in executing_organisations()]
    form = CommitmentFilterForm(request.GET, regions=regions, bodies=bodies)
    form.is_valid()
    said = {name: value for name, value in form.cleaned_data.items() if value}
    names = {"q": "words", "state": "standing"}
    return form, CommitmentFilter(**{names.get(name, name): value for name, value in said.items()})


def _tabs(request: HttpRequest, counts: dict[str, int], current: str) -> list[dict[str, object]]:
    labels = {"": _("All"), **{standing.value: str(standing.label) for standing in Standing}}
    tabs = []
    for standing, label in labels.items():
        rest = request.GET.copy()
        for name in ("state", "page"):
            rest.pop(name, None)
        if standing:
            rest["state"] = standing
        is_current = standing == (current if current in labels else "")
        tabs.append(
            {
                "label": label,
                "href": f"?{rest.urlencode()}",
                "is_current": is_current,
                "count": counts[standing],
            }
        )
    return tabs


def _query_without(request: HttpRequest, name: str) -> str:
    rest = request.GET.copy()
    rest.pop(name, None)
    return f"{rest.urlencode()}&" if rest else ""


def _meeting(code: str) -> Meeting | None:
    return Meeting.objects.filter(code=code.upper()).first() if code else None
