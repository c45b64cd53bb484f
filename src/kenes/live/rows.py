"""What row readers share: which rows of a feed a stream must be told of."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import QuerySet

from kenes.live.contracts import Stream
from kenes.live.models import FeedRow

Row = TypeVar("Row", bound=FeedRow)


def rows_changed(
    rows: QuerySet[Row], feed_id: int, *, since: int, stream: Stream
) -> Iterator[tuple[Row, bool]]:
    """Yield rows changed after `since`, in order of version, each with whether it is on the stream now.

    False is a tombstone: the row was on the stream and left it after `since`. A row that never was
    on the stream, or left it before, is not yielded, so it leaks nothing.
    """
    for row in rows.filter(feed_id=feed_id, version__gt=since).order_by("version", "pk"):
        if is_on(row, stream):
            yield row, True
        elif _left_after(row, since, stream):
            yield row, False


def is_on(row: FeedRow, stream: Stream) -> bool:
    """Say whether the row is on the stream now; every row is on the desk's."""
    if stream is Stream.DESK:
        return True
    entered, left = getattr(row, f"{stream}_since"), getattr(row, f"{stream}_until")
    return entered is not None and left is None


def _left_after(row: FeedRow, since: int, stream: Stream) -> bool:
    left = getattr(row, f"{stream}_until")
    return left is not None and left > since
