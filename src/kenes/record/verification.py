"""Verifying the log from its lines, as anybody can: order, hashes, heads, times, receipts."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from kenes.record.checks import Receipt, check_receipt
from kenes.record.merkle import Frontier, leaf_hash
from kenes.record.signing import Signed, fingerprint, is_signed

# Between taking the time of a leaf and its commit: more is no delay.
TOLERANCE = timedelta(minutes=5)


class LogCheck:
    """Takes an export's lines in order; `problems` says in words what does not hold."""

    def __init__(
        self, *, receipts: Sequence[Receipt] = (), heads: Sequence[Signed] = (), key: str = ""
    ) -> None:
        self.problems: list[str] = []
        self.keys: list[str] = []
        self.heads = 0
        self.signed_size = 0
        self._tree = Frontier()
        self._key = key
        self._last_head_at: datetime | None = None
        self._receipts = receipts
        self._indexes: dict[str, int | None] = {receipt.digest: None for receipt in receipts}
        self._head_of = {id(receipt): _head_statement(receipt) for receipt in receipts}
        self._kept = [(head, json.loads(head.statement)) for head in heads]
        wanted = [*self._head_of.values(), *(statement for _head, statement in self._kept)]
        self._roots: dict[int, str] = {int(head["size"]): "" for head in wanted if head is not None}
        if 0 in self._roots:
            self._roots[0] = self._tree.root().hex()

    @property
    def size(self) -> int:
        return self._tree.size

    def read(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Take the lines, then the receipts."""
        for line in lines:
            if line["type"] == "leaf":
                self._take_leaf(line)
            elif line["type"] == "head":
                self._take_head(Signed(line["statement"], line["signature"], line["public_key"]))
        for receipt in self._receipts:
            self.problems += [f"receipt {receipt.code}: {text}" for text in self._faults_of(receipt)]
        for head, statement in self._kept:
            name = f"kept head of {statement['size']} leaves at {statement['at']}"
            self.problems += [f"{name}: {text}" for text in self._faults_of_head(head, statement)]

    def _take_leaf(self, line: Mapping[str, Any]) -> None:
        if line["index"] != self.size:
            self.problems.append(f"leaf {line['index']} stands where leaf {self.size} belongs")
        digest = leaf_hash(line["body"].encode())
        if digest.hex() in self._indexes:
            self._indexes[digest.hex()] = self.size
        logged = datetime.fromisoformat(json.loads(line["body"])["logged"])
        if self._last_head_at is not None and logged < self._last_head_at - TOLERANCE:
            self.problems.append(f"leaf {self.size} is back-dated: logged {logged}, after a later head")
        for _node in self._tree.append(digest):
            pass
        if self.size in self._roots:
            self._roots[self.size] = self._tree.root().hex()

    def _take_head(self, head: Signed) -> None:
        statement = json.loads(head.statement)
        name = f"head of {statement['size']} leaves at {statement['at']}"
        at = datetime.fromisoformat(statement["at"])
        if not is_signed(head) or statement["what"] != "kenes tree head":
            self.problems.append(f"{name}: the signature is wrong")
        if self._key and fingerprint(head.public_key) != self._key:
            self.problems.append(f"{name}: signed by another key")
        if statement["size"] != self.size:
            self.problems.append(f"{name}: stands after {self.size} leaves")
        elif statement["root"] != self._tree.root().hex():
            self.problems.append(f"{name}: the leaves before it are not those it was signed over")
        if self._last_head_at is not None and at < self._last_head_at:
            self.problems.append(f"{name}: signed before the one before it")
        self._last_head_at = at
        self.heads, self.signed_size = self.heads + 1, statement["size"]
        if head.public_key not in self.keys:
            self.keys.append(head.public_key)

    def _faults_of(self, receipt: Receipt) -> Iterator[str]:
        steps = check_receipt(receipt)
        yield from (f"the {step} does not hold" for step, holds in steps.items() if not holds)
        if self.keys and receipt.signed.public_key not in self.keys:
            yield "signed by a key that signed no head of this log"
        if self._indexes[receipt.digest] is None:
            yield "what it was given for is not in this log: it was dropped or altered"
        head = self._head_of[id(receipt)]
        if head is not None and self._roots[int(head["size"])] != head["root"]:
            yield "the head it was proved under is none of this log: the log was rewritten"

    def _faults_of_head(self, head: Signed, statement: Mapping[str, Any]) -> Iterator[str]:
        if not is_signed(head):
            yield "the signature is wrong"
        if self.keys and head.public_key not in self.keys:
            yield "signed by a key that signed no head of this log"
        if self._roots[int(statement["size"])] != statement["root"]:
            yield "it is none of this log: the log was cut off or rewritten"


def _head_statement(receipt: Receipt) -> dict[str, Any] | None:
    if receipt.inclusion is None:
        return None
    statement: dict[str, Any] = json.loads(receipt.inclusion["head"]["statement"])
    return statement
