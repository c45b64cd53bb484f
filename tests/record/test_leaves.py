"""Leaves, their indexes, and what may become of them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from kenes.record.actions import Fact, append_leaves, forget_texts, sequence_leaves, sign_tree_head
from kenes.record.canonical import commitment
from kenes.record.merkle import Frontier, leaf_hash
from kenes.record.models import Leaf, Nonce, TreeHead, TreeNode
from kenes.record.queries import nodes_at

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)


def a_fact(number: int = 1, text: str | None = "When will it open?") -> Fact:
    return Fact("question-registered", "question", f"AKM-1-{number:04}", AT, {"serial": number}, text)


def execute(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_leaf_says_public_facts_and_only_commits_to_the_text() -> None:
    with time_machine.travel(AT + timedelta(seconds=2), tick=False):
        digests = append_leaves([a_fact()])
    leaf = Leaf.objects.get()
    nonce = Nonce.objects.get()
    assert json.loads(leaf.body) == {
        "at": "2026-11-23T05:00:00.000000Z",
        "facts": {"serial": 1, "text": commitment(nonce.value, "When will it open?")},
        "kind": "question-registered",
        "logged": "2026-11-23T05:00:02.000000Z",
        "object": {"id": "AKM-1-0001", "kind": "question"},
        "v": 1,
    }
    assert (digests, leaf.digest) == ([leaf.digest], leaf_hash(leaf.body.encode()).hex())
    assert (leaf.index, nonce.leaf, len(bytes.fromhex(nonce.value))) == (None, leaf, 32)


def test_the_same_text_twice_has_two_commitments() -> None:
    append_leaves([a_fact(), a_fact()])
    assert len({json.loads(leaf.body)["facts"]["text"] for leaf in Leaf.objects.all()}) == 2


def test_a_fact_without_text_has_no_nonce() -> None:
    append_leaves([a_fact(text=None)])
    assert (Leaf.objects.count(), Nonce.objects.count()) == (1, 0)


@pytest.mark.parametrize("size", [1, 600])
def test_leaves_are_two_statements_whatever_their_number(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        append_leaves([a_fact(number) for number in range(size)])
    assert Nonce.objects.count() == size


def test_indexes_are_gapless_in_the_order_of_the_leaves() -> None:
    digests = append_leaves([a_fact(number) for number in range(5)])
    assert (sequence_leaves(limit=3), sequence_leaves(limit=3), sequence_leaves()) == (3, 2, 0)
    assert list(Leaf.objects.order_by("index").values_list("index", "digest")) == list(enumerate(digests))


def test_the_stored_subtrees_are_those_of_the_tree() -> None:
    frontier = Frontier()
    expected = {}
    for count in (1, 4, 8):
        for digest in append_leaves([a_fact(number) for number in range(count)]):
            expected.update(frontier.append(bytes.fromhex(digest)))
        sequence_leaves()
    assert nodes_at(expected) == expected
    assert TreeNode.objects.count() == len([level for level, _place in expected if level])


def test_a_nonce_is_forgotten_with_its_text_and_the_leaf_stays() -> None:
    append_leaves([a_fact(1), a_fact(2)])
    before = list(Leaf.objects.values_list("body", flat=True))
    assert forget_texts(Leaf.objects.filter(object_id="AKM-1-0001")) == 1
    assert [nonce.leaf.object_id for nonce in Nonce.objects.all()] == ["AKM-1-0002"]
    assert list(Leaf.objects.values_list("body", flat=True)) == before


def test_a_nonce_stays_while_its_text_is_kept() -> None:
    append_leaves([a_fact(1), a_fact(2, "Who will pay?")])
    assert forget_texts(Leaf.objects.select_related("nonce"), kept=["Who will pay?"]) == 1
    assert [nonce.leaf.object_id for nonce in Nonce.objects.all()] == ["AKM-1-0002"]


@pytest.mark.parametrize("column", ["id", "kind", "object_kind", "object_id", "at", "body", "digest"])
def test_the_database_refuses_to_change_a_leaf(column: str) -> None:
    append_leaves([a_fact(text=None)])
    value: object = 99 if column == "id" else "2020-01-01 00:00:00+00:00" if column == "at" else "other"
    with pytest.raises(IntegrityError, match="append-only"):
        execute(f'UPDATE record_leaf SET "{column}" = %s', value)


def test_an_index_is_given_once() -> None:
    append_leaves([a_fact()])
    sequence_leaves()
    for value in (7, None):
        with pytest.raises(IntegrityError, match="append-only"):
            execute('UPDATE record_leaf SET "index" = %s', value)


@pytest.mark.parametrize("table", ["record_leaf", "record_treehead"])
def test_the_database_refuses_to_remove_a_leaf_or_a_head(table: str) -> None:
    append_leaves([a_fact(text=None)])
    sign_tree_head(at=AT)
    with pytest.raises(IntegrityError, match="append-only"):
        execute(f"DELETE FROM {table}")
    assert (Leaf.objects.count(), TreeHead.objects.count()) == (1, 1)


@pytest.mark.parametrize("column", ["size", "root", "statement", "signature", "public_key"])
def test_the_database_refuses_to_change_a_head(column: str) -> None:
    sign_tree_head(at=AT)
    with pytest.raises(IntegrityError, match="append-only"):
        execute(f'UPDATE record_treehead SET "{column}" = %s', 5)
