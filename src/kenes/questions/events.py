"""What upper apps are told of a question, inside the act's transaction.

An upper app registers a listener in `config`; it writes rows (the outbox, an index) and nothing else:
what it raises undoes the act.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from kenes.accounts.models import User
    from kenes.questions.models import Question


class EventKind(StrEnum):
    """What happened to a question."""

    REGISTERED = "registered"
    PUBLISHED = "published"
    EDITED = "edited"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DUE_CHANGED = "due_changed"
    PAUSED = "paused"
    PART_PASSED = "part_passed"
    PART_MOVED = "part_moved"
    PART_ANSWERED = "part_done"
    ANSWERED = "answered"
    REFUSED = "refused"
    OVERRULED = "overruled"
    REOPENED = "reopened"
    MERGED = "merged"
    UNMERGED = "unmerged"
    PASSED_ON = "passed_on"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class QuestionEvent:
    """One thing that happened; `detail` is what the record says of it, with the act's `reason` if any."""

    kind: EventKind
    question: "Question"
    at: datetime
    by: "User | None" = None
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PiecesTakenOut:
    """That personal data were taken out of a text of a question; `pieces`: what was there, its marker.

    `field` is that of the review: `text`, `answer`, `answer-kk`. It never leaves the process: whoever
    quotes the text takes the same pieces out.
    """

    question: "Question"
    field: str
    pieces: Mapping[str, str]
    at: datetime
    by: "AbstractBaseUser | None" = None


Listener = Callable[[Sequence[QuestionEvent]], None]
_LISTENERS: list[Listener] = []
Quoter = Callable[[PiecesTakenOut], None]
_QUOTERS: list[Quoter] = []


def on_question_event(listener: Listener) -> None:
    """Let `listener` be told of every event; the questions of a batch come in one call."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def is_listened() -> bool:
    """Say whether anybody listens: the hot path makes no events for nobody."""
    return bool(_LISTENERS)


def tell(events: Sequence[QuestionEvent]) -> None:
    """Call each listener once with all the events, in the running transaction."""
    if events:
        for listener in _LISTENERS:
            listener(events)


def on_pieces_taken_out(quoter: Quoter) -> None:
    """Let an app that keeps quotations be told, in the running transaction, what to take out of them."""
    if quoter not in _QUOTERS:
        _QUOTERS.append(quoter)


def tell_of_pieces(taken: PiecesTakenOut) -> None:
    """Call each of them, in the running transaction."""
    for quoter in _QUOTERS:
        quoter(taken)
