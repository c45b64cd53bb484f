"""Lists in pages: by number with a total, or by a cursor that stays right while rows come and go."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput

PAGE_SIZE = 50
LARGEST_PAGE = 500

Row = TypeVar("Row", bound=Model)


class BadCursor(InvalidInput):
    type = "bad-cursor"
    message = _("This place in the list is not known. Please begin again from its first page.")


@dataclass(frozen=True, slots=True)
class NumberedPage(Generic[Row]):
    """One page of a list, with the list's whole length."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The last page's number; an empty list has one page."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class CursorPage(Generic[Row]):
    """The rows after a cursor, and the cursor after them (None at the end)."""

    rows: Sequence[Row]
    after: str | None


def numbered_page(rows: QuerySet[Row], *, number: int = 1, size: int = PAGE_SIZE) -> NumberedPage[Row]:
    """Return a page in two queries; a number past the end gives an empty page."""
    number, size = max(1, number), min(max(1, size), LARGEST_PAGE)
    begin = (number - 1) * size
    total = rows.count()
    found = list(rows[begin : begin + size]) if begin < total else []
    return NumberedPage(found, number, size, total)


def cursor_page(
    rows: QuerySet[Row], *, order: Sequence[str], after: str = "", size: int = PAGE_SIZE
) -> CursorPage[Row]:
    """Return the rows after a cursor in one query.

    `order`: field names as for `order_by`, the last one unique, none of them null.
    Raises: BadCursor.
    """
    size = min(max(1, size), LARGEST_PAGE)
    names = [name.removeprefix("-") for name in order]
    if after:
        rows = rows.filter(_behind(order, decode_cursor(after, parts=len(names))))
    found = list(rows.order_by(*order)[: size + 1])
    has_more = len(found) > size
    found = found[:size]
    edge = encode_cursor([getattr(found[-1], name) for name in names]) if has_more else None
    return CursorPage(found, edge)


def encode_cursor(values: Sequence[object]) -> str:
    """Return the sort key of a row as an opaque text fit for an address."""
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *, parts: int) -> list[Any]:
    """Return the sort key that a cursor holds. Raises: BadCursor."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not isinstance(values, list) or len(values) != parts:
        raise BadCursor
    if not all(isinstance(value, str | int) for value in values):
        raise BadCursor
    return values


def _behind(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Return the condition of a row that sorts behind the key `values`."""
    condition, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        field = name.removeprefix("-")
        comparison = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{comparison}": value})
        equal &= Q(**{field: value})
    return condition
