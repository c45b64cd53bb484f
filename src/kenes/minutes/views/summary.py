"""A meeting's summary for the press: the page, its plain text, its numbers, the acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenes.minutes import actions
from kenes.minutes.access import meeting_for, summary_shown
from kenes.minutes.errors import MinutesUnknown
from kenes.minutes.figures import DEFINITIONS, Figure
from kenes.minutes.forms import SummaryForm
from kenes.minutes.models import Summary
from kenes.minutes.pages import figure_page, summary_address, summary_page
from kenes.minutes.press.telling import as_text
from kenes.minutes.rules import may
from kenes.minutes.states import MinutesAct
from kenes.minutes.views.minutes import person
from kenes.programme.access import meeting_of
from kenes.rooms.views.answers import SeeOther


@require_safe
def summary(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """A version of the summary: the newest that the reader may see, or the one of the address."""
    meeting, on = meeting_of(code, request.user), timezone.localdate()
    try:
        found = summary_shown(request.user, meeting, on=on, version=version)
    except MinutesUnknown:
        if version is not None or not may(request.user, MinutesAct.DRAFT_SUMMARY, meeting, on=on):
            raise
        return render(request, "minutes/no_summary.html", {"meeting": meeting})
    return render(request, "minutes/summary.html", {"page": summary_page(found, request.user, on=on)})


@require_safe
def text(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The summary as plain text with footnotes, to send on."""
    found = _shown(request, code, version)
    content = as_text(found, get_language() or "kk")
    return HttpResponse(content, content_type="text/plain; charset=utf-8")


@require_safe
def figure(request: HttpRequest, code: str, version: int, key: str) -> HttpResponse:
    """A number of the summary and the records behind it, as it was counted."""
    found = _shown(request, code, version)
    definition = next((one for one in DEFINITIONS if one.key == key), None)
    number = found.figures["numbers"].get(key)
    if definition is None or number is None:
        raise MinutesUnknown
    counted = Figure(definition, number["value"], tuple(number["rows"]))
    back = summary_address(found.meeting, found.version)
    page = figure_page(counted, zone=found.figures["meeting"]["zone"], back=back)
    return render(request, "minutes/figure.html", {"page": page, "meeting": found.meeting})


@require_POST
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Compose the first summary."""
    now = timezone.now()
    meeting = meeting_for(request.user, code, MinutesAct.DRAFT_SUMMARY, on=timezone.localdate(now))
    made = actions.draft_summary(meeting, by=person(request), at=now)
    return SeeOther(summary_address(meeting, made.version))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The texts with their signs; what is sent makes a newer version."""
    found = _to_change(request, code, version, MinutesAct.REDRAFT_SUMMARY)
    form = SummaryForm(request.POST or None, texts=found.texts, numbers=found.figures["numbers"])
    if request.method == "POST" and form.is_valid():
        made = form.save_with(
            lambda texts, is_fresh: actions.redraft_summary(
                found, texts=texts, is_fresh=is_fresh, by=person(request), at=timezone.now()
            )
        )
        if made is not None:
            return SeeOther(summary_address(found.meeting, made.version))
    context = {"form": form, "summary": found, "meeting": found.meeting}
    return render(request, "minutes/edit_summary.html", context, status=422 if form.errors else 200)


@require_POST
def approve(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Make the summary public."""
    found = _to_change(request, code, version, MinutesAct.APPROVE_SUMMARY)
    actions.approve_summary(found, by=person(request), at=timezone.now())
    return SeeOther(summary_address(found.meeting))


def _shown(request: HttpRequest, code: str, version: int) -> Summary:
    meeting = meeting_of(code, request.user)
    return summary_shown(request.user, meeting, on=timezone.localdate(), version=version)


def _to_change(request: HttpRequest, code: str, version: int, act: MinutesAct) -> Summary:
    on = timezone.localdate()
    meeting = meeting_for(request.user, code, act, on=on)
    return summary_shown(request.user, meeting, on=on, version=version)
