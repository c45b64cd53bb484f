"""The papers of the demonstration: minutes open for remarks, final ones of the archive, a summary."""

from datetime import datetime, timedelta

from kenes.demo.cast import Cast
from kenes.demo.content import papers
from kenes.minutes.actions import (
    add_remark,
    approve_summary,
    draft_minutes,
    draft_summary,
    finalise_minutes,
    open_minutes_for_remarks,
    redraft_minutes,
    resolve_remark,
)
from kenes.programme.models import Meeting


def load_minutes_in_remarks(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    """Draft the seminar's minutes with their written parts; one remark is resolved, one waits.

    The summary for the press is approved.
    """
    by = cast.moderator
    first = draft_minutes(meeting, by=by, at=at)
    minutes = redraft_minutes(first, texts=papers.TEXTS, is_fresh=False, by=by, at=at)
    open_minutes_for_remarks(minutes, by=by, at=at)
    said = [
        add_remark(minutes, place=remark.place, text=remark.text, by=cast.people["chairman"], at=at)
        for remark in papers.REMARKS
    ]
    resolve_remark(said[0], resolution=papers.RESOLUTION, by=by, at=at)
    approve_summary(draft_summary(meeting, by=by, at=at), by=by, at=at)


def load_final_minutes(meeting: Meeting, cast: Cast, *, at: datetime) -> None:
    """Make the minutes of an archived meeting, final on the next day."""
    by, day_after = cast.moderator, at + timedelta(days=1)
    minutes = redraft_minutes(
        draft_minutes(meeting, by=by, at=at), texts=papers.ARCHIVE_TEXTS, is_fresh=False, by=by, at=at
    )
    open_minutes_for_remarks(minutes, by=by, at=at)
    finalise_minutes(minutes, by=by, at=day_after)
