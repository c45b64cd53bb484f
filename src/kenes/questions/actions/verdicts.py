"""Acts of a batch and their results; the single forms turn a result back into an answer or an error."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from kenes.core.errors import ERRORS_BY_TYPE, KenesError
from kenes.core.sets import rows_matching, select_matching
from kenes.live.contracts import Act, Claim, Result, Room
from kenes.programme.models import Meeting, Participant


@dataclass(frozen=True, slots=True)
class Person:
    """What an act needs of its participant: plain values, since there are thousands a second."""

    pk: int
    meeting_id: int
    kind: str
    name: str


def refused(error: KenesError) -> Result:
    """Return the result of an act that `error` refuses."""
    return Result(status=error.status, error=error.type, params=error.params)


def settled(result: Result) -> Mapping[str, Any]:
    """Return the result's body, or raise the error it stands for."""
    if result.error:
        raise ERRORS_BY_TYPE[result.error](**result.params)
    return result.body


def single_act(  # noqa: PLR0913 the parts of an act
    name: str,
    meeting: Meeting,
    participant: Participant,
    *,
    at: datetime,
    target: str = "",
    body: Mapping[str, Any] | None = None,
    key: UUID | None = None,
) -> Act:
    """Return one act as the engine would have taken it."""
    return Act(
        name=name,
        room=Room(code=meeting.code, feed_id=meeting.feed_id),
        claim=Claim(participant_id=participant.pk, kind=participant.kind, feed_id=meeting.feed_id),
        target=target,
        body=body or {},
        key=key or uuid4(),
        digest=b"",
        at=at,
    )


def meetings_of(acts: Sequence[Act]) -> dict[int, Meeting]:
    """Return the meetings of the acts' rooms by feed: one query."""
    found = rows_matching(Meeting, by="feed", values={act.room.feed_id for act in acts})
    return {meeting.feed_id: meeting for meeting in found}


def people_of(acts: Iterable[Act]) -> dict[int, Person]:
    """Return who acts, by id, those merged into another left out: one query."""
    wanted = {act.claim.participant_id for act in acts}
    fields = ("id", "meeting", "kind", "name", "merged_into")
    found = select_matching(Participant, fields, by="id", values=wanted)
    return {row[0]: Person(*row[:-1]) for row in found if row[-1] is None}
