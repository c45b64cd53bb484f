"""The register's list with its counts: by the way that reads least."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kenes.questions.errors import CursorUnknown
from kenes.register.queries.counted import Counts, counts_of, counts_of_cells, wider_of
from kenes.register.queries.listed import (
    PAGE_SIZE,
    RegisterFilter,
    RegisterPage,
    newest_of,
    page_by_ids,
    place_after,
    questions_of,
    words_of,
)
from kenes.register.queries.matched import Matched, best_matched, found_by, matched
from kenes.register.states import Sort


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a filter, and the counts of all that the filter finds."""

    page: RegisterPage
    counts: Counts


def listing_of(
    narrowed: RegisterFilter,
    *,
    sort: str = Sort.NEWEST,
    after: str = "",
    size: int = PAGE_SIZE,
    on: date | None = None,
    using: str = "default",
) -> Listing:
    """Return the page after a cursor ("" for the first) and the counts; `on` is the day that decides late.

    The best match first goes on after the question named by the cursor, and ends after `RANKED` of them.
    Raises: CursorUnknown.
    """
    search = words_of(narrowed)
    # What is asked of it is no column of the question.
    is_dear = search is not None or narrowed.is_late or bool(narrowed.body)
    if not is_dear:
        page = newest_of(questions_of(narrowed, on=on, using=using), after=after, size=size, using=using)
        return Listing(page, counts_of(narrowed, on=on, using=using))
    wider = found_by(wider_of(narrowed), search, on=on, using=using)
    if sort == Sort.RELEVANCE and search is not None:
        found = best_matched(wider, narrowed, search, using=using)
        ids = _after(found, after)[: size + 1]
    else:
        found = matched(wider, narrowed, after=after, size=size + 1, using=using)
        ids = found.ids
    page = page_by_ids(ids, size=size, using=using)
    return Listing(page, counts_of_cells(narrowed, found.cells, using=using))


def page_of(
    narrowed: RegisterFilter,
    *,
    sort: str = Sort.NEWEST,
    after: str = "",
    size: int = PAGE_SIZE,
    using: str = "default",
) -> RegisterPage:
    """Return the page alone, as `listing_of` does. Raises: CursorUnknown."""
    search = words_of(narrowed)
    if sort == Sort.RELEVANCE and search is not None:
        found = best_matched(found_by(narrowed, search, on=None, using=using), narrowed, search, using=using)
        return page_by_ids(_after(found, after)[: size + 1], size=size, using=using)
    return newest_of(questions_of(narrowed, using=using), after=after, size=size, using=using)


def _after(found: Matched, cursor: str) -> Sequence[int]:
    if not cursor:
        return found.ids
    place = place_after(cursor)
    if place not in found.ids:
        raise CursorUnknown
    return found.ids[found.ids.index(place) + 1 :]
