"""Acts on what a meeting is equipped with: streams and materials."""

from datetime import datetime

from django.db import transaction

from kenes.accounts.models import User
from kenes.live.writer import change_feed
from kenes.programme.actions.rows import set_texts, touch_meeting
from kenes.programme.models import Material, Meeting, VideoStream
from kenes.programme.plans import MaterialPlan, StreamPlan
from kenes.programme.rules import check_material
from kenes.programme.streams import check_stream
from kenes.record.actions import record_act


def add_stream(meeting: Meeting, plan: StreamPlan, *, by: User | None, at: datetime) -> VideoStream:
    """Add where the meeting is seen or heard. Raises: StreamAddressRefused, UnknownKey."""
    stream = VideoStream(meeting=meeting, kind=plan.kind, url=plan.url, language=plan.language)
    stream.position = meeting.streams.count()
    save_stream(stream, by=by, at=at)
    return stream


def save_stream(stream: VideoStream, *, by: User | None, at: datetime) -> None:
    """Keep a stream that was filled in or changed. Raises: StreamAddressRefused, UnknownKey."""
    check_stream(kind=stream.kind, url=stream.url, language=stream.language)
    with change_feed(stream.meeting.feed_id) as feed:
        stream.save()
        touch_meeting(feed, stream.meeting)
        _record(stream.meeting, "save_stream", by=by, at=at, detail={"kind": stream.kind, "url": stream.url})


def remove_stream(stream: VideoStream, *, by: User | None, at: datetime) -> None:
    """Take a stream away."""
    with change_feed(stream.meeting.feed_id) as feed:
        stream.delete()
        touch_meeting(feed, stream.meeting)
        _record(
            stream.meeting, "remove_stream", by=by, at=at, detail={"kind": stream.kind, "url": stream.url}
        )


def add_material(meeting: Meeting, plan: MaterialPlan, *, by: User | None, at: datetime) -> Material:
    """Add a document or a link. Raises: as `save_material`, TextMissing, TextTooLong."""
    material = Material(meeting=meeting, upload=plan.upload, url=plan.url)
    set_texts(material, "title", plan.title)
    save_material(material, by=by, at=at)
    return material


def save_material(material: Material, *, by: User | None, at: datetime) -> None:
    """Keep a material that was filled in or changed. Raises: MaterialIncomplete, MaterialAddressRefused."""
    check_material(material)
    with transaction.atomic():
        material.save()
        _record(material.meeting, "save_material", by=by, at=at, detail={"title": str(material)})


def remove_material(material: Material, *, by: User | None, at: datetime) -> None:
    """Take a material away; its upload is kept."""
    with transaction.atomic():
        material.delete()
        _record(material.meeting, "remove_material", by=by, at=at, detail={"title": str(material)})


def _record(meeting: Meeting, act: str, *, by: User | None, at: datetime, detail: dict[str, object]) -> None:
    record_act(act=act, object_kind="meeting", object_id=meeting.code, by=by, at=at, detail=detail)
