"""The formats of the record: the examples are what the program makes, with a key and nonces of the test."""

import base64
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from factories import NOON
from kenes.questions.actions.leaves import LOGGED, PART_ANSWERED, PART_MOVED, REDACTED, REGISTERED
from kenes.record.actions import Fact, append_leaves, sign_tree_head
from kenes.record.checks import Step, check_receipt, read_receipt
from kenes.record.exports import export_log
from kenes.record.models import Leaf, TreeHead
from kenes.record.receipts import receipt_of
from kenes.record.signing import Signed

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/record.md"
SCRIPT = REFERENCE.with_name("verify_record.py")
BLOCK = re.compile(r"^```(?:json|text) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXT = "Жас отбасына баспана қалай беріледі?"

pytestmark = pytest.mark.django_db


def shown() -> dict[str, str]:
    return {name: body.strip() for name, body in BLOCK.findall(REFERENCE.read_text("utf-8"))}


@pytest.fixture
def example(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the reference should show: one question, its head an hour later."""
    settings.LOG_KEY = tmp_path / "log_key"
    settings.LOG_KEY.write_text(base64.b64encode(bytes(range(32))).decode(), "ascii")
    monkeypatch.setattr("kenes.record.actions.leaves.secrets.token_hex", lambda size: "07" * size)
    facts = {"channel": "room", "language": "kk", "meeting": "AKM-1", "serial": 1}
    with time_machine.travel(NOON, tick=False):
        append_leaves([Fact(REGISTERED, "question", "AKM-1-0001", NOON, facts, TEXT)])
        append_leaves([Fact("question-withdrawn", "question", "AKM-1-0001", NOON)])
    head = sign_tree_head(at=NOON + timedelta(hours=1))
    leaf = Leaf.objects.order_by("id")[0]
    signed = Signed(head.statement, head.signature, head.public_key).as_json()
    return {
        "leaf": leaf.body,
        "digest": leaf.digest,
        "head": json.dumps(signed, ensure_ascii=False, indent=1),
        "receipt": json.dumps(receipt_of(leaf, text=TEXT), ensure_ascii=False, indent=1),
        "lines": "\n".join(json.dumps(line, ensure_ascii=False) for line in export_log()),
    }


@pytest.mark.parametrize("name", ["leaf", "digest", "head", "receipt", "lines"])
def test_an_example_is_what_the_program_makes(name: str, example: dict[str, str]) -> None:
    assert shown()[name] == example[name]


def test_the_shown_receipt_holds_in_the_shown_log(tmp_path: Path) -> None:
    blocks = shown()
    assert check_receipt(read_receipt(blocks["receipt"])) == dict.fromkeys(Step, True)
    (tmp_path / "export").write_text(blocks["lines"], "utf-8")
    (tmp_path / "receipt").write_text(blocks["receipt"], "utf-8")
    words = [sys.executable, "-I", SCRIPT, tmp_path / "export", tmp_path / "receipt"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "The record holds."
    assert TreeHead.objects.count() == 0  # all of it came from the page


def test_every_kind_of_leaf_is_in_the_table() -> None:
    table = re.findall(r"^\| `([a-z-]+)` \| ", REFERENCE.read_text("utf-8"), re.MULTILINE)
    # Those of commitments are held in tests/commitments/test_documents.py, of minutes in test_minutes.py.
    of_questions = [kind for kind in table if not kind.startswith(("commitment-", "minutes-"))]
    assert sorted(of_questions) == sorted([REGISTERED, REDACTED, PART_ANSWERED, PART_MOVED, *LOGGED.values()])
