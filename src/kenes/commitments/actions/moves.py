"""One act on a commitment: locked, checked against the table, moved, recorded, logged."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kenes.accounts.models import User
from kenes.commitments.actions.leaves import OBJECT_KIND
from kenes.commitments.errors import CommitmentMoved
from kenes.commitments.models import Commitment, Move
from kenes.commitments.states import ACTS, Verb
from kenes.record.actions import record_act


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does what with a commitment, when and why."""

    verb: Verb
    by: User | None
    at: datetime
    reason: str = ""


@contextmanager
def changing(commitment: Commitment, doing: Doing) -> Iterator[Commitment]:
    """Lock the commitment and refuse what the table does not know; give it as it stands.

    Raises: CommitmentMoved.
    """
    with transaction.atomic():
        held = Commitment.objects.select_for_update().get(pk=commitment.pk)
        if held.state not in ACTS[doing.verb].origins:
            raise CommitmentMoved
        yield held
    commitment.refresh_from_db()


def move(held: Commitment, doing: Doing, *, fields: Iterable[str] = ()) -> Move:
    """Move the locked commitment where its verb leads; `fields` are changed beside the state."""
    goal = ACTS[doing.verb].goal
    if goal is None:
        raise CommitmentMoved
    old = held.state
    held.state = goal
    held.save(update_fields=["state", *fields])
    return Move.objects.create(
        commitment=held, old=old, new=goal.value, by=doing.by, at=doing.at, reason=doing.reason
    )


def note(held: Commitment, doing: Doing, detail: Mapping[str, object] | None = None) -> None:
    """Write the act into the record; `detail` holds nothing personal."""
    record_act(
        act=doing.verb.action,
        object_kind=OBJECT_KIND,
        object_id=held.code,
        by=doing.by,
        at=doing.at,
        reason=doing.reason,
        detail=detail,
    )
