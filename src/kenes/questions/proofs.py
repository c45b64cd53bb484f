"""A question in the record's log, as its asker sees and keeps it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kenes.questions.actions.kept_texts import open_originals, texts_asked
from kenes.questions.actions.leaves import REGISTERED
from kenes.questions.models import Question
from kenes.record.queries import first_leaf, inclusion_of, text_behind
from kenes.record.receipts import receipt_of
from kenes.redaction.queries import kept_originals


@dataclass(frozen=True, slots=True)
class Proof:
    """The entry's hash (hex); its index and the head it is proved under, where there is one yet."""

    digest: str
    index: int | None
    size: int | None
    signed_at: datetime | None


def proof_of(question: Question) -> Proof | None:
    """Return where the question stands in the log, or None where it was asked before the log."""
    leaf = first_leaf(kind=REGISTERED, object_kind="question", object_id=question.code)
    if leaf is None:
        return None
    found = inclusion_of(leaf)
    if found is None:
        return Proof(leaf.digest, None, None, None)
    return Proof(leaf.digest, found.index, found.head.size, found.head.at)


def signed_receipt(question: Question) -> dict[str, Any] | None:
    """Return the question's whole receipt with its text as it was asked, for its asker only.

    Once the original of a redacted text is erased the receipt proves the entry, not the text.
    """
    leaf = first_leaf(kind=REGISTERED, object_kind="question", object_id=question.code)
    if leaf is None:
        return None
    opened = open_originals(kept_originals("question", question.code))
    return receipt_of(leaf, text=text_behind(leaf, texts_asked(question, opened)))
