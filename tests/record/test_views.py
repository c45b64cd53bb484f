"""The public pages of the record."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kenes.record.actions import Fact, append_leaves, sign_tree_head
from kenes.record.exports import export_log
from kenes.record.models import Leaf, TreeHead
from kenes.record.receipts import receipt_of, sign_receipt
from kenes.record.signing import fingerprint, public_key
from record.conftest import Tamper

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)


def log(number: int, hour: int = 0) -> TreeHead:
    begin = Leaf.objects.count()
    append_leaves(
        [Fact("noted", "thing", f"T-{begin + n}", AT, {}, f"Text {begin + n}") for n in range(number)]
    )
    return sign_tree_head(at=AT + timedelta(hours=hour))


def a_receipt(index: int = 0) -> str:
    return json.dumps(receipt_of(Leaf.objects.get(index=index), text=f"Text {index}"))


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_stands_in_each_language(client: Client, language: str) -> None:
    assert client.get(f"/{language}/record/").status_code == 200


def test_heads_and_the_keys_fingerprint_are_shown(client: Client) -> None:
    heads = [log(2), log(3, hour=1)]
    shown = text_of(client.get("/en/record/").content.decode())
    assert fingerprint(public_key()) in shown
    assert [head.root in shown for head in heads] == [True, True]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_heads_is_a_constant_number_of_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(number):
        log(1, hour)
    with django_assert_num_queries(3):
        client.get("/en/record/")


def test_a_receipt_is_checked_by_the_server_without_script(client: Client) -> None:
    log(3)
    shown = text_of(client.post("/en/record/", {"text": a_receipt()}).content.decode())
    assert "The receipt holds. The entry stands in the record today, under a signed tree head." in shown
    assert ("T-0" in shown, ": no" in shown) == (True, False)


def test_a_receipt_is_checked_from_its_file(client: Client) -> None:
    log(3)
    file = SimpleUploadedFile("T-1.json", a_receipt(1).encode(), "application/json")
    shown = client.post("/en/record/", {"file": file}).content.decode()
    assert text_of(shown).count("The receipt holds. The entry") == 1


def test_a_changed_receipt_does_not_hold(client: Client) -> None:
    log(3)
    shown = client.post("/en/record/", {"text": a_receipt().replace("Text 0", "Text 1")}).content.decode()
    assert "The receipt does not hold. The entry stands" in text_of(shown)


def test_a_receipt_whose_entry_is_gone_says_that_it_was_dropped(client: Client) -> None:
    log(1)
    receipt = json.loads(a_receipt())["receipt"]
    other = json.loads(receipt["statement"])
    signed = sign_receipt(code=other["code"], leaf="00" * 32, at=AT)
    shown = text_of(client.post("/en/record/", {"text": json.dumps(signed.as_json())}).content.decode())
    assert "The receipt does not hold. The entry is not in this record." in shown


def test_a_receipt_of_a_log_that_was_written_anew_does_not_hold(client: Client, tamper: Tamper) -> None:
    log(3)
    receipt = a_receipt()
    continued = "continues the one under whose tree head the receipt was proved: yes"
    log(2, hour=1)
    assert continued in text_of(client.post("/en/record/", {"text": receipt}).content.decode())
    for table in ("record_treehead", "record_treenode", "record_nonce"):
        tamper(f"DELETE FROM {table}")
    tamper('DELETE FROM record_leaf WHERE "index" = 2')
    tamper('UPDATE record_leaf SET "index" = NULL')
    tamper("UPDATE record_treesize SET size = 0")
    sign_tree_head(at=AT + timedelta(hours=2))
    shown = text_of(client.post("/en/record/", {"text": receipt}).content.decode())
    assert "The receipt does not hold. The entry stands in the record today" in shown
    assert continued.replace(": yes", ": no") in shown


def test_a_proof_that_leads_nowhere_is_not_passed_off_as_one(client: Client, tamper: Tamper) -> None:
    log(3)
    tamper("UPDATE record_treenode SET digest = %s", "00" * 32)
    [digest] = Leaf.objects.filter(index=2).values_list("digest", flat=True)
    signed = sign_receipt(code="T-2", leaf=digest, at=AT)
    shown = text_of(client.post("/en/record/", {"text": json.dumps(signed.as_json())}).content.decode())
    assert "The receipt does not hold. The record's proof of the entry does not hold" in unescape(shown)


@pytest.mark.parametrize("text", ["", "hello", "[[[", '{"receipt": {}}'])
def test_what_is_no_receipt_is_refused_in_words(client: Client, text: str) -> None:
    response = client.post("/en/record/", {"text": text})
    assert response.status_code == 422
    assert "This is not a receipt." in response.content.decode()


def test_two_heads_are_compared(client: Client) -> None:
    log(3)
    log(4, hour=1)
    shown = text_of(client.get("/en/record/?old=3&new=7").content.decode())
    assert "The two heads agree. The record of 7 entries begins with the very entries" in shown
    assert "There is no signed head" in client.get("/en/record/?old=2&new=7").content.decode()


def test_the_proof_between_two_heads_is_given_as_json(client: Client) -> None:
    log(3)
    log(4, hour=1)
    document = client.get("/record/consistency?old=3&new=7").json()
    assert [json.loads(document[name]["statement"])["size"] for name in ("old", "new")] == [3, 7]
    assert len(document["hashes"]) == 4
    assert client.get("/record/consistency?old=2&new=7").status_code == 404
    assert client.get("/record/consistency?old=x").status_code == 404


def test_a_leaf_is_given_with_its_proof(client: Client) -> None:
    log(3)
    leaf = Leaf.objects.get(index=1)
    document = client.get(f"/record/leaves/{leaf.digest}").json()
    assert (document["leaf"], document["index"], document["inclusion"]["index"]) == (leaf.body, 1, 1)
    assert client.get("/record/leaves/" + "00" * 32).status_code == 404


def test_a_leaf_that_waits_has_no_proof_yet(client: Client) -> None:
    [digest] = append_leaves([Fact("noted", "thing", "T-0", AT)])
    document = client.get(f"/record/leaves/{digest}").json()
    assert (document["index"], document["inclusion"]) == (None, None)


def test_the_export_is_served_in_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    log(3)
    response = client.get("/record/export")
    assert response.headers["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert [json.loads(line) for line in response.content.decode().splitlines()] == list(export_log())
    assert client.get("/record/export?from=2").content.decode().splitlines()[0].startswith('{"type": "leaf"')
    assert client.get("/record/export?from=nothing").content == response.content


def test_nothing_public_tells_a_text_or_a_nonce(client: Client) -> None:
    log(3)
    nonces = list(Leaf.objects.values_list("nonce__value", flat=True))
    digest = Leaf.objects.get(index=0).digest
    paths = ["/en/record/", "/record/export", f"/record/leaves/{digest}"]
    told = "".join(client.get(path).content.decode() for path in paths)
    assert [secret for secret in [*nonces, "Text 0", "Text 1"] if secret in told] == []
