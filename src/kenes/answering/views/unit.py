"""The head's view: what is late and where, by unit and by writer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kenes.answering.access import questions_to_do, unit_to_oversee, with_units_below
from kenes.answering.exports import queue_lines
from kenes.answering.queries import (
    QueueFilter,
    count_queue,
    load_by_unit,
    load_by_writer,
    questions_in_queue,
)
from kenes.answering.rows import queue_rows
from kenes.answering.views.shared import csv_response

LATE_SHOWN = 50


@require_safe
@never_cache
@login_required
def unit(request: HttpRequest, public_id: str) -> HttpResponse:
    """A unit with all that stand below it: counts, load, and what is late."""
    today = timezone.localdate()
    body = unit_to_oversee(request.user, public_id, on=today)
    units = with_units_below([body])
    owed = questions_in_queue(units, QueueFilter(), today=today)
    late = questions_in_queue(units, QueueFilter(is_late=True), today=today)
    rows = queue_rows(list(late.select_related("meeting")[:LATE_SHOWN]), today=today)
    context = {
        "section": "work",
        "unit": body,
        "counts": count_queue(owed),
        "by_unit": load_by_unit(owed, units, today=today),
        "by_writer": load_by_writer(owed, today=today),
        "late": rows,
        "mine": questions_to_do(request.user, [row.question.code for row in rows], on=today),
    }
    return render(request, "answering/unit.html", context)


@require_safe
@never_cache
@login_required
def unit_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that the unit and those below it owe, as CSV."""
    today = timezone.localdate()
    body = unit_to_oversee(request.user, public_id, on=today)
    owed = questions_in_queue(with_units_below([body]), QueueFilter(), today=today)
    return csv_response(queue_lines(owed, today=today), "unit")
