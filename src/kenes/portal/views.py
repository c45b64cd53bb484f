"""Home, regions, questions and search."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kenes.core.errors import Forbidden
from kenes.core.moments import day_in_words
from kenes.portal import exports, queries
from kenes.portal.search import search as search_all
from kenes.programme.models import Meeting
from kenes.programme.queries import meetings_next, meetings_now, meetings_recent
from kenes.territories.models import Place
from kenes.territories.queries import find_region

SHOWN_NEXT = 6
SHOWN_RECENT = 3
SHOWN_QUESTIONS = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is on now, next and recently; the map; the campaign of the day."""
    at = timezone.now()
    campaign = queries.current_campaign(timezone.localdate(at))
    now = list(queries.for_cards(meetings_now(request.user, at))[:SHOWN_NEXT])
    coming = list(queries.for_cards(meetings_next(request.user, at))[:SHOWN_NEXT])
    recent = list(queries.for_cards(meetings_recent(request.user, at))[:SHOWN_RECENT])
    rows = queries.with_counts([*now, *recent])
    context = {
        "now": rows[: len(now)],
        "recent": rows[len(now) :],
        "next": coming,
        "to_write": queries.answers_to_write(request.user, timezone.localdate(at)),
        "to_run": queries.rooms_to_run(request.user, [*now, *coming]),
        "regions": queries.region_rows(timezone.localdate(at)),
        "campaign": campaign,
        "counts": queries.campaign_counts(campaign) if campaign else None,
        "spheres": queries.sphere_rows(campaign) if campaign else [],
    }
    return render(request, "portal/home.html", context)


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """The regions of today, as a map of tiles and as a table."""
    rows = queries.region_rows(timezone.localdate())
    return render(request, "portal/regions.html", {"section": "regions", "regions": rows})


@require_safe
def regions_csv(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    return _csv(exports.region_lines(queries.region_rows(timezone.localdate())), "regions")


@require_safe
def region(request: HttpRequest, number: str) -> HttpResponse:
    """A region: its sessions, meetings, places and the questions asked there."""
    place = _region(number)
    questions = queries.questions_found(queries.QuestionFilter(region=number))
    context = {
        "section": "regions",
        "region": place,
        "sessions": queries.sessions_of_region(place),
        "days": meetings_by_day(queries.meetings_of_region(place)),
        "places": queries.places_below(place, timezone.localdate()),
        "questions": questions[:SHOWN_QUESTIONS],
        "counts": queries.group_counts(questions),
    }
    return render(request, "portal/region.html", context)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Where the public questions stood before the register; its address's filters are the register's."""
    return _moved(request, "register:list")


@require_safe
def questions_csv(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    return _moved(request, "register:csv")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything public."""
    text = request.GET.get("q", "").strip()
    context = {"section": "search", "text": text, "found": search_all(text) if text else None}
    return render(request, "portal/search.html", context)


def meetings_by_day(meetings: Iterable[Meeting]) -> list[dict[str, object]]:
    """Return meetings in days of their own zone: `{"label", "meetings"}`."""
    days = groupby(meetings, key=lambda meeting: day_in_words(meeting.starts_at, meeting.zone))
    return [{"label": label, "meetings": list(held)} for label, held in days]


def _moved(request: HttpRequest, name: str) -> HttpResponse:
    query = request.GET.copy()
    query.pop("page", None)
    address = reverse(name)
    return redirect(f"{address}?{query.urlencode()}" if query else address, permanent=True)


def _region(number: str) -> Place:
    found = find_region(number)
    if found is None:
        raise Forbidden
    return found


def _csv(lines: Iterable[str], name: str) -> HttpResponse:
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
