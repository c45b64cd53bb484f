"""Frames: what changed on a stream since a version, read in one consistent snapshot, encoded once.

{"v": 1, "epoch": E, "from": N, "to": M, "changes": [...]}
"""

import json
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connections, transaction
from django.db.models import Model

from kenes.live.contracts import Change, Gone, Json, RowReader, Stream
from kenes.live.models import Epoch, Feed

log = logging.getLogger(__name__)

SNAPSHOT = "snapshot"
# A frame of more rows costs more than the snapshot of a room; its reader is sent to take that.
MOST_CHANGES = 500

Line = tuple[int, Stream]


def encode(document: Json) -> bytes:
    """Return the document as one line of JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


@contextmanager
def one_snapshot() -> Iterator[str]:
    """Open a transaction in which every read sees one state; gives the alias to read on."""
    with transaction.atomic(using=SNAPSHOT):
        yield SNAPSHOT


def read_state(feed_ids: Collection[int], *, using: str) -> tuple[str, dict[int, int]]:
    """Return the epoch and the versions of the feeds that exist, by one statement where there is a feed.

    Raises `Epoch.DoesNotExist` before the first `ensure_epoch`.
    """
    # Plain SQL: it is asked with every look and every read, and costs a tenth of querysets.
    places = ", ".join(["%s"] * len(feed_ids)) or "NULL"
    epoch, feed = _table(Epoch), _table(Feed)
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT e.value, f.id, f.version FROM {epoch} e LEFT JOIN {feed} f ON f.id IN ({places})",  # noqa: S608
            [*feed_ids],
        )
        rows = cursor.fetchall()
    if not rows:
        raise Epoch.DoesNotExist
    return str(rows[0][0]), {feed_id: version for _, feed_id, version in rows if feed_id is not None}


def _table(model: type[Model]) -> str:
    return connections[SNAPSHOT].ops.quote_name(model._meta.db_table)


def with_news(readers: Sequence[RowReader], feed_id: int, *, since: int, using: str) -> Sequence[RowReader]:
    """Return the readers whose rows changed after `since`, and those that name no model: one query."""
    models = list({model: None for reader in readers if (model := _model_of(reader)) is not None})
    if not models:
        return readers
    asked = ", ".join(
        f"EXISTS(SELECT 1 FROM {_table(model)} WHERE feed_id = %s AND version > %s)"  # noqa: S608
        for model in models
    )
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [feed_id, since] * len(models))
        answers = cursor.fetchone()
    changed = {model for model, has_news in zip(models, answers, strict=True) if has_news}
    return [reader for reader in readers if (model := _model_of(reader)) is None or model in changed]


def _model_of(reader: RowReader) -> type[Model] | None:
    return getattr(reader, "model", None)


def frame_of(epoch: str, start: int, end: int, changes: Sequence[Json] = ()) -> bytes:
    """Return a frame; without changes and from a version to itself it is the heartbeat."""
    return encode({"v": 1, "epoch": epoch, "from": start, "to": end, "changes": list(changes)})


def changes_since(
    readers: Sequence[RowReader], feed_id: int, *, since: int, stream: Stream, using: str
) -> list[Json] | None:
    """Return the stream's changes in order of version, or None where they are too many for a frame."""
    found: list[Change | Gone] = []
    for reader in with_news(readers, feed_id, since=since, using=using):
        rows = reader.changed(feed_id, since=since, stream=stream, using=using)
        found.extend(islice(rows, MOST_CHANGES + 1 - len(found)))
        if len(found) > MOST_CHANGES:
            return None
    found.sort(key=lambda change: change.version)
    return [_on_the_wire(change) for change in found]


def _on_the_wire(change: Change | Gone) -> Json:
    named: dict[str, Any] = {"type": change.type, "code": change.code, "version": change.version}
    if isinstance(change, Change):
        return {**named, **change.row}
    if change.into is not None:
        named["into"] = change.into
    return {**named, "gone": True}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at the database found: the epoch, the feeds' versions, the frames of the lines."""

    epoch: str
    versions: Mapping[int, int]
    frames: Mapping[Line, bytes]


def read_lines(
    readers: Sequence[RowReader], lines: Mapping[Line, int | None], waited: Collection[int]
) -> Reading:
    """Read a frame for each line from the version it is at; waited feeds give their version only.

    A line that is at no version yet, at a version that its feed has not, or too far behind for one
    frame, gets the heartbeat at the feed's version: who follows it sees the gap and fills it.
    """
    with one_snapshot() as using:
        epoch, versions = read_state({*waited, *(feed_id for feed_id, _ in lines)}, using=using)
        frames: dict[Line, bytes] = {}
        for line, start in lines.items():
            end = versions.get(line[0])
            frame = None if end is None else _read_line(readers, epoch, line, (start, end))
            if frame is not None:
                frames[line] = frame
    return Reading(epoch, versions, frames)


def _apart() -> AbstractContextManager[object]:
    """Give a reading that may fail a place of its own, so that the others can still be read after it.

    Only PostgreSQL needs that: there an error ends the transaction, unless it came behind a savepoint.
    """
    if connections[SNAPSHOT].vendor == "postgresql":
        return transaction.atomic(using=SNAPSHOT)
    return nullcontext()


def _read_line(
    readers: Sequence[RowReader], epoch: str, line: Line, span: tuple[int | None, int]
) -> bytes | None:
    start, end = span
    feed_id, stream = line
    if start is None or start >= end:
        return frame_of(epoch, end, end)
    try:
        with _apart():
            changes = changes_since(readers, feed_id, since=start, stream=stream, using=SNAPSHOT)
    except Exception:
        # One feed's fault must not silence the others: this line misses its heartbeat, which tells.
        log.exception("The frame of feed %s, stream %s, could not be read.", feed_id, stream)
        return None
    return frame_of(epoch, end, end) if changes is None else frame_of(epoch, start, end, changes)
