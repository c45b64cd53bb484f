"""The figures of answer coverage, each with its definition and its list."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kenes.core.errors import Forbidden
from kenes.core.paging import numbered_page
from kenes.core.tables import csv_lines
from kenes.coverage import lists, pages
from kenes.coverage.figures import (
    ASKED,
    CLASSES,
    MEDIAN,
    MERGED,
    NINETIETH,
    Coverage,
    coverage_figures,
    coverage_of,
    durations,
)
from kenes.coverage.forms import ScopeForm
from kenes.coverage.scope import Scope

CHUNK = 500


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All figures of a scope: the classes that sum to what was asked, and where they differ."""
    today = timezone.localdate()
    form = ScopeForm(request.GET)
    scope = form.scope()
    found = coverage_figures(scope, today=today)
    earlier = scope.before()
    before = coverage_of(earlier, today=today) if earlier else None
    context = {
        "section": "coverage",
        "form": form,
        "whole": found.whole,
        "lines": pages.class_lines(found.whole, scope, before),
        "stripes": pages.stripes_of(found.whole),
        "before": before,
        "earlier": earlier,
        "durations": durations(scope, today=today),
        "durations_before": durations(earlier, today=today) if earlier else None,
        "chips": pages.chips_of(scope, pages.overview_link),
        "figures": {"asked": ASKED, "merged": MERGED, "median": MEDIAN, "ninetieth": NINETIETH},
        "links": {
            name: pages.figure_link(figure.name, scope)
            for name, figure in {"asked": ASKED, "merged": MERGED, "median": MEDIAN, "p90": NINETIETH}.items()
        },
        "parts": pages.parts_of(found.by, scope),
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "coverage/overview.html", context)


@require_safe
def overview_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers as CSV: dimension, name, each class."""
    scope = ScopeForm(request.GET).scope()
    found = coverage_figures(scope, today=timezone.localdate())
    header = ("by", "name", "asked", *(each.value for each in CLASSES), "merged")
    rows = [("", "", *_numbers(found.whole))]
    for part in pages.parts_of(found.by, scope):
        rows += [(part.title, str(line.name), *_numbers(line.coverage)) for line in part.lines]
    return _as_file("".join(csv_lines(header, rows)), "coverage")


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """A figure: its number, its definition in words, and the questions it counts."""
    today = timezone.localdate()
    form = ScopeForm(request.GET)
    scope = form.scope()
    number = request.GET.get("page", "1")
    ids = lists.ids_of(_known(name), scope, today=today)
    page = numbered_page(ids, number=int(number) if number.isdecimal() else 1)
    context = {
        "section": "coverage",
        "figure": lists.BY_NAME[name],
        "value": _value(name, page.total, scope, today),
        "page": page,
        "rows": lists.listed(lists.rows_by_ids(page.rows, scope, today=today)),
        "form": form,
        "overview": pages.overview_link(scope),
        "chips": pages.chips_of(scope, partial(pages.figure_link, name)),
        "is_percentile": name in lists.PERCENTILES,
        "query": _query_without_page(request),
        "csv_query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "coverage/figure.html", context)


@require_safe
def figure_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """The whole list of a figure as CSV, streamed."""
    scope = ScopeForm(request.GET).scope()
    rows = lists.with_companions(lists.rows_of(_known(name), scope, today=timezone.localdate()))
    lines = csv_lines(lists.CSV_HEADER, _cells(rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="coverage-{name}.csv"'
    return response


def _cells(rows: QuerySet[Any]) -> Iterator[tuple[object, ...]]:
    """Read by key, chunk by chunk: flat memory, and no list that shifts under the reader."""
    last: int | None = None
    rows = rows.order_by("-id")
    while chunk := list((rows if last is None else rows.filter(pk__lt=last))[:CHUNK]):
        yield from (tuple(lists.cells(row)) for row in lists.listed(chunk))
        last = chunk[-1].pk


def _known(name: str) -> str:
    if name not in lists.BY_NAME:
        raise Forbidden
    return name


def _value(name: str, total: int, scope: Scope, today: date) -> int | None:
    if name not in lists.PERCENTILES:
        return total
    took = durations(scope, today=today)
    return took.median if name == MEDIAN.name else took.ninetieth


def _numbers(coverage: Coverage) -> tuple[int, ...]:
    return (coverage.asked, *(coverage.by_class[each] for each in CLASSES), coverage.merged)


def _query_without_page(request: HttpRequest) -> str:
    rest = request.GET.copy()
    rest.pop("page", None)
    return f"{rest.urlencode()}&" if rest else ""


def _as_file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
