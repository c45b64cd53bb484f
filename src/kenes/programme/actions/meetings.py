"""Acts on meetings and their rooms."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kenes.accounts.models import User
from kenes.live.models import FeedRow
from kenes.live.writer import change_feed, create_feed
from kenes.programme.actions.rows import (
    EVERYWHERE,
    save_stamped,
    set_texts,
    take_lock,
    with_plain_columns,
)
from kenes.programme.errors import MeetingMoveRefused, RegionHasNoLetters
from kenes.programme.models import Meeting, RoomSerial, StrategicSession
from kenes.programme.plans import MeetingPlan, RoomPolicy
from kenes.programme.queries import region_of
from kenes.programme.rules import check_meeting, folded_meeting
from kenes.programme.states import MEETING_MOVES, Audience, MeetingState, Publishing
from kenes.programme.texts import check_keys
from kenes.record.actions import record_act
from kenes.territories.models import Place


def create_meeting(session: StrategicSession, plan: MeetingPlan, *, by: User | None, at: datetime) -> Meeting:
    """Make a meeting with its room: a feed, and the code with the next number of its region.

    Raises: RegionHasNoLetters, PeriodReversed, UnknownZone, UnknownKey, TextMissing, TextTooLong.
    """
    meeting = Meeting(
        session=session,
        kind=plan.kind,
        sphere=plan.sphere,
        second_sphere=plan.second_sphere,
        host=plan.host,
        place=plan.place,
        format=plan.format,
        languages=list(plan.languages),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        zone=plan.zone,
        publishing=plan.policy.publishing,
        who_may_ask=plan.policy.who_may_ask,
        who_may_vote=plan.policy.who_may_vote,
    )
    set_texts(meeting, "title", plan.title)
    set_texts(meeting, "summary", plan.summary, is_required=False)
    add_meeting(meeting, by=by, at=at)
    return meeting


def add_meeting(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Keep a meeting that was filled in, and give it its room. Raises: as `create_meeting`."""
    check_meeting(meeting)
    region = region_of(meeting.place)
    if not region.letters:
        raise RegionHasNoLetters()
    with transaction.atomic():
        meeting.number = _take_number(region)
        meeting.code = f"{region.letters}-{meeting.number}"
        meeting.folded = folded_meeting(meeting)
        meeting.feed = create_feed(meeting.code)
        with change_feed(meeting.feed_id) as feed:
            feed.stamp(meeting, on=EVERYWHERE)
            meeting.save()
            _record(meeting, "create_meeting", by=by, at=at)


def _take_number(region: Place) -> int:
    # The row is updated before it is read, so that of two transactions the second waits for the
    # first; a number of a meeting that is gone is not given again.
    RoomSerial.objects.get_or_create(region=region)
    RoomSerial.objects.filter(region=region).update(last_number=F("last_number") + 1)
    return RoomSerial.objects.get(region=region).last_number


def change_meeting(meeting: Meeting, *, changed: Collection[str], by: User | None, at: datetime) -> None:
    """Save the named fields of a meeting; code, state and policy have acts of their own.

    Raises: PeriodReversed, UnknownZone, UnknownKey.
    """
    check_meeting(meeting)
    with change_feed(meeting.feed_id) as feed:
        take_lock(meeting, fields=FeedRow.FEED_FIELDS)
        meeting.folded = folded_meeting(meeting)
        save_stamped(feed, meeting, "folded", *with_plain_columns(changed))
        _record(meeting, "change_meeting", by=by, at=at, detail={"fields": sorted(changed)})


def _check_policy(policy: RoomPolicy) -> None:
    check_keys([policy.publishing], known=Publishing.values)
    check_keys([policy.who_may_ask, policy.who_may_vote], known=Audience.values)


def open_meeting(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Open a planned meeting's room. Raises: MeetingMoveRefused."""
    _move_meeting(meeting, MeetingState.OPEN, by=by, at=at)


def close_meeting(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Close an open meeting; `rooms` looks for loose ends first. Raises: MeetingMoveRefused."""
    _move_meeting(meeting, MeetingState.CLOSED, by=by, at=at)


def _move_meeting(meeting: Meeting, wanted: MeetingState, *, by: User | None, at: datetime) -> None:
    with change_feed(meeting.feed_id) as feed:
        take_lock(meeting)
        old = MeetingState(meeting.state)
        if wanted not in MEETING_MOVES[old]:
            raise MeetingMoveRefused(state=old.label, wanted=wanted.label)
        meeting.state = wanted
        meeting.closed_at = at if wanted == MeetingState.CLOSED else None
        save_stamped(feed, meeting, "state", "closed_at")
        act = "close_meeting" if wanted == MeetingState.CLOSED else "open_meeting"
        _record(meeting, act, by=by, at=at)


def change_room_policy(meeting: Meeting, *, policy: RoomPolicy, by: User | None, at: datetime) -> None:
    """Change what becomes of questions, and who may ask and vote, from now on. Raises: UnknownKey."""
    _check_policy(policy)
    with change_feed(meeting.feed_id) as feed:
        take_lock(meeting)
        meeting.publishing = policy.publishing
        meeting.who_may_ask = policy.who_may_ask
        meeting.who_may_vote = policy.who_may_vote
        save_stamped(feed, meeting, "publishing", "who_may_ask", "who_may_vote")
        detail = {"publishing": policy.publishing, "ask": policy.who_may_ask, "vote": policy.who_may_vote}
        _record(meeting, "change_room_policy", by=by, at=at, detail=detail)


def note_presence(meeting: Meeting, *, present: int, at: datetime) -> None:
    """Keep the rounded number of people present, if it changed, and the most there were while it is open.

    Nobody's act, so it is not in the record; `at` is when they were counted.
    """
    with change_feed(meeting.feed_id) as feed:
        take_lock(meeting)
        if meeting.present != present:
            meeting.present = present
            if meeting.state == MeetingState.OPEN:
                meeting.present_most = max(present, meeting.present_most or 0)
            save_stamped(feed, meeting, "present", "present_most")


def _record(
    meeting: Meeting, act: str, *, by: User | None, at: datetime, detail: Mapping[str, object] | None = None
) -> None:
    record_act(act=act, object_kind="meeting", object_id=meeting.code, by=by, at=at, detail=detail)
