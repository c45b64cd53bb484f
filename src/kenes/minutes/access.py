"""From a room code to the minutes and summaries behind it; unknown and forbidden look the same."""

from datetime import date

from kenes.accounts.rules import AnyUser
from kenes.minutes.errors import MinutesUnknown
from kenes.minutes.models import Document, Minutes, Remark, Summary
from kenes.minutes.rules import is_public, may
from kenes.minutes.states import PUBLIC_MINUTES, DocumentStage, MinutesAct, MinutesState, SummaryState
from kenes.programme.access import meeting_of
from kenes.programme.models import Meeting


def meeting_for(user: AnyUser, code: str, act: MinutesAct, *, on: date) -> Meeting:
    """Return the meeting where the user may do the act. Raises: MinutesUnknown."""
    meeting = meeting_of(code, user)
    if not may(user, act, meeting, on=on):
        raise MinutesUnknown
    return meeting


def minutes_shown(user: AnyUser, meeting: Meeting, *, on: date, version: int | None = None) -> Minutes:
    """Return a version: without a number the newest that the user may read. Raises: MinutesUnknown.

    Anybody reads what is or was final; drafts are for those who may read them.
    """
    versions = Minutes.objects.filter(meeting=meeting).select_related("meeting", "made_by")
    versions = versions.prefetch_related("takings_out")
    if not may(user, MinutesAct.READ_DRAFT, meeting, on=on):
        versions = versions.filter(state__in=PUBLIC_MINUTES)
    if version is not None:
        versions = versions.filter(version=version)
    found = versions.order_by("-version").first()
    if found is None:
        raise MinutesUnknown
    return found


def minutes_to_change(user: AnyUser, code: str, version: int, act: MinutesAct, *, on: date) -> Minutes:
    """Return the version where the user may do the act. Raises: MinutesUnknown."""
    meeting = meeting_for(user, code, act, on=on)
    return minutes_shown(user, meeting, on=on, version=version)


def remark_to_resolve(user: AnyUser, code: str, public_id: str, *, on: date) -> Remark:
    """Return the remark. Raises: MinutesUnknown."""
    meeting = meeting_for(user, code, MinutesAct.RESOLVE_REMARK, on=on)
    remark = Remark.objects.filter(minutes__meeting=meeting, public_id=public_id).first()
    if remark is None:
        raise MinutesUnknown
    return remark


def document_of(minutes: Minutes, *, language: str, file_format: str) -> Document:
    """Return the version's document: the final one, of a draft the draft's. Raises: MinutesUnknown."""
    stage = DocumentStage.FINAL if is_public(minutes) else DocumentStage.DRAFT
    found = Document.objects.filter(minutes=minutes, language=language, format=file_format, stage=stage)
    document = found.select_related("upload").first()
    if document is None:
        raise MinutesUnknown
    return document


def summary_shown(user: AnyUser, meeting: Meeting, *, on: date, version: int | None = None) -> Summary:
    """Return a version of the summary: anybody reads the approved one. Raises: MinutesUnknown."""
    versions = Summary.objects.filter(meeting=meeting).select_related("meeting")
    if not may(user, MinutesAct.READ_DRAFT, meeting, on=on):
        versions = versions.filter(state=SummaryState.APPROVED)
    if version is not None:
        versions = versions.filter(version=version)
    found = versions.order_by("-version").first()
    if found is None:
        raise MinutesUnknown
    return found


def has_final_minutes(meeting: Meeting) -> bool:
    """Say whether anybody may read minutes of the meeting."""
    return Minutes.objects.filter(meeting=meeting, state=MinutesState.FINAL).exists()


def has_approved_summary(meeting: Meeting) -> bool:
    """Say whether anybody may read a summary of the meeting."""
    return Summary.objects.filter(meeting=meeting, state=SummaryState.APPROVED).exists()
