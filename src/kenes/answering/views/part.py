"""A part of a question at the desk of answers: read by the unit that has it, answered by its signer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kenes.answering import actions
from kenes.answering.access import part_at_work
from kenes.answering.errors import WorkNotOpen
from kenes.answering.forms import PartAnswerForm
from kenes.answering.queries import place_of
from kenes.answering.rows import part_rows
from kenes.answering.rules import may_answer_part
from kenes.answering.views.shared import SeeOther, person
from kenes.core.errors import KenesError
from kenes.questions.models import Part


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def part(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part with the whole question; a POST signs and publishes its answer."""
    found = part_at_work(request.user, public_id, on=timezone.localdate())
    form = PartAnswerForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        said = form.cleaned_data
        texts = {"kk": said["kk"], "ru": said["ru"]}
        try:
            actions.answer_part(
                found, texts=texts, answered_by=said["answered_by"], by=person(request), at=timezone.now()
            )
        except WorkNotOpen:
            raise
        except KenesError as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("Signed: the answer to the part is published."))
            return SeeOther(reverse("answering:queue"))
    return _page(request, found, form, status=status)


def _page(request: HttpRequest, found: Part, form: PartAnswerForm, *, status: int) -> HttpResponse:
    today = timezone.localdate()
    (row,) = part_rows([found], today=today)
    is_signer = may_answer_part(place_of(person(request), found.organisation, today))
    shown = form if is_signer and found.ended_at is None else None
    context = {"row": row, "form": shown, "section": "work"}
    return render(request, "answering/part.html", context, status=status)
