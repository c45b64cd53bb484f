"""What row readers share: which rows of a feed a stream must be told of."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from django.db.models import QuerySet, prefetch_related_objects

from kenes.core.prepared import Prepared
from kenes.live.contracts import Stream
from kenes.live.models import FeedRow

Row = TypeVar("Row", bound=FeedRow)


def rows_changed(
    model: type[Row], feed_id: int, *, since: int, stream: Stream, using: str, beside: Sequence[str] = ()
) -> Iterator[tuple[Row, bool]]:
    """Yield rows changed after `since`, in order of version, each with whether it is on the stream now.

    False is a tombstone: the row was on the stream and left it after `since`. A row that never was
    on the stream, or left it before, is not yielded, so it leaks nothing. `beside`: relations to fetch.
    """
    # Each frame asks this anew, and Django would spend more on composing the statement than SQLite on it.
    rows = _changed(model, using).rows([feed_id, since])
    prefetch_related_objects(rows, *beside)
    for row in rows:
        if is_on(row, stream):
            yield row, True
        elif _left_after(row, since, stream):
            yield row, False


@lru_cache(maxsize=64)
def _changed(model: type[Row], using: str) -> Prepared[Row]:
    all_rows: QuerySet[Row] = QuerySet(model, using=using)
    prepared = Prepared(all_rows.filter(feed_id=0, version__gt=0).order_by("version", "pk"))
    if prepared.values != (0, 0):
        raise RuntimeError(f"The statement of {model.__name__} has other values: {prepared.values!r}.")
    return prepared


def is_on(row: FeedRow, stream: Stream) -> bool:
    """Say whether the row is on the stream now; every row is on the desk's."""
    if stream is Stream.DESK:
        return True
    entered, left = getattr(row, f"{stream}_since"), getattr(row, f"{stream}_until")
    return entered is not None and left is None


def _left_after(row: FeedRow, since: int, stream: Stream) -> bool:
    left = getattr(row, f"{stream}_until")
    return left is not None and left > since
