"""The queue of an officer: sorted by what is due, filtered in the address."""

from dataclasses import replace
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kenes.answering.access import headed_units, parts_of_units, questions_to_do, units_of
from kenes.answering.actions.bulk import MOST_AT_ONCE
from kenes.answering.alike import alike_in_queue
from kenes.answering.exports import queue_lines
from kenes.answering.forms import BULK_FORMS, BulkDraftForm, QueueFilterForm
from kenes.answering.queries import (
    QueueCounts,
    QueueFilter,
    count_queue,
    questions_in_queue,
    running_assignment,
    templates_of_units,
)
from kenes.answering.rows import part_rows, queue_rows
from kenes.answering.views.shared import csv_response, query_without
from kenes.core.languages import localized
from kenes.core.paging import numbered_page
from kenes.organisations.models import Organisation
from kenes.questions.states import QuestionState

PAGE_SIZE = 50
MOST_UNITS_OFFERED = 200


@require_safe
@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """What the person's units owe an answer to, late first."""
    today = timezone.localdate()
    units = units_of(request.user, on=today)
    form = QueueFilterForm(request.GET, units=_offered(units))
    wanted = replace(form.narrowed(), codes=_alike(request, today))
    shown = questions_in_queue(units, wanted, today=today)
    counts = count_queue(questions_in_queue(units, QueueFilter(unit=wanted.unit), today=today))
    number = request.GET.get("page", "1")
    page = numbered_page(
        shown.select_related("meeting"), number=int(number) if number.isdecimal() else 1, size=_size(request)
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
        "most": MOST_AT_ONCE if page.total > page.size and page.size < MOST_AT_ONCE else 0,
        "alike": wanted.codes[0] if wanted.codes else "",
        "here": request.get_full_path(),
        "bulk": _bulk_forms(units),
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
    narrowed = QueueFilterForm(request.GET, units=_offered(units)).narrowed()
    wanted = replace(narrowed, codes=_alike(request, today))
    return csv_response(queue_lines(questions_in_queue(units, wanted, today=today), today=today), "queue")


def _size(request: HttpRequest) -> int:
    """Return how many stand on a page: as many as a bulk act takes, where that was asked for."""
    return MOST_AT_ONCE if request.GET.get("many") else PAGE_SIZE


def _alike(request: HttpRequest, today: date) -> list[str] | None:
    """Return the codes of a question and of those that ask alike; None where no question is named."""
    code = request.GET.get("alike", "")
    found = questions_to_do(request.user, [code], on=today) if code else []
    assignment = running_assignment(found[0]) if found else None
    if assignment is None:
        return None
    return [found[0].code, *(each.code for each in alike_in_queue(found[0], assignment.organisation))]


def _bulk_forms(units: QuerySet[Organisation]) -> dict[str, Form]:
    forms = {verb.value: kind(auto_id=f"{verb}_%s") for verb, kind in BULK_FORMS.items()}
    for form in forms.values():
        if isinstance(form, BulkDraftForm):
            form.offer(templates_of_units(units))
    return forms


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
