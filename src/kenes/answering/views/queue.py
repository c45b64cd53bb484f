"""The queue of an officer: sorted by what is due, filtered in the address, worked on in bulk."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kenes.accounts.models import User
from kenes.answering import actions
from kenes.answering.access import headed_units, parts_of_units, questions_to_do, units_of
from kenes.answering.actions import BulkResult, Signature
from kenes.answering.exports import queue_lines
from kenes.answering.forms import BULK_FORMS, BulkDraftForm, BulkSignForm, EmptyForm, QueueFilterForm
from kenes.answering.queries import QueueCounts, QueueFilter, count_queue, questions_in_queue
from kenes.answering.rows import part_rows, queue_rows
from kenes.answering.states import BulkVerb
from kenes.answering.views.shared import SeeOther, back_to, csv_response, person, query_without
from kenes.core.errors import Forbidden, KenesError
from kenes.core.languages import localized
from kenes.core.paging import numbered_page
from kenes.organisations.models import Organisation
from kenes.questions.models import Question
from kenes.questions.states import QuestionState

PAGE_SIZE = 50
MOST_UNITS_OFFERED = 200
Bulk = Callable[[Sequence[Question], Form, User], list[BulkResult]]


@require_safe
@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """What the person's units owe an answer to, late first."""
    today = timezone.localdate()
    units = units_of(request.user, on=today)
    form = QueueFilterForm(request.GET, units=_offered(units))
    wanted = form.narrowed()
    shown = questions_in_queue(units, wanted, today=today)
    counts = count_queue(questions_in_queue(units, QueueFilter(unit=wanted.unit), today=today))
    number = request.GET.get("page", "1")
    page = numbered_page(
        shown.select_related("meeting"), number=int(number) if number.isdecimal() else 1, size=PAGE_SIZE
    )
    context = {
        "section": "work",
        "page": page,
        "rows": queue_rows(page.rows, today=today),
        "parts": part_rows(list(parts_of_units(units).filter(ended_at=None)), today=today),
        "form": form,
        "tabs": _tabs(request, counts, wanted),
        "counts": counts,
        "headed": headed_units(request.user, on=today)[:MOST_UNITS_OFFERED],
        "query": query_without(request, "page"),
        "here": request.get_full_path(),
        "bulk": {verb.value: kind(auto_id=f"{verb}_%s") for verb, kind in BULK_FORMS.items()},
        "is_anywhere": bool(form.fields["unit"].choices[1:]),  # type: ignore[attr-defined]
    }
    return render(request, "answering/queue.html", context)


@require_safe
@never_cache
@login_required
def queue_csv(request: HttpRequest) -> HttpResponse:
    """The same list as CSV."""
    today = timezone.localdate()
    units = units_of(request.user, on=today)
    wanted = QueueFilterForm(request.GET, units=_offered(units)).narrowed()
    return csv_response(queue_lines(questions_in_queue(units, wanted, today=today), today=today), "queue")


@require_POST
@never_cache
@login_required
def bulk(request: HttpRequest, verb: BulkVerb) -> HttpResponse:
    """Do with each chosen question what the verb says; what hindered one is told beside its code."""
    chosen = questions_to_do(request.user, request.POST.getlist("question"), on=timezone.localdate())
    form = BULK_FORMS.get(verb, EmptyForm)(request.POST, auto_id=f"{verb}_%s")
    back = back_to(request, reverse("answering:queue"))
    if not form.is_valid():
        return _refused(request, verb, form, chosen, back=back, status=422)
    try:
        results = BULK[verb](chosen, form, person(request))
    except Forbidden:
        raise
    except KenesError as error:
        form.add_error(None, str(error))
        return _refused(request, verb, form, chosen, back=back, status=error.status)
    hindered = [result for result in results if result.error is not None]
    done = len(results) - len(hindered)
    said = ngettext("Done with %(count)s question.", "Done with %(count)s questions.", done) % {"count": done}
    if not hindered:
        messages.success(request, said)
        return SeeOther(back)
    context = {"said": said, "done": done, "hindered": hindered, "back": back, "section": "work"}
    return render(request, "answering/bulk_result.html", context)


def _refused(
    request: HttpRequest,
    verb: BulkVerb,
    form: Form,
    chosen: Sequence[Question],
    *,
    back: str,
    status: int,
) -> HttpResponse:
    context = {"verb": verb, "form": form, "chosen": chosen, "back": back, "section": "work"}
    return render(request, "answering/bulk_form.html", context, status=status)


def _draft(chosen: Sequence[Question], form: Form, by: User) -> list[BulkResult]:
    if not isinstance(form, BulkDraftForm):
        raise TypeError("Drafts are written from their form.")
    return actions.draft_many(chosen, words=form.words(), by=by, at=timezone.now())


def _sign(chosen: Sequence[Question], form: Form, by: User) -> list[BulkResult]:
    if not isinstance(form, BulkSignForm):
        raise TypeError("Answers are signed from their form.")
    signature = Signature(form.cleaned_data["signed_as"], form.mark())
    return actions.sign_many(chosen, signature=signature, by=by, at=timezone.now())


def _accept(chosen: Sequence[Question], form: Form, by: User) -> list[BulkResult]:
    return actions.accept_many(chosen, by=by, at=timezone.now())


def _clear(chosen: Sequence[Question], form: Form, by: User) -> list[BulkResult]:
    return actions.clear_many(chosen, by=by, at=timezone.now())


def _assign_onward(chosen: Sequence[Question], form: Form, by: User) -> list[BulkResult]:
    return actions.assign_many_onward(chosen, **form.cleaned_data, by=by, at=timezone.now())


BULK: Mapping[BulkVerb, Bulk] = {
    BulkVerb.ACCEPT: _accept,
    BulkVerb.DRAFT: _draft,
    BulkVerb.CLEAR: _clear,
    BulkVerb.SIGN: _sign,
    BulkVerb.ASSIGN_ONWARD: _assign_onward,
}


def _offered(units: QuerySet[Organisation]) -> list[tuple[str, str]]:
    rows = units.order_by("name", "pk")[:MOST_UNITS_OFFERED]
    return [(unit.public_id, localized(unit, "name").text) for unit in rows]


def _tabs(request: HttpRequest, counts: QueueCounts, wanted: QueueFilter) -> list[dict[str, object]]:
    rest = query_without(request, "state", "page", "late")
    tabs: list[dict[str, object]] = [
        {
            "label": _("All"),
            "href": f"?{rest}",
            "is_current": not wanted.state and not wanted.is_late,
            "count": counts.total,
        },
        {"label": _("Late"), "href": f"?{rest}late=on", "is_current": wanted.is_late, "count": counts.late},
    ]
    for state, count in counts.by_state.items():
        label, is_current = str(QuestionState(state).label), wanted.state == state
        tabs.append(
            {"label": label, "href": f"?{rest}state={state}", "is_current": is_current, "count": count}
        )
    return tabs
