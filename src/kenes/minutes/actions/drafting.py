"""Making versions: the first draft, newer ones, the correction of final minutes."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.minutes.actions.versions import (
    Doing,
    Texts,
    add_version,
    keep_read,
    locked_meeting,
    move_version,
)
from kenes.minutes.errors import CorrectionReasonMissing, MeetingNotClosed, MinutesExist, MinutesMoved
from kenes.minutes.models import Minutes
from kenes.minutes.queries import Content
from kenes.minutes.rules import clean_parts, clean_why
from kenes.minutes.states import IN_PROGRESS, MinutesState
from kenes.programme.models import Meeting
from kenes.programme.states import MeetingState


def draft_minutes(meeting: Meeting, *, by: User | None, at: datetime) -> Minutes:
    """Make the first version of a closed meeting's minutes, from what happened.

    What happened is read before the transaction, so that no writer waits while it is.
    Raises: MeetingNotClosed, MinutesExist.
    """
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.CLOSED).exists():
        raise MeetingNotClosed
    doing = Doing("draft_minutes", by, at)

    def keep(content: Content) -> Minutes:
        if Minutes.objects.filter(meeting=meeting).exists():
            raise MinutesExist
        return add_version(meeting, doing, content=content, texts={}, state=MinutesState.DRAFT, corrects=None)

    return keep_read(meeting, keep, at=at)


def redraft_minutes(
    minutes: Minutes, *, texts: Texts | None, is_fresh: bool, by: User | None, at: datetime
) -> Minutes:
    """Make a newer version in the place of one in progress; it stays a draft, or open for remarks.

    `texts`: the written parts (None: as they were); `is_fresh`: computed parts from the records of now.
    Raises: MinutesMoved, PartUnknown, PartTooLong.
    """
    kept = minutes.texts if texts is None else clean_parts(texts)
    # A correction's reason is printed in each of its versions.
    doing = Doing("redraft_minutes", by, at, minutes.reason)

    def keep(content: Content) -> Minutes:
        state = _state_of(minutes)
        move_version(minutes, MinutesState.REPLACED, doing)
        return add_version(
            minutes.meeting, doing, content=content, texts=kept, state=state, corrects=minutes.corrects
        )

    if is_fresh:
        return keep_read(minutes.meeting, keep, at=at)
    with locked_meeting(minutes.meeting):
        return keep(Minutes.objects.values_list("content", flat=True).get(pk=minutes.pk))


def correct_minutes(minutes: Minutes, *, reason: str, by: User | None, at: datetime) -> Minutes:
    """Begin a new version of final minutes; the final one stays in force until the new one is final.

    Raises: CorrectionReasonMissing, MinutesMoved.
    """
    why = clean_why(reason)
    if not why:
        raise CorrectionReasonMissing
    doing = Doing("correct_minutes", by, at, why)

    def keep(content: Content) -> Minutes:
        is_open = Minutes.objects.filter(meeting=minutes.meeting, state__in=IN_PROGRESS).exists()
        if is_open or _state_of(minutes) != MinutesState.FINAL:
            raise MinutesMoved
        return add_version(
            minutes.meeting,
            doing,
            content=content,
            texts=minutes.texts,
            state=MinutesState.DRAFT,
            corrects=minutes,
        )

    return keep_read(minutes.meeting, keep, at=at)


def _state_of(minutes: Minutes) -> str:
    return Minutes.objects.values_list("state", flat=True).get(pk=minutes.pk)
