"""The log as lines of JSON: every leaf in its order, each signed head after the last leaf it covers.

`docs/reference/record.md` has the format; pages of it put one after another are the whole.
"""

from collections.abc import Iterator
from typing import Any

from kenes.record.models import Leaf, TreeHead

Line = dict[str, Any]
LEAVES_A_PAGE = 5000
_LEAVES_A_READ = 1000


def export_log() -> Iterator[Line]:
    """Return the whole log, read by and by."""
    first: int | None = 0
    while first is not None:
        following = None
        for line in export_page(first, leaves=_LEAVES_A_READ):
            if line["type"] == "next":
                following = line["from"]
            else:
                yield line
        first = following


def export_page(first: int, *, leaves: int = LEAVES_A_PAGE) -> Iterator[Line]:
    """Return up to so many leaves from index `first` with their heads, then where the next page begins."""
    rows = list(
        Leaf.objects.filter(index__gte=first).order_by("index").values_list("index", "body")[: leaves + 1]
    )
    shown, is_last = rows[:leaves], len(rows) <= leaves
    end = None if is_last else (shown[-1][0] or 0) + 1
    waiting = _heads(first, end)
    head = next(waiting, None)
    for index, body in shown:
        while head is not None and head.size <= (index or 0):
            yield _head_line(head)
            head = next(waiting, None)
        yield {"type": "leaf", "index": index, "body": body}
    while head is not None:
        yield _head_line(head)
        head = next(waiting, None)
    if end is not None:
        yield {"type": "next", "from": end}


def _heads(first: int, end: int | None) -> Iterator[TreeHead]:
    heads = TreeHead.objects.order_by("size", "id")
    heads = heads.filter(size__gt=first) if first else heads
    return (heads if end is None else heads.filter(size__lte=end)).iterator()


def _head_line(head: TreeHead) -> Line:
    return {
        "type": "head",
        "statement": head.statement,
        "signature": head.signature,
        "public_key": head.public_key,
    }
