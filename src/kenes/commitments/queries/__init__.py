"""What is asked of the app: one commitment's parts, and lists of commitments."""

from kenes.commitments.queries.lists import (
    CommitmentFilter,
    commitments_found,
    executing_organisations,
    standing_counts,
    standing_on_day,
    with_standing,
)
from kenes.commitments.queries.single import (
    AGENDA_ITEM,
    MEETING,
    commitments_of,
    evidence_since_return,
    executors_people,
    for_cards,
    keepers_people,
    open_due_between,
    people_of,
    promise_in,
    said_at,
    slips_of,
    sources_of,
    submission_of,
)

__all__ = [
    "AGENDA_ITEM",
    "MEETING",
    "CommitmentFilter",
    "commitments_found",
    "commitments_of",
    "evidence_since_return",
    "executing_organisations",
    "executors_people",
    "for_cards",
    "keepers_people",
    "open_due_between",
    "people_of",
    "promise_in",
    "said_at",
    "slips_of",
    "sources_of",
    "standing_counts",
    "standing_on_day",
    "submission_of",
    "with_standing",
]
