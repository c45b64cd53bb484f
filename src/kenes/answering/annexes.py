"""What stands beside a signed answer on its public page: the files of digital signatures."""

from collections.abc import Sequence

from kenes.answering.models import SignatureFile
from kenes.questions.annexes import register_annex
from kenes.questions.models import Answer


def register_annexes() -> None:
    """Register what the question's page shows of the work on its answer."""
    register_annex("answering/parts/_signatures.html", signatures_of)


def signatures_of(answer: Answer) -> Sequence[SignatureFile] | None:
    """Return the files of digital signatures attached to the answer."""
    return list(answer.signature_files.select_related("upload").order_by("id")) or None
