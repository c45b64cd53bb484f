"""A client as the protocol describes it: a snapshot, then frames, kept up to each list's edge."""

import json
from typing import Any

from kenes.live.contracts import Change, Gone, Room, Stream
from kenes.live.models import Feed
from kenes.questions.live import CountsReader, QuestionReader, snapshot_questions

Row = dict[str, Any]


def sort_key(order: str, row: Row) -> tuple[int, ...]:
    serial = int(row["code"].rsplit("-", 1)[1])
    if order == "new":
        return (-serial,)
    return (-(row["votes"]["confirmed"] + row["votes"]["guest"]), serial)


class Follower:
    """Holds what one stream of a room shows."""

    def __init__(self, room: Room, stream: Stream, *, size: int) -> None:
        self.room, self.stream = room, stream
        self.version = self._feed_version()
        snapshot = snapshot_questions(room, stream=stream, using="default", size=size)
        self.heard = [json.dumps(snapshot, ensure_ascii=False)]
        self.rows: dict[str, Row] = snapshot["rows"]
        self.counts: Row = snapshot["counts"]
        self.lists: dict[str, list[str]] = {}
        self.edges: dict[str, tuple[int, ...] | None] = {}
        for order, listed in snapshot["orders"].items():
            self.lists[order] = listed["codes"]
            is_cut = listed["after"] is not None
            self.edges[order] = sort_key(order, self.rows[listed["codes"][-1]]) if is_cut else None

    @property
    def stage(self) -> str | None:
        return next((code for code, row in self.rows.items() if row["state"] == "staged"), None)

    def catch_up(self) -> None:
        """Take the frame from the version held to the feed's."""
        for reader in (QuestionReader(), CountsReader()):
            found = reader.changed(self.room.feed_id, since=self.version, stream=self.stream, using="default")
            for change in found:
                self._take(change)
        self.version = self._feed_version()

    def seen(self) -> Row:
        """Return what the client shows, in a form to compare."""
        return {"rows": self.rows, "lists": self.lists, "counts": self.counts, "stage": self.stage}

    def anew(self) -> Row:
        """Return what it should show: everything fetched anew, cut at the edges held."""
        fresh = snapshot_questions(self.room, stream=self.stream, using="default", size=10_000)
        lists = {
            order: [code for code in listed["codes"] if self._is_inside(order, fresh["rows"][code])]
            for order, listed in fresh["orders"].items()
        }
        shown = {code for codes in lists.values() for code in codes} | {fresh["stage"]}
        rows = {code: row for code, row in fresh["rows"].items() if code in shown}
        return {"rows": rows, "lists": lists, "counts": fresh["counts"], "stage": fresh["stage"]}

    def _take(self, change: Change | Gone) -> None:
        self.heard.append(repr(change))
        assert change.version > self.version
        if isinstance(change, Gone):
            self._drop(change.code)
        elif change.type == "counts":
            self.counts = {"code": change.code, "version": change.version, **change.row}
        else:
            self._put({"code": change.code, "version": change.version, **change.row})

    def _put(self, row: Row) -> None:
        self._drop(row["code"])
        self.rows[row["code"]] = row
        for order, codes in self.lists.items():
            if self._is_inside(order, row):
                codes.append(row["code"])
                codes.sort(key=lambda code, order=order: sort_key(order, self.rows[code]))  # type: ignore[misc]
        if row["state"] != "staged" and not any(row["code"] in codes for codes in self.lists.values()):
            del self.rows[row["code"]]

    def _drop(self, code: str) -> None:
        self.rows.pop(code, None)
        for codes in self.lists.values():
            if code in codes:
                codes.remove(code)

    def _is_inside(self, order: str, row: Row) -> bool:
        edge = self.edges[order]
        return edge is None or sort_key(order, row) <= edge

    def _feed_version(self) -> int:
        return Feed.objects.values_list("version", flat=True).get(pk=self.room.feed_id)
