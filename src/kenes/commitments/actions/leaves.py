"""What the record's log says of commitments: made, moved in time, done, returned, cancelled."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from kenes.commitments.models import Commitment
from kenes.record.actions import Fact, append_leaves
from kenes.record.canonical import canonical

OBJECT_KIND = "commitment"
MADE = "commitment-made"
TRANSLATED = "commitment-translated"
DUE_CHANGED = "commitment-due-changed"
DONE = "commitment-done"
RETURNED = "commitment-returned"
CANCELLED = "commitment-cancelled"
EXECUTOR_ADDED = "commitment-executor-added"


def log_commitment(
    kind: str, commitment: Commitment, *, at: datetime, facts: Mapping[str, object], text: str
) -> None:
    """Append one leaf; to the text the log only commits."""
    append_leaves([Fact(kind, OBJECT_KIND, commitment.code, at, facts, text)])


def facts_of(commitment: Commitment, executors: Sequence[str]) -> dict[str, object]:
    """Return what the log says of a commitment just made; `executors` are public ids, the lead first."""
    return {
        "due_on": commitment.first_due_on.isoformat(),
        "executors": list(executors),
        "keeper": commitment.keeper.public_id,
        "language": commitment.language,
        "source": [commitment.source_kind, commitment.source_id],
    }


def joined_texts(texts: Mapping[str, str]) -> str:
    """Return the texts of all languages as the log commits to them."""
    return canonical(dict(texts))
