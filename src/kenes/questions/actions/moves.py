"""One move of a question: the table is asked, the row is stamped, the record is written."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from kenes.accounts.models import User
from kenes.live.writer import LockedFeed, change_feed
from kenes.questions.actions.leaves import OBJECT_KIND, Said, log_act
from kenes.questions.errors import MeetingIsClosed, MoveNotAllowed
from kenes.questions.events import EventKind, QuestionEvent, is_listened, tell
from kenes.questions.models import Move, Question
from kenes.questions.rules import is_text_shown, is_too_late, streams_of
from kenes.questions.states import ACTS, ON_PUBLIC_LIST, QuestionState, Verb
from kenes.record.actions import record_act
from kenes.redaction.actions import require_reviewed


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does what with a question, when and why; `goal` where the verb's own is not meant."""

    verb: Verb
    by: User | None
    at: datetime
    reason: str = ""
    goal: QuestionState | None = None


# The reason is an asker's text: nothing that cannot be erased, and nobody else, gets it.
SAID_BY_ASKERS = frozenset({Verb.REOPEN})
_TOLD: Mapping[Verb, EventKind] = {
    Verb.PUBLISH: EventKind.PUBLISHED,
    Verb.EDIT: EventKind.EDITED,
    Verb.REFUSE: EventKind.REFUSED,
    Verb.OVERRULE: EventKind.OVERRULED,
    Verb.ANSWER_ALOUD: EventKind.ANSWERED,
    Verb.ANSWER_IN_WRITING: EventKind.ANSWERED,
    Verb.ASSIGN: EventKind.ASSIGNED,
    Verb.ACCEPT: EventKind.ACCEPTED,
    Verb.DECLINE: EventKind.DECLINED,
    Verb.CHANGE_DUE_DATE: EventKind.DUE_CHANGED,
    Verb.EXTEND: EventKind.DUE_CHANGED,
    Verb.PAUSE: EventKind.PAUSED,
    Verb.RESUME: EventKind.DUE_CHANGED,
    Verb.PASS_PART: EventKind.PART_PASSED,
    Verb.MERGE: EventKind.MERGED,
    Verb.UNMERGE: EventKind.UNMERGED,
    Verb.PASS_ON: EventKind.PASSED_ON,
    Verb.WITHDRAW: EventKind.WITHDRAWN,
    Verb.REOPEN: EventKind.REOPENED,
}


@contextmanager
def changing(question: Question, doing: Doing) -> Iterator[LockedFeed]:
    """Lock the question's room, read the question anew, and refuse what the table does not know.

    Raises: MoveNotAllowed, MeetingIsClosed.
    """
    with change_feed(question.feed_id) as feed:
        question.refresh_from_db()
        if question.state not in ACTS[doing.verb].origins:
            raise MoveNotAllowed
        if is_too_late(doing.verb, question.meeting):
            raise MeetingIsClosed
        yield feed


def move(
    question: Question,
    doing: Doing,
    *,
    feed: LockedFeed,
    fields: Iterable[str] = (),
    detail: Mapping[str, object] | None = None,
    text: str | None = None,
) -> None:
    """Move the question where its verb leads; `fields` are changed beside the state. `text` as in `note`.

    A move that shows the text to the public waits for the review of what looks personal in it.
    Raises: MoveNotAllowed, UnreviewedPersonalData.
    """
    goal = doing.goal or ACTS[doing.verb].goal
    if goal is None:
        raise MoveNotAllowed
    old = question.state
    question.state = goal
    if old not in ON_PUBLIC_LIST and is_text_shown(question):
        require_reviewed(OBJECT_KIND, question.code, "text", question.text)
    keep(question, feed=feed, fields=["state", *fields])
    Move.objects.create(question=question, old=old, new=goal, by=doing.by, at=doing.at, reason=doing.reason)
    note(question, doing, detail={"from": old, "to": goal.value, **(detail or {})}, text=text)


def keep(question: Question, *, feed: LockedFeed, fields: Iterable[str]) -> None:
    """Save the fields of a changed question with the feed's version and the streams it is on."""
    stamped = feed.stamp(question, on=streams_of(QuestionState(question.state)))
    question.save(update_fields=[*fields, *stamped])


def note(question: Question, doing: Doing, *, detail: Mapping[str, object], text: str | None = None) -> None:
    """Write the act into the record and its public log, and tell who listens.

    `detail` holds nothing personal. To `text` (an answer's, a question's new one) the log only commits.
    """
    reason = "" if doing.verb in SAID_BY_ASKERS else doing.reason
    record_act(
        act=doing.verb.action,
        object_kind=OBJECT_KIND,
        object_id=question.code,
        by=doing.by,
        at=doing.at,
        reason=reason,
        detail=detail,
    )
    log_act(question, doing.verb, Said(detail, reason, text), at=doing.at)
    kind = _TOLD.get(doing.verb)
    if kind is not None and is_listened():
        told = {**detail, "reason": reason} if reason else dict(detail)
        tell([QuestionEvent(kind, question, doing.at, doing.by, told)])
