"""Commitments and what became of them as their leaves in the record's log should tell them."""

from collections.abc import Iterator

from django.db.models import F

from kenes.commitments.actions.keeping import told_of
from kenes.commitments.actions.leaves import (
    CANCELLED,
    DONE,
    DUE_CHANGED,
    EXECUTOR_ADDED,
    MADE,
    OBJECT_KIND,
    RETURNED,
    TRANSLATED,
    facts_of,
    joined_texts,
)
from kenes.commitments.models import Acceptance, Commitment, CommitmentText, Executor, Move
from kenes.commitments.queries import for_cards
from kenes.commitments.states import CommitmentState as S
from kenes.deadlines.models import TermEntry
from kenes.record.witnesses import Seen, register_witness

AT_ONCE = 500


def register_commitment_witnesses() -> None:
    """Let each kind of leaf be compared with its rows."""
    register_witness(MADE, commitments_seen)
    register_witness(TRANSLATED, translations_seen)
    register_witness(EXECUTOR_ADDED, executors_seen)
    register_witness(DUE_CHANGED, due_dates_seen)
    register_witness(DONE, acceptances_seen)
    register_witness(RETURNED, lambda: _moves_seen(old=S.REPORTED, new=S.OPEN))
    register_witness(CANCELLED, lambda: _moves_seen(new=S.CANCELLED))


def commitments_seen() -> Iterator[Seen]:
    """Return every commitment as it was made, with the texts given then."""
    made = for_cards(Commitment.objects.order_by("id"))
    for commitment in made.iterator(chunk_size=AT_ONCE):
        at = commitment.made_at
        texts = {text.language: text.text for text in commitment.texts.all() if text.at == at}
        named = [executor for executor in commitment.executors.all() if executor.added_at is None]
        executors = [executor.organisation.public_id for executor in named]
        yield Seen(commitment.code, at, facts_of(commitment, executors), joined_texts(texts))


def translations_seen() -> Iterator[Seen]:
    """Return every text that was added later."""
    added = CommitmentText.objects.exclude(at=F("commitment__made_at")).order_by("id")
    for code, at, language, text in added.values_list(
        "commitment__code", "at", "language", "text"
    ).iterator():
        yield Seen(code, at, {"language": language}, text)


def executors_seen() -> Iterator[Seen]:
    """Return every body that was added later."""
    added = Executor.objects.filter(added_at__isnull=False).order_by("id")
    fields = ("commitment__code", "added_at", "organisation__public_id")
    for code, at, body in added.values_list(*fields).iterator():
        if at is not None:
            yield Seen(code, at, {"executor": body}, "")


def due_dates_seen() -> Iterator[Seen]:
    """Return every line by which a commitment's date was moved."""
    lines = TermEntry.objects.filter(term__object_kind=OBJECT_KIND, old_due_on__isnull=False).order_by("id")
    fields = ("term__object_id", "at", "old_due_on", "due_on", "reason")
    for code, at, old, new, reason in lines.values_list(*fields).iterator():
        yield Seen(code, at, {"from": old.isoformat(), "to": new.isoformat()}, reason)


def acceptances_seen() -> Iterator[Seen]:
    """Return every acceptance."""
    rows = Acceptance.objects.select_related("commitment", "organisation", "progress").order_by("id")
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield Seen(row.commitment.code, row.at, told_of(row), row.note)


def _moves_seen(**between: str) -> Iterator[Seen]:
    moves = Move.objects.filter(**between).order_by("id")
    for code, at, reason in moves.values_list("commitment__code", "at", "reason").iterator():
        yield Seen(code, at, {}, reason)
