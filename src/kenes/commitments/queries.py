"""Commitments by where they were made, and what belongs to one."""

from django.db.models import Prefetch, QuerySet

from kenes.commitments.models import Commitment, CommitmentText, Executor
from kenes.links.models import End


def commitments_of(source: End) -> QuerySet[Commitment]:
    """Return the commitments made there, oldest first, with what a card of one shows."""
    found = Commitment.objects.filter(source_kind=source.kind, source_id=source.id)
    return for_cards(found).order_by("id")


def for_cards(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Return commitments with their texts, executors, meeting and place at hand."""
    return commitments.select_related("meeting", "region", "place", "keeper").prefetch_related(
        Prefetch("texts", CommitmentText.objects.order_by("id")),
        Prefetch("executors", Executor.objects.select_related("organisation").order_by("id")),
    )
