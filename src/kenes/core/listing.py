"""Lists of the read API: one way to filter, page, and answer in JSON or CSV, for every app's `api.py`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from kenes.core.conditional import with_etag
from kenes.core.errors import InvalidInput
from kenes.core.paging import LARGEST_PAGE, PAGE_SIZE, numbered_page
from kenes.core.tables import csv_lines

# A whole list as one CSV file; a longer one comes in files of so many rows by `page`, so that one
# reader never holds a thread for long.
LARGEST_CSV = 5_000
CSV_CHUNK = 500
LAST_PAGE = 1_000_000
SLUG = r"^[-A-Za-z0-9_]*$"

RowOut = TypeVar("RowOut")
Row = TypeVar("Row", bound=Model)

Json = Mapping[str, Any]
Texts = dict[str, str]
"""Official content: `kk`, `ru`, `en`; a language that is missing is left out."""

Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2200, 1, 1))]
"""A day that a calendar of ours can be asked for."""


class UnknownFilter(InvalidInput):
    type = "unknown-filter"
    message = _("These filters are not known here: %(names)s. Known are: %(known)s.")


class InvalidFilter(InvalidInput):
    type = "invalid-filter"
    message = _("These filters are not of the form asked for: %(names)s. Please see the API's reference.")


class Asked(Schema):
    """What may be asked of every list."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="number of the page, from 1")
    size: int | None = Field(
        None, ge=1, le=LARGEST_CSV, description="rows a page: JSON 50, at most 500; CSV 5,000"
    )


class Listed(Schema, Generic[RowOut]):
    """One page of a list, with the length of the whole."""

    total: int
    page: int
    pages: int
    size: int
    rows: list[RowOut]


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


def _problem(description: str) -> Json:
    return {"description": description, "content": {"application/problem+json": {"schema": _PROBLEM}}}


# What the OpenAPI document says of every list, and of every single thing, beside its rows.
OF_LISTS = {
    "responses": {
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
        304: {"description": "The reader has these bytes already (`If-None-Match`)"},
        422: _problem("A filter is unknown or not of its form"),
    }
}
# Of numbers that a filter narrows: no rows, no pages.
OF_NUMBERS = {
    "responses": {
        304: {"description": "The reader has these bytes already (`If-None-Match`)"},
        422: _problem("A filter is unknown or not of its form"),
    }
}
OF_SINGLES = {
    "responses": {
        304: {"description": "The reader has these bytes already (`If-None-Match`)"},
        404: _problem("There is none, or it is not public"),
    }
}


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """How a list is told: rows become JSON in batches (a constant number of queries each).

    `columns` of the CSV are dotted paths into the JSON row (`title.kk`); what there are many of is told
    in one cell, each as the path leads on from it.
    """

    name: str
    to_json: Callable[[Sequence[Row]], list[Json]]
    columns: Sequence[str]

    def answer(self, request: HttpRequest, rows: QuerySet[Row], asked: Asked) -> Any:
        """Return the page asked for: CSV where the address or `Accept` wants it, else JSON.

        Raises: UnknownFilter.
        """
        refuse_unknown(request, type(asked))
        if wants_csv(request):
            return self._csv(request, rows, asked)
        page = numbered_page(rows, number=asked.page, size=min(asked.size or PAGE_SIZE, LARGEST_PAGE))
        return {
            "total": page.total,
            "page": page.number,
            "pages": page.last,
            "size": page.size,
            "rows": self.to_json(page.rows),
        }

    def _csv(self, request: HttpRequest, rows: QuerySet[Row], asked: Asked) -> HttpResponse:
        size = asked.size or LARGEST_CSV
        begin = (asked.page - 1) * size
        header = [column.replace(".", "_") for column in self.columns]
        text = "".join(csv_lines(header, self._cells(rows, begin, begin + size)))
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.name}.csv"'
        return public(request, response)

    def _cells(self, rows: QuerySet[Row], begin: int, end: int) -> Iterator[list[object]]:
        for start in range(begin, end, CSV_CHUNK):
            chunk = list(rows[start : min(start + CSV_CHUNK, end)])
            for row in self.to_json(chunk):
                yield [_at(row, column) for column in self.columns]
            if len(chunk) < CSV_CHUNK:
                return


def refuse_unknown(request: HttpRequest, asked: type[Schema]) -> None:
    """Refuse a mistyped filter: passed over, it would answer with what nobody asked for.

    Raises: UnknownFilter.
    """
    known = asked.model_fields
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        raise UnknownFilter(names=", ".join(unknown)[:200], known=", ".join(known))


def wants_csv(request: HttpRequest) -> bool:
    """Say whether the address ends in `.csv`, or `Accept` prefers CSV to JSON."""
    if request.path.endswith(".csv"):
        return True
    return request.get_preferred_type(["application/json", "text/csv"]) == "text/csv"


def public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the answer as anyone may keep it: asked for anew with its ETag each time."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Vary"] = "Accept, Accept-Language"
    return with_etag(request, response)


def day_begins(day: date) -> datetime:
    """Return the instant at which a day begins in the instance's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_ends(day: date) -> datetime:
    """Return the instant at which a day is over in the instance's zone."""
    return day_begins(day + timedelta(days=1))


def _at(row: Any, column: str) -> object:
    for name in column.split("."):
        row = [_of(each, name) for each in row] if isinstance(row, list | tuple) else _of(row, name)
    if isinstance(row, list | tuple):
        return "; ".join("" if each is None else str(each) for each in row)
    return row


def _of(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else None
