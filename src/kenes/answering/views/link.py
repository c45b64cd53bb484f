"""The link of an assignment's e-mail: it shows, and a press accepts or declines, without signing in."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kenes.answering import actions
from kenes.answering.access import LinkOpened, assignment_of_link, code_of_link
from kenes.answering.errors import LinkExpired, LinkUsed
from kenes.answering.forms import EmptyForm, ReasonForm
from kenes.core.errors import Forbidden, KenesError
from kenes.core.languages import localized
from kenes.deadlines.queries import open_term_of
from kenes.questions.views import for_the_asker_only as for_its_holder_only


@for_its_holder_only
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show the assignment; a POST accepts or declines it. Opening the link does nothing by itself."""
    try:
        opened = assignment_of_link(token, at=timezone.now())
    except (LinkExpired, LinkUsed) as over:
        told = {"over": over, "code": code_of_link(token)}
        return render(request, "answering/link_over.html", told, status=over.status)
    is_decline = request.POST.get("act") == "decline"
    form: Form = ReasonForm(request.POST if is_decline else None)
    if request.method != "POST":
        return _page(request, opened, form, status=200)
    if is_decline and not form.is_valid():
        return _page(request, opened, form, status=422)
    try:
        _act(opened, form, is_decline=is_decline)
    except Forbidden:
        raise
    except KenesError as error:
        form = form if form.is_bound else EmptyForm({})
        form.add_error(None, str(error))
        return _page(request, opened, form, status=error.status)
    context = {"question": opened.assignment.question, "is_declined": is_decline}
    return render(request, "answering/link_done.html", context)


def _act(opened: LinkOpened, form: Form, *, is_decline: bool) -> None:
    question, by, at = opened.assignment.question, opened.user, timezone.now()
    if is_decline:
        actions.decline(question, by=by, at=at, reason=form.cleaned_data["reason"])
    else:
        actions.accept(question, by=by, at=at)


def _page(request: HttpRequest, opened: LinkOpened, form: Form, *, status: int) -> HttpResponse:
    question = opened.assignment.question
    term = open_term_of(object_kind="question", object_id=question.code)
    context = {
        "question": question,
        "due_on": term.due_on if term else None,
        "may_decline": opened.assignment.organisation_id != question.meeting.host_id,
        "title": localized(question.meeting, "title"),
        "unit": localized(opened.assignment.organisation, "name"),
        "good_until": opened.good_until,
        "form": form,
    }
    return render(request, "answering/link.html", context, status=status)
