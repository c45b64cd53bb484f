"""Making versions: the first draft, newer ones, the correction of final minutes."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.minutes.actions.versions import Doing, Texts, add_version, locked_meeting, move_version
from kenes.minutes.errors import CorrectionReasonMissing, MeetingNotClosed, MinutesExist, MinutesMoved
from kenes.minutes.models import Minutes
from kenes.minutes.queries import content_of
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
    content = content_of(meeting, at=at)
    doing = Doing("draft_minutes", by, at)
    with locked_meeting(meeting):
        if Minutes.objects.filter(meeting=meeting).exists():
            raise MinutesExist
        return add_version(meeting, doing, content=content, texts={}, state=MinutesState.DRAFT, corrects=None)


def redraft_minutes(
    minutes: Minutes, *, texts: Texts | None, is_fresh: bool, by: User | None, at: datetime
) -> Minutes:
    """Make a newer version in the place of one in progress; it stays a draft, or open for remarks.

    `texts`: the written parts (None: as they were); `is_fresh`: computed parts from the records of now.
    Raises: MinutesMoved, PartUnknown, PartTooLong.
    """
    kept = minutes.texts if texts is None else clean_parts(texts)
    content = content_of(minutes.meeting, at=at) if is_fresh else minutes.content
    # A correction's reason is printed in each of its versions.
    doing = Doing("redraft_minutes", by, at, minutes.reason)
    with locked_meeting(minutes.meeting):
        state = _state_of(minutes)
        move_version(minutes, MinutesState.REPLACED, doing)
        return add_version(
            minutes.meeting, doing, content=content, texts=kept, state=state, corrects=minutes.corrects
        )


def correct_minutes(minutes: Minutes, *, reason: str, by: User | None, at: datetime) -> Minutes:
    """Begin a new version of final minutes; the final one stays in force until the new one is final.

    Raises: CorrectionReasonMissing, MinutesMoved.
    """
    why = clean_why(reason)
    if not why:
        raise CorrectionReasonMissing
    content = content_of(minutes.meeting, at=at)
    doing = Doing("correct_minutes", by, at, why)
    with locked_meeting(minutes.meeting):
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


def _state_of(minutes: Minutes) -> str:
    return Minutes.objects.values_list("state", flat=True).get(pk=minutes.pk)
