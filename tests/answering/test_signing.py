"""Signing: publication with the mark, the commitment and the file of a digital signature."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from answering.people import KK, NOW, RU, Unit, ready, signed
from kenes.answering import actions
from kenes.answering.actions import Signature
from kenes.answering.errors import (
    NotNow,
    PromiseIncomplete,
    PromiseNotMarked,
    SignatureIsNoCms,
    TranslationsUnchecked,
    VersionChanged,
    WorkNotOpen,
)
from kenes.answering.models import DraftText, SignatureFile
from kenes.answering.rules import CommitmentWords, NoCommitment
from kenes.commitments.models import Commitment
from kenes.deadlines.errors import DueDateIsPast
from kenes.files.actions import keep_upload
from kenes.questions.errors import TextTooShort
from kenes.questions.models import Answer, Question
from kenes.redaction.errors import UnreviewedPersonalData

pytestmark = pytest.mark.django_db

NAMED = "Head of the directorate, Directorate"
PROMISED = {"kk": "Орталықты ашу.", "ru": "Открыть центр."}


def sign(question: Question, unit: Unit, mark: object, **fields: object) -> Answer:
    signature = Signature(**{"signed_as": NAMED, "mark": mark, **fields})  # type: ignore[arg-type]
    return actions.sign_answer(question, version=1, signature=signature, by=unit.signer, at=NOW)


def test_a_signed_answer_is_published_in_both_languages(question: Question, unit: Unit) -> None:
    ready(question, unit)
    answer = sign(question, unit, NoCommitment())
    texts = {row.language: row.text for row in answer.texts.all()}
    assert (texts, answer.language, answer.answered_by) == ({"kk": KK, "ru": RU}, "ru", NAMED)
    assert (answer.organisation, answer.promise, Commitment.objects.count()) == (unit.body, "none", 0)
    assert Question.objects.get().state == "answered"


def test_an_answer_without_a_mark_is_not_signed(question: Question, unit: Unit) -> None:
    ready(question, unit)
    with pytest.raises(PromiseNotMarked) as refused:
        sign(question, unit, None)
    assert str(refused.value).startswith("Please say whether the answer makes a commitment (what, who,")
    assert Question.objects.get().state == "cleared"


@pytest.mark.parametrize(
    ("texts", "has_executor", "due_on"),
    [
        ({"ru": "Открыть."}, True, date(2021, 5, 1)),
        (PROMISED, False, date(2021, 5, 1)),
        (PROMISED, True, None),
    ],
)
def test_half_a_commitment_is_none(
    texts: dict[str, str], has_executor: bool, due_on: date | None, question: Question, unit: Unit
) -> None:
    ready(question, unit)
    mark = CommitmentWords(texts, unit.body if has_executor else None, due_on)
    with pytest.raises(PromiseIncomplete):
        sign(question, unit, mark)
    assert (Answer.objects.count(), Commitment.objects.count()) == (0, 0)


def test_a_commitment_is_made_with_the_answer(question: Question, unit: Unit) -> None:
    ready(question, unit)
    answer = sign(question, unit, CommitmentWords(PROMISED, unit.body, date(2021, 5, 1)))
    made = Commitment.objects.get()
    executor = made.executors.get().organisation
    assert (made.source, made.due_on, executor, answer.promise) == (
        ("question", question.code),
        date(2021, 5, 1),
        unit.body,
        "made",
    )
    assert {row.language: row.text for row in made.texts.all()} == PROMISED


def test_a_commitment_that_is_refused_leaves_the_answer_unsigned(question: Question, unit: Unit) -> None:
    ready(question, unit)
    with pytest.raises(DueDateIsPast):
        sign(question, unit, CommitmentWords(PROMISED, unit.body, date(2020, 1, 1)))
    assert (Question.objects.get().state, Answer.objects.count()) == ("cleared", 0)


def test_the_signer_names_role_and_body(question: Question, unit: Unit) -> None:
    ready(question, unit)
    with pytest.raises(TextTooShort):
        sign(question, unit, NoCommitment(), signed_as=" ")


@pytest.mark.parametrize("kind", ["member", "drafter", "clearer", "head"])
def test_nobody_signs_but_a_signer(kind: str, question: Question, unit: Unit) -> None:
    ready(question, unit)
    with pytest.raises(WorkNotOpen):
        signed(question, unit, by=unit.people[kind])
    assert Question.objects.get().state == "cleared"


def test_what_is_not_cleared_is_not_signed(question: Question, unit: Unit) -> None:
    with pytest.raises(NotNow):
        signed(question, unit)


def test_a_translation_nobody_confirmed_is_not_published(question: Question, unit: Unit) -> None:
    ready(question, unit)
    DraftText.objects.filter(language="kk").update(status="translated")  # cleared before this was asked
    with pytest.raises(TranslationsUnchecked):
        sign(question, unit, NoCommitment())
    actions.check_translation(question, language="kk", version=1, by=unit.signer, at=NOW)
    sign(question, unit, NoCommitment())
    assert Question.objects.get().state == "answered"


def test_another_version_than_was_read_is_not_signed(question: Question, unit: Unit) -> None:
    ready(question, unit)
    signature = Signature(NAMED, NoCommitment())
    with pytest.raises(VersionChanged):
        actions.sign_answer(question, version=2, signature=signature, by=unit.signer, at=NOW)


def test_personal_data_in_an_answer_is_left_only_for_a_reason(question: Question, unit: Unit) -> None:
    ready(question, unit, ru="Позвоните: +7 701 555 01 23, спросить в отделе.")
    with pytest.raises(UnreviewedPersonalData):
        sign(question, unit, NoCommitment())
    assert Question.objects.get().state == "cleared"
    sign(question, unit, NoCommitment(), leave_reason="The office's telephone.")
    assert Question.objects.get().state == "answered"


@pytest.mark.parametrize(
    ("name", "content"),
    [("answer.pdf", b"%PDF-1.7 no signature"), ("answer.txt", b"No signature.")],
)
def test_a_file_that_is_no_signature_is_not_signed_with(
    name: str, content: bytes, question: Question, unit: Unit, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    ready(question, unit)
    upload = keep_upload(SimpleUploadedFile(name, content), by=None, at=NOW)
    with pytest.raises(SignatureIsNoCms):
        sign(question, unit, NoCommitment(), file=upload)
    assert (Question.objects.get().state, SignatureFile.objects.count()) == ("cleared", 0)


def test_the_file_of_a_digital_signature_is_kept_with_the_answer(
    question: Question, unit: Unit, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    ready(question, unit)
    content = bytes.fromhex("3082010006092a864886f70d010702") + b"\x00" * 64
    upload = keep_upload(SimpleUploadedFile("answer.p7s", content), by=unit.signer, at=NOW)
    answer = sign(question, unit, NoCommitment(), file=upload)
    kept = SignatureFile.objects.get()
    assert (kept.answer, kept.upload.original_name, kept.upload.size) == (answer, "answer.p7s", len(content))
