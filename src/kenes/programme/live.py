"""Adapts the programme for the engine: the room's own row, its agenda, who joins, how many are there."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from kenes.accounts.access import user_of_session
from kenes.core.languages import in_languages
from kenes.live.contracts import Change, Claim, Gone, Json, Room, Stream
from kenes.live.rows import rows_changed
from kenes.programme.actions import join_meeting, note_presence
from kenes.programme.models import AgendaItem, AgendaSpeaker, Meeting, Participant, VideoStream
from kenes.programme.queries import agenda_of_feed
from kenes.programme.rules import embed_of


def find_room(code: str, *, using: str) -> Room | None:
    """Return the room of this code (any case), or None."""
    found = Meeting.objects.using(using).filter(code=code.upper()).values_list("code", "feed_id").first()
    return Room(*found) if found else None


class RoomRowReader:
    """The room's own row, on every stream: title, state, times, policy, presence, streams."""

    type = "room"
    model = Meeting

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        rows = rows_changed(Meeting, feed_id, since=since, stream=stream, using=using, beside=["streams"])
        for meeting, _ in rows:
            yield Change(self.type, meeting.code, meeting.version, room_row(meeting))


class AgendaReader:
    """The points of the agenda, on every stream while they stand on it."""

    type = "agenda"
    model = AgendaItem

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        beside = ["speakers__organisation"]
        rows = rows_changed(AgendaItem, feed_id, since=since, stream=stream, using=using, beside=beside)
        for item, is_on in rows:
            # The desk's stream has every row; there a point taken off is told by its own column.
            if is_on and item.removed_at is None:
                yield Change(self.type, item.public_id, item.version, agenda_row(item))
            else:
                yield Gone(self.type, item.public_id, item.version)


def room_now(feed_id: int, *, using: str) -> Json:
    """Return the room's row as a snapshot has it, with code and version."""
    meeting = Meeting.objects.using(using).prefetch_related("streams").get(feed_id=feed_id)
    return {"code": meeting.code, "version": meeting.version, **room_row(meeting)}


def agenda_now(feed_id: int, *, using: str) -> Sequence[Json]:
    """Return the agenda's rows as a snapshot has them, in order, each with code and version."""
    return [
        {"code": item.public_id, "version": item.version, **agenda_row(item)}
        for item in agenda_of_feed(feed_id, using=using)
    ]


def room_row(meeting: Meeting) -> dict[str, Any]:
    """Return what every stream sees of the room; times in UTC, `zone` that of the place."""
    return {
        "title": in_languages(meeting, "title"),
        "state": meeting.state,
        "starts_at": _utc(meeting.starts_at),
        "ends_at": _utc(meeting.ends_at),
        "zone": meeting.zone,
        "policy": {
            "publishing": meeting.publishing,
            "ask": meeting.who_may_ask,
            "vote": meeting.who_may_vote,
        },
        "present": meeting.present,
        "sphere": meeting.sphere,
        "streams": [_stream_row(stream) for stream in meeting.streams.all()],
    }


def _stream_row(stream: VideoStream) -> dict[str, str]:
    embed = embed_of(stream)
    return {"kind": stream.kind, "url": embed.url, "host": embed.host_name, "language": stream.language}


def agenda_row(item: AgendaItem) -> dict[str, Any]:
    """Return what every stream sees of a point: roles and bodies, never an account."""
    return {
        "position": item.position,
        "title": in_languages(item, "title"),
        "starts_at": _utc(item.starts_at),
        "ends_at": _utc(item.ends_at),
        "state": item.state,
        "speakers": [_speaker_row(speaker) for speaker in item.speakers.all()],
    }


def _speaker_row(speaker: AgendaSpeaker) -> dict[str, Any]:
    body = speaker.organisation
    return {"role": in_languages(speaker, "role"), "body": in_languages(body, "name") if body else None}


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


class ProgrammeJoiner:
    """Makes a participant of whoever opens a room, and an account's person of a guest who signed in."""

    def join(self, room: Room, *, name: str, session_key: str, claim: Claim | None, at: datetime) -> Claim:
        meeting = Meeting.objects.get(feed_id=room.feed_id)
        previous = Participant.objects.filter(pk=claim.participant_id).first() if claim else None
        participant = join_meeting(
            meeting, name=name, user=user_of_session(session_key), previous=previous, at=at
        )
        return Claim(participant.pk, participant.kind, room.feed_id)


class PresenceNoter:
    """Keeps the rounded number of people present on the room's row."""

    def note(self, feed_id: int, *, present: int, at: datetime) -> None:
        note_presence(Meeting.objects.get(feed_id=feed_id), present=present, at=at)
