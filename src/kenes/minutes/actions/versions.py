"""How a version is made and moved: under the meeting's lock, with an entry in the record."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from kenes.accounts.models import User
from kenes.live.writer import change_feed
from kenes.minutes.errors import MinutesMoved
from kenes.minutes.models import Minutes, Rendering
from kenes.minutes.queries import Content, content_of
from kenes.minutes.queries.content import READ_AT_MOST, version_of_feed
from kenes.minutes.quotes import sealed
from kenes.minutes.rules import digest_of
from kenes.minutes.states import MINUTES_MOVES, DocumentStage, MinutesState
from kenes.programme.actions.rows import touch_meeting
from kenes.programme.models import Meeting
from kenes.record.actions import record_act

OBJECT_KIND = "minutes"
Texts = Mapping[str, Mapping[str, str]]
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Doing:
    """An act: who does it, when, why."""

    act: str
    by: User | None
    at: datetime
    reason: str = ""


@contextmanager
def locked_meeting(meeting: Meeting) -> Iterator[None]:
    """Hold the meeting's row to the end of the transaction: one act on its minutes at a time."""
    with transaction.atomic():
        Meeting.objects.select_for_update().only("pk").get(pk=meeting.pk)
        yield


@contextmanager
def publishing(meeting: Meeting) -> Iterator[None]:
    """Hold the meeting as `locked_meeting` does, and have its room's page rendered anew: its feed changes."""
    with change_feed(meeting.feed_id) as feed, locked_meeting(meeting):
        yield
        touch_meeting(feed, meeting)


def keep_read(meeting: Meeting, keep: Callable[[Content], Kept], *, at: datetime) -> Kept:
    """Read what happened and let `keep` write it under the meeting's lock; return what it returns.

    It is read before the lock, so that no writer waits. Where the room changed meanwhile it is read
    again: a text that was taken out in between must not come back.

    Raises: MinutesMoved where the room does not stand still.
    """
    for _attempt in range(READ_AT_MOST):
        content = content_of(meeting, at=at)
        with locked_meeting(meeting):
            if content["feed_version"] == version_of_feed(meeting):
                return keep(content)
    raise MinutesMoved


def add_version(
    meeting: Meeting, doing: Doing, *, content: Content, texts: Texts, state: str, corrects: Minutes | None
) -> Minutes:
    """Keep a new version, ask for its documents, and put it on record."""
    kept = sealed(content)
    last = Minutes.objects.filter(meeting=meeting).aggregate(last=Max("version"))["last"] or 0
    minutes = Minutes.objects.create(
        meeting=meeting,
        version=last + 1,
        state=state,
        moved_at=doing.at,
        content=kept,
        texts={part: dict(by_language) for part, by_language in texts.items()},
        digest=digest_of(kept, texts),
        reason=doing.reason,
        corrects=corrects,
        made_by=doing.by,
        at=doing.at,
    )
    ask_for_documents(minutes, stage=DocumentStage.DRAFT, at=doing.at)
    record(minutes, doing, detail={"digest": minutes.digest})
    return minutes


def move_version(minutes: Minutes, state: MinutesState, doing: Doing) -> None:
    """Move a version that is read anew. Raises: MinutesMoved."""
    minutes.refresh_from_db(fields=["state"], from_queryset=Minutes.objects.select_for_update())
    if state not in MINUTES_MOVES[minutes.state]:
        raise MinutesMoved
    old, minutes.state, minutes.moved_at = minutes.state, state, doing.at
    minutes.save(update_fields=["state", "moved_at"])
    record(minutes, doing, detail={"from": str(old), "to": str(state)})


def ask_for_documents(minutes: Minutes, *, stage: DocumentStage, at: datetime) -> None:
    """Write the wish for the version's documents, in the caller's transaction."""
    Rendering.objects.create(minutes=minutes, stage=stage, at=at, not_before=at)


def record(minutes: Minutes, doing: Doing, *, detail: Mapping[str, object] | None = None) -> None:
    """Put an act on record under the meeting's code."""
    record_act(
        act=doing.act,
        object_kind=OBJECT_KIND,
        object_id=minutes.meeting.code,
        by=doing.by,
        at=doing.at,
        reason=doing.reason,
        detail={"version": minutes.version, **(detail or {})},
    )
