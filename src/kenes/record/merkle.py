"""The Merkle tree of the log: roots, proofs and their verification. Pure: it knows no database.

A tree over `n` leaves is made of *complete* subtrees: (level, position) covers the leaves from
`position << level` up to the next multiple of `1 << level`, and its hash never changes once the
leaves are there. Roots and proofs of any size are folded from O(log n) of these.
Source: RFC 9162, section 2.1 (RFC 6962 has the same tree), SHA-256.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

Node = tuple[int, int]
"""Level (0: a leaf's hash) and position of a complete subtree."""
Span = tuple[int, int]
"""First leaf and the one after the last; the first is a multiple of the span's power of two."""

EMPTY_ROOT = sha256(b"").digest()
_LEAF, _NODE = b"\x00", b"\x01"


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of a leaf's bytes."""
    return sha256(_LEAF + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two subtrees."""
    return sha256(_NODE + left + right).digest()


def split_of(length: int) -> int:
    """Return the largest power of two smaller than `length` (at least 2)."""
    return 1 << (length - 1).bit_length() - 1


def complete_subtrees(span: Span) -> list[Node]:
    """Return the complete subtrees a span is made of, from left to right."""
    first, end = span
    found: list[Node] = []
    while first < end:
        level = (end - first).bit_length() - 1
        found.append((level, first >> level))
        first += 1 << level
    return found


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over complete subtrees that stand from left to right."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return the spans whose hashes prove that leaf `index` is in the tree of `size` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} in a tree of {size}.")
    spans: list[Span] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + split_of(end - first)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """Return the spans whose hashes prove that the tree of `new` leaves begins with that of `old`."""
    if not 0 < old <= new:
        raise ValueError(f"A tree of {new} leaves cannot continue one of {old}.")
    spans: list[Span] = []
    first, end, is_whole = 0, new, True
    while old != end:
        middle = first + split_of(end - first)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((first, middle))
            first, is_whole = middle, False
    if not is_whole:
        spans.append((first, end))
    return spans[::-1]


def nodes_of(spans: Sequence[Span]) -> list[Node]:
    """Return every complete subtree that the spans are made of."""
    return [node for span in spans for node in complete_subtrees(span)]


def hashes_of(spans: Sequence[Span], nodes: Mapping[Node, bytes]) -> list[bytes]:
    """Return the hash of each span from those of its complete subtrees."""
    return [fold([nodes[node] for node in complete_subtrees(span)]) for span in spans]


class Frontier:
    """The right edge of a growing tree: all that is needed to append and to know the root."""

    def __init__(self, size: int = 0, nodes: Mapping[Node, bytes] | None = None) -> None:
        self.size = size
        self._edge = [(nodes or {})[node] for node in complete_subtrees((0, size))]

    def append(self, leaf: bytes) -> Iterator[tuple[Node, bytes]]:
        """Add a leaf's hash; yield each subtree it completes, the leaf itself first."""
        position, level, whole = self.size, 0, leaf
        yield (level, position), whole
        while position & 1:
            whole = node_hash(self._edge.pop(), whole)
            position, level = position >> 1, level + 1
            yield (level, position), whole
        self._edge.append(whole)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        return fold(self._edge)


def is_included(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Verify an inclusion proof of a leaf's hash. Source: RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            place, last = _past_zeros(place, last)
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(*, old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Verify that the tree of `new` leaves begins with that of `old`. Source: RFC 9162, 2.1.4.2."""
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        is_same = old_root == (EMPTY_ROOT if old == 0 else new_root)
        return is_same and not proof
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(steps) and _walk(old - 1, new - 1, steps) == (old_root, new_root)


def _walk(place: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            place, last = _past_zeros(place, last)
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _past_zeros(place: int, last: int) -> tuple[int, int]:
    """Skip the levels where the subtree stands alone at the right edge."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
