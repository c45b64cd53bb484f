"""Acts on a meeting's agenda."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max

from kenes.accounts.models import User
from kenes.live.contracts import FeedChange
from kenes.live.models import FeedRow
from kenes.live.writer import change_feed
from kenes.programme.actions.rows import EVERYWHERE, save_stamped, set_texts, take_lock, with_plain_columns
from kenes.programme.errors import AgendaMoveRefused
from kenes.programme.models import AgendaItem, AgendaSpeaker, Meeting
from kenes.programme.plans import AgendaPlan, SpeakerPlan
from kenes.programme.rules import check_agenda_item
from kenes.programme.states import AGENDA_MOVES, AgendaState, MeetingState
from kenes.programme.texts import check_keys
from kenes.record.actions import record_act


def add_agenda_item(meeting: Meeting, plan: AgendaPlan, *, by: User | None, at: datetime) -> AgendaItem:
    """Put a point on the agenda. Raises: PeriodReversed, OutsideItsFrame, TextMissing, TextTooLong."""
    item = AgendaItem(meeting=meeting, starts_at=plan.starts_at, ends_at=plan.ends_at)
    item.position = plan.position if plan.position is not None else _next_position(meeting)
    set_texts(item, "title", plan.title)
    enter_agenda_item(item, by=by, at=at)
    return item


def enter_agenda_item(item: AgendaItem, *, by: User | None, at: datetime) -> None:
    """Put a point that was filled in on its meeting's agenda. Raises: PeriodReversed, OutsideItsFrame."""
    check_agenda_item(item, item.meeting)
    item.feed_id = item.meeting.feed_id
    with change_feed(item.feed_id) as feed:
        feed.stamp(item, on=EVERYWHERE)
        item.save()
        _record(item, "add_agenda_item", by=by, at=at)


def _next_position(meeting: Meeting) -> int:
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def change_agenda_item(item: AgendaItem, *, changed: Collection[str], by: User | None, at: datetime) -> None:
    """Save the named fields of a point. Raises: PeriodReversed, OutsideItsFrame."""
    check_agenda_item(item, item.meeting)
    with change_feed(item.feed_id) as feed:
        take_lock(item, fields=FeedRow.FEED_FIELDS)
        save_stamped(feed, item, *with_plain_columns(changed))
        _record(item, "change_agenda_item", by=by, at=at, detail={"fields": sorted(changed)})


def remove_agenda_item(item: AgendaItem, *, by: User | None, at: datetime) -> None:
    """Take a point off the agenda; the row stays, so that those who saw it learn that it is gone."""
    with change_feed(item.feed_id) as feed:
        take_lock(item)
        if item.removed_at is None:
            item.removed_at = at
            save_stamped(feed, item, "removed_at", on=())
            _record(item, "remove_agenda_item", by=by, at=at)


def move_agenda_item(item: AgendaItem, *, state: str, by: User | None, at: datetime) -> None:
    """Set where the meeting is in its agenda; a point that becomes `now` ends the one before it.

    Raises: AgendaMoveRefused, also where the meeting is not open; UnknownKey.
    """
    check_keys([state], known=AgendaState.values)
    with change_feed(item.feed_id) as feed:
        take_lock(item)
        _refuse_wrong_move(item, state)
        if state == AgendaState.NOW:
            _end_running_items(feed, item, by=by, at=at)
        _set_state(feed, item, state, by=by, at=at)


def _refuse_wrong_move(item: AgendaItem, state: str) -> None:
    is_open = Meeting.objects.filter(pk=item.meeting_id, state=MeetingState.OPEN).exists()
    if not is_open or item.removed_at is not None or state not in AGENDA_MOVES[item.state]:
        raise AgendaMoveRefused(wanted=AgendaState(state).label)


def _end_running_items(feed: FeedChange, item: AgendaItem, *, by: User | None, at: datetime) -> None:
    others = AgendaItem.objects.select_for_update().filter(
        meeting_id=item.meeting_id, state=AgendaState.NOW, removed_at=None
    )
    for other in others.exclude(pk=item.pk):
        _set_state(feed, other, AgendaState.DONE, by=by, at=at)


def _set_state(feed: FeedChange, item: AgendaItem, state: str, *, by: User | None, at: datetime) -> None:
    old, item.state, item.state_changed_at = item.state, state, at
    save_stamped(feed, item, "state", "state_changed_at")
    _record(item, "move_agenda_item", by=by, at=at, detail={"old": old, "new": str(state)})


def add_speaker(item: AgendaItem, plan: SpeakerPlan, *, by: User | None, at: datetime) -> AgendaSpeaker:
    """Add who speaks to a point. Raises: TextMissing, TextTooLong."""
    speaker = AgendaSpeaker(item=item, organisation=plan.organisation, user=plan.user)
    speaker.position = item.speakers.count()
    set_texts(speaker, "role", plan.role)
    save_speaker(speaker, by=by, at=at)
    return speaker


def save_speaker(speaker: AgendaSpeaker, *, by: User | None, at: datetime) -> None:
    """Keep a speaker that was filled in or changed."""
    with change_feed(speaker.item.feed_id) as feed:
        speaker.save()
        _touch(feed, speaker.item)
        _record(speaker.item, "save_speaker", by=by, at=at)


def remove_speaker(speaker: AgendaSpeaker, *, by: User | None, at: datetime) -> None:
    """Take a speaker off a point."""
    with change_feed(speaker.item.feed_id) as feed:
        speaker.delete()
        _touch(feed, speaker.item)
        _record(speaker.item, "remove_speaker", by=by, at=at)


def _touch(feed: FeedChange, item: AgendaItem) -> None:
    take_lock(item, fields=FeedRow.FEED_FIELDS)
    save_stamped(feed, item)


def _record(
    item: AgendaItem, act: str, *, by: User | None, at: datetime, detail: Mapping[str, object] | None = None
) -> None:
    record_act(act=act, object_kind="agenda_item", object_id=item.public_id, by=by, at=at, detail=detail)
