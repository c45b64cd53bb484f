"""What row readers share: which rows of a feed a stream must be told of."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects

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
    rows = _prepared(model, using).rows(feed_id, since)
    prefetch_related_objects(rows, *beside)
    for row in rows:
        if is_on(row, stream):
            yield row, True
        elif _left_after(row, since, stream):
            yield row, False


class _Prepared(Generic[Row]):
    """The statement for a model's changed rows as Django composes it, with how it reads the columns."""

    def __init__(self, model: type[Row], using: str) -> None:
        changed: QuerySet[Row] = QuerySet(model, using=using)
        asked = changed.filter(feed_id=0, version__gt=0).order_by("version", "pk")
        self._model, self._using = model, using
        self._compiler = asked.query.get_compiler(connection=connections[using])
        self._statement, values = self._compiler.as_sql()
        if values != (0, 0):
            raise RuntimeError(f"The statement of {model.__name__} has other values: {values!r}.")
        columns = [column for column, *_ in self._compiler.select]
        self._names = [column.target.attname for column in columns]
        self._converters = self._compiler.get_converters(columns)

    def rows(self, feed_id: int, since: int) -> list[Row]:
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._statement, [feed_id, since])
            found = cursor.fetchall()
        read = self._compiler.apply_converters(found, self._converters)
        return [self._model.from_db(self._using, self._names, values) for values in read]


@lru_cache(maxsize=64)
def _prepared(model: type[Row], using: str) -> _Prepared[Row]:
    return _Prepared(model, using)


def is_on(row: FeedRow, stream: Stream) -> bool:
    """Say whether the row is on the stream now; every row is on the desk's."""
    if stream is Stream.DESK:
        return True
    entered, left = getattr(row, f"{stream}_since"), getattr(row, f"{stream}_until")
    return entered is not None and left is None


def _left_after(row: FeedRow, since: int, stream: Stream) -> bool:
    left = getattr(row, f"{stream}_until")
    return left is not None and left > since
