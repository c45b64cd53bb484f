"""The tree: the well-known vectors, the RFC's own example, and a naive tree beside it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.record.merkle import (
    EMPTY_ROOT,
    Frontier,
    Node,
    complete_subtrees,
    consistency_spans,
    hashes_of,
    inclusion_spans,
    is_consistent,
    is_included,
    leaf_hash,
    nodes_of,
)

# The eight leaves that implementations of Certificate Transparency test with, and their roots.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
sizes = st.integers(min_value=1, max_value=70)


def tree_of(size: int) -> tuple[Frontier, dict[Node, bytes]]:
    frontier, nodes = Frontier(), {}
    for place in range(size):
        nodes.update(frontier.append(leaf_hash(LEAVES[place] if size <= 8 else str(place).encode())))
    return frontier, nodes


def naive_root(hashes: list[bytes]) -> bytes:
    if len(hashes) <= 1:
        return hashes[0] if hashes else sha256(b"").digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01" + naive_root(hashes[:split]) + naive_root(hashes[split:])).digest()


def _all_nodes(leaves: list[bytes]) -> dict[Node, bytes]:
    frontier, nodes = Frontier(), {}
    for leaf in leaves:
        nodes.update(frontier.append(leaf))
    return nodes


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert Frontier().root() == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_known_leaves_have_the_known_roots(size: int) -> None:
    assert tree_of(size)[0].root().hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("index", "spans"),
    [
        (0, [(1, 2), (2, 4), (4, 7)]),  # b, h, l
        (3, [(2, 3), (0, 2), (4, 7)]),  # c, g, l
        (4, [(5, 6), (6, 7), (0, 4)]),  # f, j, k
        (6, [(4, 6), (0, 4)]),  # i, k
    ],
)
def test_paths_are_those_of_the_standards_example(index: int, spans: list[tuple[int, int]]) -> None:
    """Source: RFC 6962, 2.1.3: a tree of seven leaves, d0 to d6."""
    assert inclusion_spans(index, 7) == spans


@pytest.mark.parametrize(
    ("old", "spans"),
    [
        (3, [(2, 3), (3, 4), (0, 2), (4, 7)]),  # c, d, g, l
        (4, [(4, 7)]),  # l
        (6, [(4, 6), (6, 7), (0, 4)]),  # i, j, k
    ],
)
def test_consistency_is_that_of_the_standards_example(old: int, spans: list[tuple[int, int]]) -> None:
    """Source: RFC 6962, 2.1.3."""
    assert consistency_spans(old, 7) == spans


@given(sizes)
def test_the_growing_root_is_that_of_the_naive_tree(size: int) -> None:
    frontier, nodes = tree_of(size)
    assert frontier.root() == naive_root([nodes[0, place] for place in range(size)])


@given(sizes, sizes)
def test_a_tree_taken_up_again_from_its_edge_grows_the_same(size: int, more: int) -> None:
    nodes = tree_of(size)[1]
    again = Frontier(size, {node: nodes[node] for node in complete_subtrees((0, size))})
    leaves = [sha256(bytes([place])).digest() for place in range(more)]
    for leaf in leaves:
        list(again.append(leaf))
    assert again.root() == naive_root([*(nodes[0, place] for place in range(size)), *leaves])


@given(st.data(), sizes)
def test_every_leaf_is_proved_and_nothing_else_is(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    frontier, nodes = tree_of(size)
    proof = hashes_of(inclusion_spans(index, size), nodes)
    root, leaf = frontier.root(), nodes[0, index]
    assert is_included(leaf, index=index, size=size, proof=proof, root=root)
    other = leaf_hash(b"another")
    assert not is_included(other, index=index, size=size, proof=proof, root=root)
    assert not is_included(leaf, index=index, size=size, proof=[*proof, other], root=root)
    assert not is_included(leaf, index=size, size=size, proof=proof, root=root)
    if proof:
        assert not is_included(leaf, index=index, size=size, proof=proof[:-1], root=root)
        assert not is_included(leaf, index=index, size=size, proof=[other, *proof[1:]], root=root)
        assert not is_included(leaf, index=index ^ 1, size=size, proof=proof, root=root)


@given(sizes, sizes)
def test_two_sizes_of_one_log_are_consistent_and_a_changed_one_is_not(one: int, two: int) -> None:
    old, new = sorted((one, two))
    leaves = [sha256(bytes([place])).digest() for place in range(new)]
    nodes = _all_nodes(leaves)
    proof = hashes_of(consistency_spans(old, new), nodes)
    roots = {"old_root": naive_root(leaves[:old]), "new_root": naive_root(leaves)}
    assert is_consistent(old=old, new=new, proof=proof, **roots)
    changed = naive_root([leaf_hash(b"another"), *leaves[1:old]])
    assert not is_consistent(old=old, new=new, proof=proof, old_root=changed, new_root=roots["new_root"])
    if old != new:
        assert not is_consistent(old=old, new=new, proof=proof[:-1], **roots)
        assert not is_consistent(old=old, new=new, proof=[*proof, proof[-1]], **roots)


@given(sizes)
def test_a_proof_rests_on_few_subtrees(size: int) -> None:
    most = 2 * size.bit_length() + 2
    assert all(len(nodes_of(inclusion_spans(index, size))) <= most for index in range(size))
    assert all(len(nodes_of(consistency_spans(old, size))) <= most for old in range(1, size + 1))


def test_there_is_no_proof_for_what_is_not_there() -> None:
    with pytest.raises(ValueError):
        inclusion_spans(3, 3)
    with pytest.raises(ValueError):
        consistency_spans(4, 3)
