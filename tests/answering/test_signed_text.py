"""The text a detached digital signature is made over: for the unit before, for everybody afterwards."""

from pathlib import Path

import pytest
import time_machine
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from answering.people import EN, KK, NOW, RU, Unit, a_unit, ready, submitted
from kenes.answering.models import SignatureFile
from kenes.answering.rules import SIGNATURE_MOST_BYTES
from kenes.files.models import Upload
from kenes.questions.models import Answer, AnswerText, Question

pytestmark = pytest.mark.django_db
CMS_FILE = bytes.fromhex("3082010006092a864886f70d010702") + b"\x00" * 64


@pytest.fixture(autouse=True)
def _that_day(settings: Settings, tmp_path: Path) -> object:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        yield


def address(question: Question, rest: str) -> str:
    return f"/en/work/questions/{question.code}/{rest}"


def sign(client: Client, question: Question, unit: Unit, name: str, content: bytes) -> int:
    client.force_login(unit.signer)
    file = SimpleUploadedFile(name, content)
    typed = {"signed_as": "Director, Directorate", "version": "1", "promise": "none", "file": file}
    return client.post(address(question, "sign/"), typed).status_code


def public_text() -> str:
    return f"/en/signatures/{SignatureFile.objects.get().upload.public_id}/text.txt"


def test_what_is_signed_and_what_everybody_checks_it_with_are_the_same_bytes(
    client: Client, question: Question, unit: Unit
) -> None:
    ready(question, unit, ru=f"  {RU}\r\n\r\n\r\n\r\nВторой абзац. ", en=EN)
    client.force_login(unit.signer)
    before = client.get(address(question, "text-to-sign.txt"))
    assert sign(client, question, unit, "answer.p7s", CMS_FILE) == 303
    client.logout()
    after = client.get(public_text())
    expected = f"{question.code}\n\n[kk]\n{KK}\n\n[ru]\n{RU}\n\nВторой абзац.\n\n[en]\n{EN}\n"
    assert (before.content, after.content) == (expected.encode(), expected.encode())
    assert after.headers["Content-Disposition"] == f'attachment; filename="{question.code}.txt"'
    assert public_text() in client.get(f"/en/questions/{question.code}/").content.decode()


def test_a_text_redacted_since_is_no_more_given_as_what_was_signed(
    client: Client, question: Question, unit: Unit
) -> None:
    ready(question, unit)
    assert sign(client, question, unit, "answer.p7s", CMS_FILE) == 303
    AnswerText.objects.filter(language="ru").update(text="Центр откроется в [removed].")
    shown = client.get(f"/en/questions/{question.code}/").content.decode()
    assert [public_text() in shown, "The text was redacted after it was signed" in shown] == [False, True]
    assert client.get(public_text()).status_code == 404


def test_the_text_to_be_signed_is_the_units_and_there_once_it_is_cleared(
    client: Client, question: Question, unit: Unit
) -> None:
    submitted(question, unit)
    client.force_login(unit.signer)
    assert client.get(address(question, "text-to-sign.txt")).status_code == 404
    client.force_login(a_unit("Department").signer)
    assert client.get(address(question, "text-to-sign.txt")).status_code == 404
    assert client.get("/en/signatures/nothing/text.txt").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("answer.pdf", b"%PDF-1.7 no signature"),
        ("answer.p7s", b"Words that say nothing."),
        ("answer.p7s", CMS_FILE + b"\x00" * SIGNATURE_MOST_BYTES),
    ],
)
def test_what_is_no_signature_is_refused_before_it_is_kept(
    name: str, content: bytes, client: Client, question: Question, unit: Unit
) -> None:
    ready(question, unit)
    assert sign(client, question, unit, name, content) == 422
    assert (Answer.objects.count(), Upload.objects.count()) == (0, 0)
    assert not any(path.is_file() for path in Path(configured.MEDIA_ROOT).rglob("*"))
