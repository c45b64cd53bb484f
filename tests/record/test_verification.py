"""What somebody did to the database is found: by the command, from an export, and by the script alone."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from kenes.record.actions import Fact, append_leaves, forget_texts, sign_tree_head
from kenes.record.canonical import utc
from kenes.record.checks import Step, check_receipt, read_receipt
from kenes.record.errors import ReceiptUnreadable
from kenes.record.exports import export_log, export_page
from kenes.record.merkle import EMPTY_ROOT, leaf_hash
from kenes.record.models import Leaf, TreeHead
from kenes.record.receipts import receipt_of, sign_receipt
from kenes.record.signing import fingerprint, public_key, sign
from record.conftest import Tamper

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
SCRIPT = Path(__file__).resolve().parents[2] / "docs/reference/verify_record.py"


def log(numbers: Sequence[int], at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        append_leaves([Fact("noted", "thing", f"T-{number}", at, {}, f"Text {number}") for number in numbers])
        sign_tree_head(at=at)


@pytest.fixture(autouse=True)
def _a_log(db: None) -> None:
    log([0, 1, 2], AT)
    log([3, 4], AT + timedelta(hours=1))
    log([5, 6, 7], AT + timedelta(hours=2))


@pytest.fixture
def receipts(tmp_path: Path) -> list[Path]:
    """The receipts of every leaf, as their holders saved them before anything was done."""
    paths = []
    for leaf in Leaf.objects.order_by("id"):
        path = tmp_path / f"{leaf.object_id}.json"
        path.write_text(json.dumps(receipt_of(leaf, text=f"Text {leaf.index}")), "utf-8")
        paths.append(path)
    return paths


def exported(tmp_path: Path) -> Path:
    path = tmp_path / "export.ndjson"
    call_command("export_record", str(path))
    return path


def by_command(*arguments: str) -> str:
    """Return the faults that the command names."""
    err = StringIO()
    try:
        call_command("verify_record", *arguments, stdout=StringIO(), stderr=err)
    except CommandError:
        assert err.getvalue()
    else:
        assert not err.getvalue()
    return err.getvalue()


def by_script(export: Path, *receipts: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", SCRIPT, export, *receipts], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def receipt_options(receipts: Sequence[Path]) -> list[str]:
    return [f"--receipt={path}" for path in receipts]


def test_an_untouched_log_holds_with_all_its_receipts(tmp_path: Path, receipts: list[Path]) -> None:
    export = exported(tmp_path)
    key = fingerprint(public_key())
    assert by_command(f"--key={key}", *receipt_options(receipts)) == ""
    assert by_command(f"--export={export}", f"--key={key}", *receipt_options(receipts)) == ""
    assert by_script(export, *receipts[:2]) == (0, f"8 leaves; keys: {key}\nThe record holds.\n")


def test_the_script_is_short_and_needs_the_standard_library_only() -> None:
    source = SCRIPT.read_text("utf-8")
    assert len(source.splitlines()) < 100
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported - set(sys.stdlib_module_names) == set()


def delete_in_the_middle(tamper: Tamper) -> None:
    tamper('DELETE FROM record_nonce WHERE leaf_id = (SELECT id FROM record_leaf WHERE "index" = 4)')
    tamper('DELETE FROM record_leaf WHERE "index" = 4')


def delete_and_close_the_gap(tamper: Tamper) -> None:
    delete_in_the_middle(tamper)
    for index in (5, 6, 7):
        tamper('UPDATE record_leaf SET "index" = %s WHERE "index" = %s', index - 1, index)


def alter(tamper: Tamper) -> None:
    leaf = Leaf.objects.get(index=4)
    body = leaf.body.replace("T-4", "T-9")
    digest = leaf_hash(body.encode()).hex()
    tamper(
        "UPDATE record_leaf SET body = %s, object_id = 'T-9', digest = %s WHERE id = %s",
        body,
        digest,
        leaf.pk,
    )


def reorder(tamper: Tamper) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        tamper('UPDATE record_leaf SET "index" = %s WHERE "index" = %s', new, old)


def back_date(tamper: Tamper) -> None:
    leaf = Leaf.objects.get(index=4)
    body = leaf.body.replace(utc(leaf.at), utc(leaf.at - timedelta(hours=1)))
    digest = leaf_hash(body.encode()).hex()
    sql = "UPDATE record_leaf SET body = %s, at = %s, digest = %s WHERE id = %s"
    tamper(sql, body, leaf.at - timedelta(hours=1), digest, leaf.pk)


@pytest.mark.parametrize("deed", [delete_in_the_middle, delete_and_close_the_gap, alter, reorder, back_date])
def test_what_was_done_to_a_leaf_is_found_by_all(
    deed: Callable[[Tamper], None], tamper: Tamper, tmp_path: Path
) -> None:
    deed(tamper)
    export = exported(tmp_path)
    words = "the leaves before it are not those it was signed over"
    code, said = by_script(export)
    found = [words in by_command() or "stands after" in by_command(), "head of" in said]
    assert (found, code, by_command(f"--export={export}") != "") == ([True] * 2, 1, True)


def rewrite(tamper: Tamper, tmp_path: Path) -> Path:
    """Drop the last question and sign another past with the true key, as an operator could."""
    tamper("DELETE FROM record_treehead")
    tamper('DELETE FROM record_nonce WHERE leaf_id IN (SELECT id FROM record_leaf WHERE "index" >= 6)')
    tamper('DELETE FROM record_leaf WHERE "index" >= 6')
    tamper("UPDATE record_treesize SET size = 6")
    tamper("DELETE FROM record_treenode WHERE id IN (193, 66, 3)")  # those that cover leaf 6 or 7
    sign_tree_head(at=AT + timedelta(hours=2))
    return exported(tmp_path)


def test_a_receipt_proves_that_its_question_was_dropped(
    tamper: Tamper, tmp_path: Path, receipts: list[Path]
) -> None:
    export = rewrite(tamper, tmp_path)
    assert by_command() == ""
    assert by_script(export)[0] == 0
    for options in ([], [f"--export={export}"]):
        said = by_command(*options, *receipt_options(receipts[7:]))
        assert "T-7: what it was given for is not in this log: it was dropped or altered" in said
        assert "T-7: the head it was proved under is none of this log: the log was rewritten" in said
    code, said = by_script(export, receipts[7])
    assert (code, "T-7: what it was given for was dropped or altered" in said) == (1, True)
    # Those whose leaves stayed see by their head that the log is another one.
    assert "the log was rewritten" in by_command(*receipt_options(receipts[:1]))


def a_kept_head(tmp_path: Path) -> Path:
    head = TreeHead.objects.order_by("id").last()
    assert head is not None
    path = tmp_path / "head.json"
    kept = {"statement": head.statement, "signature": head.signature, "public_key": head.public_key}
    path.write_text(json.dumps(kept), "utf-8")
    return path


def test_a_head_that_somebody_kept_shows_a_log_cut_off(tamper: Tamper, tmp_path: Path) -> None:
    kept = a_kept_head(tmp_path)
    assert by_command(f"--head={kept}") == ""
    assert by_script(exported(tmp_path), kept)[0] == 0
    log([8], AT + timedelta(hours=3))
    assert by_command(f"--head={kept}") == ""
    export = rewrite(tamper, tmp_path)
    assert "kept head of 8 leaves" in by_command(f"--head={kept}")
    assert "cut off or rewritten" in by_command(f"--export={export}", f"--head={kept}")
    assert by_script(export, kept) == (
        1,
        by_script(export)[1].replace(
            "The record holds.", "head: the log was rewritten since\nThe record does not hold."
        ),
    )


def test_a_head_of_a_fork_is_found(tmp_path: Path) -> None:
    kept = a_kept_head(tmp_path)
    forked = json.loads(kept.read_text("utf-8"))
    statement = json.loads(forked["statement"])
    kept.write_text(json.dumps(sign({**statement, "root": "11" * 32}).as_json()), "utf-8")
    assert "cut off or rewritten" in by_command(f"--head={kept}")
    assert by_script(exported(tmp_path), kept)[0] == 1
    kept.write_text(json.dumps({**forked, "signature": forked["signature"][::-1]}), "utf-8")
    assert "the signature is wrong" in by_command(f"--head={kept}")
    assert by_script(exported(tmp_path), kept)[0] == 1


def test_an_empty_logs_head_is_the_beginning_of_every_log(tmp_path: Path) -> None:
    kept = tmp_path / "head.json"
    empty = {"at": utc(AT), "root": EMPTY_ROOT.hex(), "size": 0, "v": 1, "what": "kenes tree head"}
    kept.write_text(json.dumps(sign(empty).as_json()), "utf-8")
    assert by_command(f"--head={kept}") == ""


@pytest.mark.parametrize("option", ["head", "receipt"])
def test_what_is_neither_is_named_with_its_file(option: str, tmp_path: Path) -> None:
    (tmp_path / "odd").write_text("{}", "utf-8")
    with pytest.raises(CommandError, match=r"odd: This is not"):
        call_command("verify_record", f"--{option}={tmp_path / 'odd'}", stdout=StringIO())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Text 5", "Text 6", "T-5: the text in it is another"),
        ('\\"kind\\":\\"noted\\"', '\\"kind\\":\\"voted\\"', "T-5: the entry in it is another"),
        ('\\"size\\":8', '\\"size\\":7', "T-5: its head is not the log's"),
        ('\\"code\\":\\"T-5\\"', '\\"code\\":\\"T-6\\"', "T-6: not signed by a key of this log"),
    ],
)
def test_the_script_names_what_was_changed_in_a_receipt(
    old: str, new: str, words: str, receipts: list[Path], tmp_path: Path
) -> None:
    whole = receipts[5].read_text("utf-8")
    assert old in whole
    receipts[5].write_text(whole.replace(old, new), "utf-8")
    code, said = by_script(exported(tmp_path), receipts[5])
    assert (code, words in said.splitlines()) == (1, True)


def test_the_promise_alone_proves_it_too(tamper: Tamper, tmp_path: Path) -> None:
    leaf = Leaf.objects.get(index=7)
    promise = tmp_path / "promise.json"
    signed = sign_receipt(code=leaf.object_id, leaf=leaf.digest, at=leaf.at)
    promise.write_text(json.dumps(signed.as_json()), "utf-8")
    assert by_command(f"--receipt={promise}") == ""
    export = rewrite(tamper, tmp_path)
    assert "it was dropped or altered" in by_command(f"--receipt={promise}")
    assert by_script(export, promise)[0] == 1


def test_a_leaf_put_in_with_an_old_time_is_back_dated(tmp_path: Path) -> None:
    log([8], AT - timedelta(days=1))  # the log's clock set back, the head's too
    said = by_command()
    assert "leaf 8 is back-dated" in said
    assert "signed before the one before it" in said
    assert "leaf 8 is back-dated" in by_script(exported(tmp_path))[1]


def test_a_head_of_another_key_is_known_by_its_fingerprint(settings: object, tmp_path: Path) -> None:
    true = fingerprint(public_key())
    settings.LOG_KEY = tmp_path / "another"  # type: ignore[attr-defined]
    sign_tree_head(at=AT + timedelta(hours=3))
    assert by_command() == ""
    assert "signed by another key" in by_command(f"--key={true}")


def test_a_changed_head_is_found(tamper: Tamper, tmp_path: Path) -> None:
    head = TreeHead.objects.order_by("id").first()
    assert head is not None
    statement = head.statement.replace("T05:", "T04:")
    tamper("UPDATE record_treehead SET statement = %s WHERE id = %s", statement, head.pk)
    assert "the signature is wrong" in by_command()
    assert "the signature is wrong" in by_script(exported(tmp_path))[1]


def test_a_changed_subtree_or_column_is_found(tamper: Tamper) -> None:
    tamper("UPDATE record_treenode SET digest = %s WHERE id = 1", "00" * 32)
    tamper("UPDATE record_leaf SET object_id = 'T-99' WHERE \"index\" = 2")
    assert by_command().splitlines()[:2] == [
        "the stored subtree 1/0 is not that of the leaves",
        "leaf 2 was altered",
    ]


def test_forgetting_a_text_leaves_the_log_and_its_receipt_valid(receipts: list[Path]) -> None:
    forget_texts(Leaf.objects.filter(object_id="T-3"))
    assert by_command(*receipt_options(receipts)) == ""
    assert receipt_of(Leaf.objects.get(index=3), text="Text 3")["opening"] is None


def test_pages_one_after_another_are_the_whole_export() -> None:
    whole = list(export_log())
    paged: list[dict[str, object]] = []
    first: int | None = 0
    while first is not None:
        page = list(export_page(first, leaves=3))
        first = page.pop()["from"] if page[-1]["type"] == "next" else None
        paged += page
    assert paged == whole
    kinds = "".join(line["type"][0] for line in whole)
    assert kinds == "lllhllhlllh"


@pytest.mark.parametrize(
    ("step", "part", "old", "new"),
    [
        (Step.SIGNATURE, "receipt", "T-3", "T-4"),
        (Step.LEAF, "leaf", "T-3", "T-4"),
        (Step.TEXT, "opening", "Text 3", "Text 4"),
        (Step.HEAD, "inclusion", '\\"size\\":8', '\\"size\\":9'),
        (Step.INCLUSION, "inclusion", '"index": 3', '"index": 2'),
    ],
)
def test_each_step_of_a_receipt_can_fail(step: Step, part: str, old: str, new: str) -> None:
    whole = receipt_of(Leaf.objects.get(index=3), text="Text 3")
    assert check_receipt(read_receipt(json.dumps(whole))) == dict.fromkeys(Step, True)
    changed = json.dumps(whole[part]).replace(old, new)
    assert changed != json.dumps(whole[part])
    steps = check_receipt(read_receipt(json.dumps({**whole, part: json.loads(changed)})))
    assert steps[step] is False


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"receipt": 5}', '{"statement": "{}"}', "7"])
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(ReceiptUnreadable):
        read_receipt(text)


def test_the_database_keeps_its_guards_after_tampering(tamper: Tamper) -> None:
    tamper("DELETE FROM record_treehead")
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_leaf")
