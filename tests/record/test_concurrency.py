"""Many rooms ask while the worker gives indexes: nobody waits for ever, every index is given once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from kenes.record.actions import Fact, append_leaves, sequence_leaves, sign_tree_head
from kenes.record.merkle import Frontier
from kenes.record.models import Leaf
from kenes.record.stored import problems_of_store

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
ROOMS, BATCHES, SIZE = 3, 8, 5


def ask_in(room: int) -> None:
    try:
        for batch in range(BATCHES):
            codes = [f"R{room}-{batch * SIZE + place:03}" for place in range(SIZE)]
            with transaction.atomic():
                append_leaves([Fact("noted", "thing", code, AT, {}, "text") for code in codes])
    finally:
        connections.close_all()


def number() -> None:
    try:
        for _ in range(BATCHES * 2):
            sequence_leaves(limit=7)
    finally:
        connections.close_all()


def test_indexes_are_gapless_however_many_write_and_number_at_once() -> None:
    with ThreadPoolExecutor(ROOMS + 2) as pool:
        tasks = [pool.submit(ask_in, room) for room in range(ROOMS)] + [pool.submit(number) for _ in range(2)]
        for task in tasks:
            task.result(timeout=60)
    head = sign_tree_head(at=AT)
    leaves = list(Leaf.objects.order_by("index").values_list("index", "object_id", "digest"))
    assert [index for index, _code, _digest in leaves] == list(range(ROOMS * BATCHES * SIZE))
    for room in range(ROOMS):  # of one room in the order of its commits
        codes = [code for _index, code, _digest in leaves if code.startswith(f"R{room}")]
        assert codes == sorted(codes)
    tree = Frontier()
    for _index, _code, digest in leaves:
        list(tree.append(bytes.fromhex(digest)))
    assert (head.size, head.root) == (len(leaves), tree.root().hex())
    assert list(problems_of_store()) == []
