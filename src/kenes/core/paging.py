"""Lists in numbered pages, with their whole length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

PAGE_SIZE = 50
LARGEST_PAGE = 500

Row = TypeVar("Row", bound=Model)


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


def numbered_page(rows: QuerySet[Row], *, number: int = 1, size: int = PAGE_SIZE) -> NumberedPage[Row]:
    """Return a page in two queries; a number past the end gives an empty page."""
    number, size = max(1, number), min(max(1, size), LARGEST_PAGE)
    begin = (number - 1) * size
    total = rows.count()
    found = list(rows[begin : begin + size]) if begin < total else []
    return NumberedPage(found, number, size, total)
