"""The register's page, its list as a file, and files that are made by the worker."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kenes.core.conditional import with_etag
from kenes.programme.models import Campaign, Meeting, StrategicSession
from kenes.register.actions import ask_for_export
from kenes.register.errors import ExportUnknown
from kenes.register.exports import LARGEST_AT_ONCE, csv_of
from kenes.register.forms import RegisterForm, query_of
from kenes.register.pages import listed
from kenes.register.queries import (
    RANKED,
    Counts,
    RegisterFilter,
    RegisterPage,
    choices_of,
    find_export,
    listing_of,
    questions_of,
)
from kenes.register.states import GROUPS, RARE, ExportFormat, ExportState, Sort
from kenes.register.tasks import export_path, make_exports

CONTENT_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The public register: searched, narrowed, counted, in pages by key."""
    form = RegisterForm(request.GET)
    narrowed = form.narrowed()
    today = timezone.localdate()
    listing = listing_of(narrowed, sort=form.order, after=request.GET.get("after", ""), on=today)
    page, counts = listing.page, listing.counts
    form.offer(counts, choices_of(counts.regions))
    context = {
        "section": "questions",
        "form": form,
        "tabs": _tabs(request, counts, narrowed.group),
        "rows": listed(page.questions, narrowed.search, on=today),
        "total": counts.total,
        "after": page.after,
        "ranked": RANKED if _ends_early(form, page, counts) else 0,
        "newest": _query(request, sort=Sort.NEWEST, after=""),
        "is_first": "after" not in request.GET,
        "is_narrowed": narrowed != RegisterFilter(),
        "is_large": counts.total > LARGEST_AT_ONCE,
        "chips": _chips(request, narrowed),
        "query": query_of(request.GET),
        "more": _query(request, after=page.after or ""),
        "first": _query(request, after=""),
        "feed": f"{reverse('register:feed')}?{query_of(request.GET)}",
    }
    return with_etag(request, render(request, "register/register.html", context))


@require_safe
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as CSV, whole; a long one is made by the worker and asked for on the list's page."""
    narrowed = RegisterForm(request.GET).narrowed()
    if questions_of(narrowed)[LARGEST_AT_ONCE : LARGEST_AT_ONCE + 1].exists():
        return redirect(f"{reverse('register:list')}?{query_of(request.GET)}#download")
    response = StreamingHttpResponse(csv_of(questions_of(narrowed)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="register.csv"'
    return response


@require_POST
def exports(request: HttpRequest) -> HttpResponse:
    """Ask for the list as a file; the address's filters narrow it."""
    asked = request.POST.get("format", "")
    file_format = asked if asked in ExportFormat.values else ExportFormat.CSV
    language = get_language() or "kk"
    query = query_of(request.GET)
    export = ask_for_export(query=query, file_format=file_format, language=language, at=timezone.now())
    if export.state == ExportState.WAITING:
        make_exports()
    response = redirect("register:export", public_id=export.public_id)
    response.status_code = 303
    return response


@require_safe
def export(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file asked for: whether it is ready, and where it is."""
    found = find_export(public_id)
    context = {"section": "questions", "export": found, "list": f"{reverse('register:list')}?{found.query}"}
    return render(request, "register/export.html", context)


@require_safe
def export_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file itself."""
    found = find_export(public_id)
    path = export_path(found)
    if found.state != ExportState.READY or not path.exists():
        raise ExportUnknown
    name = f"register-{found.asked_at:%Y-%m-%d}.{found.format}"
    content_type = CONTENT_TYPES[ExportFormat(found.format)]
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=content_type)


def _ends_early(form: RegisterForm, page: RegisterPage, counts: Counts) -> bool:
    """Say whether the list ends because no more of the best matches are put in order."""
    return form.order == Sort.RELEVANCE and page.after is None and counts.total > RANKED


def _query(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return query.urlencode()


def _tabs(request: HttpRequest, counts: Counts, current: str) -> list[dict[str, Any]]:
    tabs = [("", _("All"), counts.all_groups)]
    numbers = {group: counts.groups.get(group, 0) for group in GROUPS}
    # What is rare is shown where there is any; the rest always stands in its place.
    tabs += [
        (group.value, str(group.label), number)
        for group, number in numbers.items()
        if number or group == current or group not in RARE
    ]
    return [
        {
            "label": label,
            "href": f"?{_query(request, state=state, after='')}",
            "is_current": state == current,
            "count": count,
        }
        for state, label, count in tabs
    ]


def _chips(request: HttpRequest, narrowed: RegisterFilter) -> list[dict[str, Any]]:
    """What narrows the list without a field of its own, each with the address that takes it away."""
    found: list[tuple[str, Any]] = []
    if narrowed.meeting:
        found.append(("meeting", Meeting.objects.filter(code=narrowed.meeting.upper()).first()))
    if narrowed.session:
        found.append(("session", StrategicSession.objects.filter(public_id=narrowed.session).first()))
    if narrowed.campaign:
        found.append(("campaign", Campaign.objects.filter(slug=narrowed.campaign).first()))
    return [
        {"object": one, "without": f"?{_query(request, **{name: '', 'after': ''})}"}
        for name, one in found
        if one is not None
    ]
