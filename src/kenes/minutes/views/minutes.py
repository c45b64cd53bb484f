"""A meeting's minutes: the page, its documents and numbers, every act a resource of its own."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenes.accounts.models import User
from kenes.minutes import actions
from kenes.minutes.access import (
    document_of,
    meeting_for,
    minutes_shown,
    minutes_to_change,
    remark_to_resolve,
)
from kenes.minutes.comparing import differences
from kenes.minutes.errors import MinutesUnknown
from kenes.minutes.figures import figures_of
from kenes.minutes.forms import ReasonForm, RemarkForm, ResolutionForm, TextsForm
from kenes.minutes.models import Minutes
from kenes.minutes.pages import figure_page, minutes_address, minutes_page
from kenes.minutes.paper.making import places_of
from kenes.minutes.rules import may
from kenes.minutes.states import MinutesAct
from kenes.minutes.tasks import make_documents_soon
from kenes.programme.access import meeting_of
from kenes.rooms.views.answers import SeeOther


@require_safe
def minutes(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """A version of the minutes: the newest that the reader may see, or the one of the address."""
    meeting, on = meeting_of(code, request.user), timezone.localdate()
    try:
        found = minutes_shown(request.user, meeting, on=on, version=version)
    except MinutesUnknown:
        if version is not None or not may(request.user, MinutesAct.DRAFT, meeting, on=on):
            raise
        return render(request, "minutes/none.html", {"meeting": meeting})
    return render(request, "minutes/minutes.html", {"page": minutes_page(found, request.user, on=on)})


@require_safe
def figure(request: HttpRequest, code: str, version: int, key: str) -> HttpResponse:
    """A number of the minutes and the records behind it."""
    found = _shown(request, code, version)
    number = figures_of(found.content).get(key)
    if number is None:
        raise MinutesUnknown
    back = minutes_address(found.meeting, found.version)
    page = figure_page(number, zone=found.content["meeting"]["zone"], back=back)
    return render(request, "minutes/figure.html", {"page": page, "meeting": found.meeting})


@require_safe
def document(request: HttpRequest, code: str, version: int, language: str, ending: str) -> HttpResponseBase:
    """A version as a file."""
    found = document_of(_shown(request, code, version), language=language, file_format=ending)
    upload = found.upload
    response = FileResponse(
        upload.file.open("rb"),
        as_attachment=True,
        filename=upload.original_name,
        content_type=upload.content_type,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["ETag"] = f'"{upload.sha256}"'
    return response


@require_safe
def compare(request: HttpRequest, code: str, older: int, newer: int) -> HttpResponse:
    """What changed from one version to another."""
    before, after = _shown(request, code, older), _shown(request, code, newer)
    found = differences(before, after, get_language() or "kk")
    context = {"meeting": after.meeting, "older": before, "newer": after, "differences": found}
    return render(request, "minutes/compare.html", context)


@require_POST
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Make the first version from what happened."""
    now = timezone.now()
    meeting = meeting_for(request.user, code, MinutesAct.DRAFT, on=timezone.localdate(now))
    made = actions.draft_minutes(meeting, by=person(request), at=now)
    return _wanting_documents(made)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The parts that a person writes; what is sent makes a newer version."""
    now = timezone.now()
    found = _to_change(request, code, version, MinutesAct.REDRAFT)
    form = TextsForm(request.POST or None, texts=found.texts)
    if request.method == "POST" and form.is_valid():
        made = actions.redraft_minutes(
            found, texts=form.texts(), is_fresh=form.cleaned_data["is_fresh"], by=person(request), at=now
        )
        return _wanting_documents(made)
    context = {"form": form, "minutes": found, "meeting": found.meeting}
    return render(request, "minutes/edit.html", context, status=422 if form.errors else 200)


@require_POST
def open_for_remarks(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Let those who may read drafts say what to change."""
    found = _to_change(request, code, version, MinutesAct.OPEN_FOR_REMARKS)
    actions.open_minutes_for_remarks(found, by=person(request), at=timezone.now())
    return SeeOther(minutes_address(found.meeting, found.version))


@require_POST
def remark(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Add a remark."""
    found = _to_change(request, code, version, MinutesAct.ADD_REMARK)
    form = RemarkForm(request.POST, places=places_of(found, get_language() or "kk"))
    form.is_valid()
    said = {name: str(form.cleaned_data.get(name, "")) for name in ("place", "text")}
    actions.add_remark(found, **said, by=person(request), at=timezone.now())
    return SeeOther(f"{minutes_address(found.meeting, found.version)}#remarks")


@require_POST
def resolve(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Say what was done about a remark."""
    found = remark_to_resolve(request.user, code, public_id, on=timezone.localdate())
    form = ResolutionForm(request.POST)
    form.is_valid()
    resolution = str(form.cleaned_data.get("text", ""))
    actions.resolve_remark(found, resolution=resolution, by=person(request), at=timezone.now())
    return SeeOther(f"{minutes_address(found.minutes.meeting)}#remarks")


@require_POST
def finalise(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Make the minutes final."""
    found = _to_change(request, code, version, MinutesAct.FINALISE)
    actions.finalise_minutes(found, by=person(request), at=timezone.now())
    return _wanting_documents(found)


@require_POST
def correct(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Begin a correction of final minutes."""
    found = _to_change(request, code, version, MinutesAct.CORRECT)
    form = ReasonForm(request.POST)
    form.is_valid()
    reason = str(form.cleaned_data.get("text", ""))
    made = actions.correct_minutes(found, reason=reason, by=person(request), at=timezone.now())
    return _wanting_documents(made)


def _shown(request: HttpRequest, code: str, version: int) -> Minutes:
    meeting = meeting_of(code, request.user)
    return minutes_shown(request.user, meeting, on=timezone.localdate(), version=version)


def _to_change(request: HttpRequest, code: str, version: int, act: MinutesAct) -> Minutes:
    return minutes_to_change(request.user, code, version, act, on=timezone.localdate())


def person(request: HttpRequest) -> User | None:
    """Return who is signed in."""
    return request.user if isinstance(request.user, User) else None


def _wanting_documents(made: Minutes) -> HttpResponse:
    make_documents_soon()
    return SeeOther(minutes_address(made.meeting, made.version))
