"""From a draft to final minutes."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.minutes.actions.versions import Doing, ask_for_documents, locked_meeting, move_version, publishing
from kenes.minutes.errors import RemarksUnresolved
from kenes.minutes.models import Minutes
from kenes.minutes.queries.versions import open_remarks
from kenes.minutes.states import DocumentStage, MinutesState
from kenes.record.actions import Fact, append_leaves

FINAL_KIND = "minutes-final"


def open_minutes_for_remarks(minutes: Minutes, *, by: User | None, at: datetime) -> None:
    """Let those who may read drafts say what to change. Raises: MinutesMoved."""
    with locked_meeting(minutes.meeting):
        move_version(minutes, MinutesState.REMARKS, Doing("open_minutes_for_remarks", by, at))


def finalise_minutes(minutes: Minutes, *, by: User | None, at: datetime) -> None:
    """Make a version final: public, in the log with its hash, with documents of its own.

    A final version that it corrects is marked so. Raises: RemarksUnresolved, MinutesMoved.
    """
    doing = Doing("finalise_minutes", by, at)
    with publishing(minutes.meeting):
        remaining = open_remarks(minutes.meeting).count()
        if remaining:
            raise RemarksUnresolved(count=remaining)
        if minutes.corrects is not None:
            move_version(minutes.corrects, MinutesState.CORRECTED, doing)
        move_version(minutes, MinutesState.FINAL, doing)
        minutes.finalised_at = at
        minutes.save(update_fields=["finalised_at"])
        append_leaves([_final_fact(minutes, at=at)])
        ask_for_documents(minutes, stage=DocumentStage.FINAL, at=at)


def _final_fact(minutes: Minutes, *, at: datetime) -> Fact:
    """Return what the log says of final minutes: the hash that binds to all they say."""
    facts = {"digest": minutes.digest, "version": minutes.version}
    return Fact(FINAL_KIND, "minutes", minutes.meeting.code, at, facts)
