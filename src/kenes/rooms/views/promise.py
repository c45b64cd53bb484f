"""Recording a promise made aloud: a page beside the desk, which works without JavaScript."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kenes.accounts.models import User
from kenes.commitments.actions import PromiseText, make_commitment
from kenes.commitments.models import Commitment
from kenes.commitments.pages import cards_of
from kenes.commitments.queries import AGENDA_ITEM, MEETING, said_at
from kenes.core.errors import KenesError
from kenes.links.models import End
from kenes.programme.models import Meeting
from kenes.rooms.access import meeting_to_moderate
from kenes.rooms.forms import PromiseForm
from kenes.rooms.views.answers import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def promise(request: HttpRequest, code: str) -> HttpResponse:
    """What was promised aloud in this meeting so far, and a form for the next promise."""
    meeting = meeting_to_moderate(request.user, code)
    form = PromiseForm(request.POST if request.method == "POST" else None, meeting=meeting)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            made = _record(form, meeting, request)
        except KenesError as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("The promise is on record as %(code)s.") % {"code": made.code})
            return SeeOther(reverse("rooms:promise", args=[meeting.code]))
    context = {
        "meeting": meeting,
        "form": form,
        "cards": cards_of(said_at(meeting), on=timezone.localdate()),
    }
    return render(request, "rooms/promise.html", context, status=status)


def _record(form: PromiseForm, meeting: Meeting, request: HttpRequest) -> Commitment:
    said = form.cleaned_data
    text = PromiseText(
        texts={said["language"]: said["text"]},
        language=said["language"],
        executor=said["organisation"],
        co_executors=[said["co_executor"]] if said["co_executor"] else [],
        due_on=said["due_on"],
        made_by=form.made_by,
    )
    by = request.user if isinstance(request.user, User) else None
    source = End(AGENDA_ITEM, said["item"]) if said["item"] else End(MEETING, meeting.code)
    return make_commitment(promise=text, source=source, meeting=meeting, by=by, at=timezone.now())
