"""Remarks on a version that is open for them."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.minutes.actions.versions import Doing, locked_meeting, record
from kenes.minutes.errors import MinutesMoved, RemarkPlaceUnknown, RemarkResolved
from kenes.minutes.models import Minutes, Remark
from kenes.minutes.paper.making import places_of
from kenes.minutes.rules import clean_remark
from kenes.minutes.states import MinutesState


def add_remark(minutes: Minutes, *, place: str, text: str, by: User | None, at: datetime) -> Remark:
    """Keep what somebody asks to change at a place of the version.

    Raises: RemarkPlaceUnknown, RemarkMissing, RemarkTooLong, MinutesMoved.
    """
    kept = clean_remark(text)
    if place not in places_of(minutes, "kk"):
        raise RemarkPlaceUnknown
    with locked_meeting(minutes.meeting):
        if not Minutes.objects.filter(pk=minutes.pk, state=MinutesState.REMARKS).exists():
            raise MinutesMoved
        remark = Remark.objects.create(minutes=minutes, place=place, text=kept, by=by, at=at)
        record(minutes, Doing("add_remark", by, at), detail={"remark": remark.public_id, "place": place})
    return remark


def resolve_remark(remark: Remark, *, resolution: str, by: User | None, at: datetime) -> None:
    """Say what was done about a remark. Raises: RemarkMissing, RemarkTooLong, RemarkResolved."""
    kept = clean_remark(resolution)
    with locked_meeting(remark.minutes.meeting):
        remark.refresh_from_db(from_queryset=Remark.objects.select_for_update())
        if remark.resolved_at is not None:
            raise RemarkResolved
        remark.resolution, remark.resolved_by, remark.resolved_at = kept, by, at
        remark.save(update_fields=["resolution", "resolved_by", "resolved_at"])
        record(remark.minutes, Doing("resolve_remark", by, at), detail={"remark": remark.public_id})
