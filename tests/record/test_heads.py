"""Signed tree heads and the proofs under them."""

import json
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries, Settings

from kenes.record.actions import Fact, append_leaves, sign_tree_head, sign_tree_head_when_due
from kenes.record.merkle import EMPTY_ROOT, is_consistent, is_included
from kenes.record.models import Leaf, TreeHead
from kenes.record.queries import consistency_of, first_leaf, inclusion_of
from kenes.record.signing import Signed, fingerprint, is_signed, public_key, sign
from kenes.record.tasks import keep_log

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)


def log(number: int) -> None:
    count = Leaf.objects.count()
    append_leaves([Fact("noted", "question", f"AKM-1-{count + place:04}", AT) for place in range(number)])


def raw(hashes: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(value) for value in hashes]


def test_a_head_signs_size_root_and_time() -> None:
    log(3)
    head = sign_tree_head(at=AT)
    assert json.loads(head.statement) == {
        "at": "2026-11-23T05:00:00.000000Z",
        "root": head.root,
        "size": 3,
        "v": 1,
        "what": "kenes tree head",
    }
    assert is_signed(Signed(head.statement, head.signature, head.public_key))


def test_the_head_of_an_empty_log_can_be_signed() -> None:
    assert sign_tree_head(at=AT).root == EMPTY_ROOT.hex()


def test_a_changed_statement_is_not_signed() -> None:
    signed = sign({"size": 3})
    assert [
        is_signed(signed),
        is_signed(replace(signed, statement='{"size":4}')),
        is_signed(replace(signed, signature=signed.signature[::-1])),
        is_signed(replace(signed, public_key="not a key")),
    ] == [True, False, False, False]


def test_the_key_is_made_once_readable_by_its_owner_only(settings: Settings) -> None:
    first = public_key()
    path = Path(settings.LOG_KEY)
    assert (public_key(), stat.S_IMODE(path.stat().st_mode)) == (first, 0o600)
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert len(fingerprint(first)) == 64


def test_every_leaf_is_proved_under_the_latest_head() -> None:
    log(11)
    head = sign_tree_head(at=AT)
    for leaf in Leaf.objects.all():
        found = inclusion_of(leaf)
        assert found is not None
        assert is_included(
            bytes.fromhex(leaf.digest),
            index=found.index,
            size=head.size,
            proof=raw(found.hashes),
            root=bytes.fromhex(head.root),
        )


def test_a_leaf_that_no_head_covers_has_no_proof_yet() -> None:
    sign_tree_head(at=AT)
    log(1)
    leaf = first_leaf(kind="noted", object_kind="question", object_id="AKM-1-0000")
    assert leaf is not None
    assert inclusion_of(leaf) is None
    sign_tree_head(at=AT)
    leaf.refresh_from_db()
    assert inclusion_of(leaf) is not None


def test_any_two_heads_are_consistent() -> None:
    heads = [sign_tree_head(at=AT)]
    for number in (1, 2, 5, 8):
        log(number)
        heads.append(sign_tree_head(at=AT))
    for place, old in enumerate(heads):
        for new in heads[place:]:
            assert is_consistent(
                old=old.size,
                old_root=bytes.fromhex(old.root),
                new=new.size,
                new_root=bytes.fromhex(new.root),
                proof=raw(consistency_of(old.size, new.size)),
            )


def test_proofs_are_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    log(300)
    sign_tree_head(at=AT)
    leaf = Leaf.objects.get(index=123)
    with django_assert_num_queries(3):  # and one for the latest head
        inclusion_of(leaf)
    with django_assert_num_queries(2):
        consistency_of(77, 300)


@pytest.mark.parametrize(
    ("is_new", "minutes", "is_due"),
    [(True, 0.5, False), (True, 1, True), (False, 59, False), (False, 60, True)],
)
def test_a_head_is_signed_each_hour_and_sooner_for_something_new(
    is_new: bool, minutes: float, is_due: bool
) -> None:
    sign_tree_head(at=AT)
    log(int(is_new))
    keep_log(at=AT + timedelta(minutes=minutes))
    assert TreeHead.objects.count() == 1 + int(is_due)


def test_the_first_head_is_signed_at_once() -> None:
    assert sign_tree_head_when_due(at=AT) is not None


def test_the_command_signs_and_tells_the_key() -> None:
    log(2)
    out = StringIO()
    call_command("sign_tree_head", stdout=out)
    head = TreeHead.objects.get()
    assert out.getvalue() == f"2 leaves, root {head.root}, key {fingerprint(public_key())}\n"
