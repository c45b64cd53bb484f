"""What the browser runs to check a receipt, run in Node: it says what the server says."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kenes.record.actions import Fact, append_leaves, sign_tree_head
from kenes.record.checks import check_receipt, read_receipt
from kenes.record.merkle import Frontier, consistency_spans, is_consistent, leaf_hash
from kenes.record.models import Leaf
from kenes.record.receipts import receipt_of

pytestmark = [pytest.mark.django_db, pytest.mark.service]
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
HERE = Path(__file__).resolve().parent
MODULE = HERE.parents[1] / "src/kenes/record/static/record/verify.js"


def in_node(receipts: list[str], folder: Path) -> list[object]:
    module = folder / "verify.mjs"
    module.write_text(MODULE.read_text("utf-8"), "utf-8")
    done = subprocess.run(
        ["node", HERE / "verify_in_node.mjs", module],
        input="\n".join(receipts),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_receipt_of_trees_of_many_sizes_is_judged_alike(tmp_path: Path) -> None:
    receipts: list[str] = []
    for size in (1, 1, 3, 6, 2):
        begin = Leaf.objects.count()
        append_leaves([Fact("noted", "thing", f"Т-{begin + n}", AT, {}, "Қашан?") for n in range(size)])
        sign_tree_head(at=AT)
        whole = [receipt_of(leaf, text="Қашан?") for leaf in Leaf.objects.order_by("index")]
        receipts += [json.dumps(receipt) for receipt in whole]
    changes = [("Қашан?", "Қайда?"), ('"index": 4', '"index": 5'), ("noted", "voted"), ("2026", "2025")]
    plain = json.dumps(json.loads(receipts[-9]), ensure_ascii=False)
    changed = [plain.replace(old, new) for old, new in changes]
    assert plain not in changed
    receipts += changed
    judged = [
        {str(step): holds for step, holds in check_receipt(read_receipt(one)).items()} for one in receipts
    ]
    assert [all(steps.values()) for steps in judged[-4:]] == [False] * 4
    assert all(all(steps.values()) for steps in judged[:-4])
    assert in_node(receipts, tmp_path) == judged


def test_what_is_no_receipt_is_none_there_too(tmp_path: Path) -> None:
    assert in_node(["{}", "[]", "hello", '{"statement": "{}"}'], tmp_path) == ["unreadable"] * 4


def test_proofs_between_heads_are_judged_alike(tmp_path: Path) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(20)]
    given: list[dict[str, object]] = []
    for size in (1, 2, 7, 8, 13, 20):
        for old in range(1, size + 1):
            proof = [_root(leaves[first:end]).hex() for first, end in consistency_spans(old, size)]
            whole = {"old": old, "oldRoot": _root(leaves[:old]).hex(), "size": size, "hashes": proof}
            given.append({**whole, "root": _root(leaves[:size]).hex()})
            given.append({**whole, "root": _root(leaves[1:size] + leaves[:1]).hex()})
            given.append({**given[-2], "oldRoot": _root(leaves[1 : old + 1]).hex()})
            given.append({**given[-3], "hashes": proof[:-1] if proof else ["00" * 32]})
    lines = [json.dumps(one) for one in given]
    judged = [
        is_consistent(
            old=int(str(one["old"])),
            old_root=bytes.fromhex(str(one["oldRoot"])),
            new=int(str(one["size"])),
            new_root=bytes.fromhex(str(one["root"])),
            proof=[bytes.fromhex(step) for step in one["hashes"]],  # type: ignore[attr-defined]
        )
        for one in given
    ]
    assert judged[::4] == [True] * (len(given) // 4)
    assert in_node(lines, tmp_path) == judged


def _root(leaves: list[bytes]) -> bytes:
    tree = Frontier()
    for leaf in leaves:
        list(tree.append(leaf))
    return tree.root()
