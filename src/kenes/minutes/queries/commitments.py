"""The commitments made at a meeting or by the answers to its questions."""

from typing import Any

from kenes.commitments.models import Commitment
from kenes.commitments.queries import for_cards
from kenes.commitments.states import CommitmentState
from kenes.core.languages import in_languages
from kenes.programme.models import Meeting
from kenes.questions.rows import in_utc


def commitments_made(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the commitments in the order they were made: what, who, by when; cancelled ones marked."""
    found = for_cards(Commitment.objects.filter(meeting=meeting)).order_by("made_at", "id")
    return [
        {
            "code": one.code,
            "texts": {text.language: text.text for text in one.texts.all()},
            "language": one.language,
            "executors": [
                {"role": executor.role, "body": in_languages(executor.organisation, "name")}
                for executor in one.executors.all()
            ],
            "due": one.due_on.isoformat(),
            "made_by": one.made_by,
            "made_at": in_utc(one.made_at),
            "source": {"kind": one.source_kind, "id": one.source_id},
            "is_cancelled": one.state == CommitmentState.CANCELLED,
        }
        for one in found
    ]
