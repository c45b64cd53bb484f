"""Rows of upper apps beside their leaves: what the log says must be what the register still says.

`config` registers a witness for each kind of leaf that has rows; `kenes verify-record` asks them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from kenes.record.canonical import utc
from kenes.record.models import Leaf
from kenes.record.queries import text_behind

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """A row as its leaf should tell it; `text` as it was when the leaf was written.

    A row without a `text` has none, or a check of its app's own compares it.
    """

    object_id: str
    at: datetime
    facts: Mapping[str, object]
    text: str | None = None


Witness = Callable[[], Iterable[Seen]]
Check = Callable[[], Iterable[str]]
_WITNESSES: dict[str, Witness] = {}
_CHECKS: list[Check] = []


def register_witness(kind: str, witness: Witness) -> None:
    """Let the rows of a kind of leaf be compared with the log."""
    _WITNESSES[kind] = witness


def register_check(check: Check) -> None:
    """Let an app compare with the log what no single row tells: it returns in words what does not hold."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def problems_of_rows() -> Iterator[str]:
    """Return in words where rows and leaves differ: altered, dropped, added, back-dated."""
    for check in _CHECKS:
        yield from check()
    for kind, witness in _WITNESSES.items():
        rows = iter(witness())
        met: set[int] = set()
        while some := list(islice(rows, AT_ONCE)):
            yield from _compare(kind, some, met)
        gone = Leaf.objects.filter(kind=kind).values_list("id", "object_id", "at").iterator()
        for leaf_id, object_id, at in gone:
            if leaf_id not in met:
                yield f"{kind} {object_id}: logged for {utc(at)}, and no row says so"


def _compare(kind: str, rows: Sequence[Seen], met: set[int]) -> Iterator[str]:
    leaves = Leaf.objects.filter(kind=kind, object_id__in={row.object_id for row in rows})
    found: dict[tuple[str, datetime], list[Leaf]] = {}
    for leaf in leaves.select_related("nonce").order_by("-id"):
        found.setdefault((leaf.object_id, leaf.at), []).append(leaf)
    for row in rows:
        same = [leaf for leaf in found.get((row.object_id, row.at), []) if leaf.pk not in met]
        if not same:
            yield f"{kind} {row.object_id}: the row says {utc(row.at)}, no leaf of that time is in the log"
            continue
        leaf = same[-1]  # of one moment, the first that no row had yet
        met.add(leaf.pk)
        yield from (f"{kind} {row.object_id}: {text}" for text in _differences(row, leaf))


def _differences(row: Seen, leaf: Leaf) -> Iterator[str]:
    facts: dict[str, Any] = json.loads(leaf.body)["facts"]
    for name, value in row.facts.items():
        if facts.get(name) != value:
            yield f"{name} is {value!r}, logged was {facts.get(name)!r}"
    if row.text is not None and "text" in facts and text_behind(leaf, [row.text]) is None:
        is_there = getattr(leaf, "nonce", None) is not None
        yield (
            "the text is not the one that was logged"
            if is_there
            else ("the nonce is gone, so that nobody can compare the text, which stays")
        )
