"""Public pages of the programme: campaigns, sessions, spheres, and their files."""

from collections.abc import Iterable

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kenes.core.conditional import with_etag
from kenes.core.languages import localized
from kenes.programme import queries
from kenes.programme.access import campaign_of, meeting_of, session_of, sphere_of
from kenes.programme.exports import meetings_calendar, meetings_csv
from kenes.programme.figures import campaign_figures
from kenes.programme.forms.filters import MeetingFilterForm
from kenes.programme.lines import lines_by_day
from kenes.programme.models import Campaign, Meeting
from kenes.programme.rules import may_edit
from kenes.programme.states import SphereKey

SPHERE_PAGE = 60


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, newest first."""
    listed = queries.campaigns_with_counts(request.user)
    return render(request, "programme/campaigns.html", {"campaigns": listed, "section": "programme"})


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign: its period, host, numbers, and its meetings by day."""
    found = campaign_of(slug, request.user)
    form = _filter_form(request, found)
    narrowed = form.narrowed()
    meetings = list(queries.meetings_of_campaign(found, request.user, narrowed))
    context = {
        "campaign": found,
        "figures": campaign_figures(found),
        "sessions": found.sessions.all(),
        "days": lines_by_day(meetings),
        "count": len(meetings),
        "form": form,
        "is_narrowed": narrowed != queries.MeetingFilter(),
        "query": request.GET.urlencode(),
        "may_edit": may_edit(request.user, found),
        "section": "programme",
    }
    return render(request, "programme/campaign.html", context)


def _filter_form(request: HttpRequest, found: Campaign) -> MeetingFilterForm:
    return MeetingFilterForm(request.GET, regions=queries.regions_of_campaign(found))


@require_safe
def campaign_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's meetings as CSV, narrowed as the page was."""
    found = campaign_of(slug, request.user)
    narrowed = _filter_form(request, found).narrowed()
    meetings = queries.meetings_of_campaign(found, request.user, narrowed)
    lines = meetings_csv(meetings.select_related("session__campaign"))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}-meetings.csv"'
    return with_etag(request, response)


@require_safe
def campaign_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's meetings as a calendar."""
    found = campaign_of(slug, request.user)
    meetings = queries.meetings_of_campaign(found, request.user)
    return _calendar(meetings, name=str(localized(found, "title")), file_name=found.slug)


@require_safe
def meeting_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """One meeting as a calendar."""
    found = meeting_of(code, request.user)
    return _calendar([found], name=str(localized(found, "title")), file_name=found.code.lower())


def _calendar(meetings: Iterable[Meeting], *, name: str, file_name: str) -> HttpResponse:
    body = meetings_calendar(meetings, name=name, url_of=_room_url, at=timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}.ics"'
    return response


def _room_url(meeting: Meeting) -> str:
    return settings.PUBLIC_URL + reverse("rooms:room", args=[meeting.code])


@require_safe
def session(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A region's strategic session and its meetings by day."""
    found = session_of(slug, public_id, request.user)
    meetings = list(queries.meetings_of_session(found, request.user))
    context = {
        "session": found,
        "days": lines_by_day(meetings),
        "count": len(meetings),
        "may_edit": may_edit(request.user, found.campaign),
        "section": "programme",
    }
    return render(request, "programme/session.html", context)


@require_safe
def sphere(request: HttpRequest, key: str) -> HttpResponse:
    """A sphere's meetings of all campaigns, the latest first."""
    found = sphere_of(key)
    meetings = queries.meetings_listed(request.user, queries.MeetingFilter(sphere=found))
    page = Paginator(meetings.order_by("-starts_at", "-pk"), SPHERE_PAGE).get_page(request.GET.get("page"))
    context = {
        "sphere": found,
        "spheres": SphereKey,
        "days": lines_by_day(page.object_list),
        "count": page.paginator.count,
        "page": page,
        "section": "programme",
    }
    return render(request, "programme/sphere.html", context)
