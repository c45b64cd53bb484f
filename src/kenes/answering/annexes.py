"""What stands beside a signed answer on its public page: the files of digital signatures."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kenes.answering.models import SignatureFile
from kenes.answering.rules import words_to_sign
from kenes.files.models import Upload
from kenes.questions.annexes import register_annex
from kenes.questions.models import Answer


@dataclass(frozen=True, slots=True)
class SignatureShown:
    """A signature's file, and whether the text it is over still stands as it was signed.

    Of a file kept before texts were digested neither is known.
    """

    upload: Upload
    is_as_signed: bool
    is_redacted: bool


def register_annexes() -> None:
    """Register what the question's page shows of the work on its answer."""
    register_annex("answering/parts/_signatures.html", signatures_of)


def signatures_of(answer: Answer) -> Sequence[SignatureShown] | None:
    """Return the files of digital signatures attached to the answer."""
    files = list(answer.signature_files.select_related("upload").order_by("id"))
    text = signed_text(answer) if files else b""
    return [_shown(file, is_same=is_as_signed(file, text)) for file in files] or None


def signed_text(answer: Answer) -> bytes:
    """Return the text that a signature of the answer is over, made anew from what is published."""
    return words_to_sign(answer.question.code, {row.language: row.text for row in answer.texts.all()})


def _shown(file: SignatureFile, *, is_same: bool) -> SignatureShown:
    return SignatureShown(file.upload, is_same, is_redacted=bool(file.over_sha256) and not is_same)


def is_as_signed(file: SignatureFile, text: bytes) -> bool:
    """Say whether this is the text that was signed; after a redaction it is not."""
    return hashlib.sha256(text).hexdigest() == file.over_sha256
