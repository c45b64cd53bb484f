"""The summary for the press: composed from the record, edited by a person, approved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from kenes.accounts.models import User
from kenes.core.languages import LANGUAGES
from kenes.minutes.actions.versions import Doing, keep_read, locked_meeting, publishing
from kenes.minutes.errors import MeetingNotClosed, SummaryExists, SummaryMissing, SummaryMoved
from kenes.minutes.models import Summary
from kenes.minutes.press.composing import composed, counted_from
from kenes.minutes.press.tokens import check_text
from kenes.minutes.queries import Content
from kenes.minutes.rules import LONGEST_PART, MUST_BE_WRITTEN
from kenes.minutes.states import SUMMARY_MOVES, SummaryState
from kenes.programme.models import Meeting
from kenes.programme.states import MeetingState
from kenes.questions.rules import clean_text
from kenes.record.actions import record_act


def draft_summary(meeting: Meeting, *, by: User | None, at: datetime) -> Summary:
    """Compose the first summary of a closed meeting, in every language.

    Raises: MeetingNotClosed, SummaryExists.
    """
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.CLOSED).exists():
        raise MeetingNotClosed
    doing = Doing("draft_summary", by, at)

    def keep(content: Content) -> Summary:
        if Summary.objects.filter(meeting=meeting).exists():
            raise SummaryExists
        counted = counted_from(content)
        return _add(meeting, doing, texts=composed(counted), counted=counted, counted_at=at)

    return keep_read(meeting, keep, at=at)


def redraft_summary(
    summary: Summary, *, texts: Mapping[str, str], is_fresh: bool, by: User | None, at: datetime
) -> Summary:
    """Keep an edited text as a newer draft; an approved one stays in force until the draft is approved.

    `is_fresh`: count anew from the records of now.
    Raises: SummaryMissing, SummaryTokenUnknown, SummaryNumberTyped, SummaryMoved, TextTooLong.
    """
    doing = Doing("redraft_summary", by, at)

    def keep(counted: Mapping[str, Any], counted_at: datetime) -> Summary:
        kept = _clean(texts, counted)
        if Summary.objects.filter(meeting=summary.meeting, version__gt=summary.version).exists():
            raise SummaryMoved
        if summary.state == SummaryState.DRAFT:
            _move(summary, SummaryState.REPLACED, doing)
        return _add(summary.meeting, doing, texts=kept, counted=counted, counted_at=counted_at)

    if is_fresh:
        return keep_read(summary.meeting, lambda content: keep(counted_from(content), at), at=at)
    with locked_meeting(summary.meeting):
        summary.refresh_from_db(fields=["figures"])
        return keep(summary.figures, summary.counted_at)


def approve_summary(summary: Summary, *, by: User | None, at: datetime) -> None:
    """Make a draft public in the place of the one approved before. Raises: SummaryMoved."""
    doing = Doing("approve_summary", by, at)
    with publishing(summary.meeting):
        before = Summary.objects.filter(meeting=summary.meeting, state=SummaryState.APPROVED).first()
        if before is not None and before.pk != summary.pk:
            _move(before, SummaryState.REPLACED, doing)
        _move(summary, SummaryState.APPROVED, doing)


def _clean(texts: Mapping[str, str], counted: Mapping[str, Any]) -> dict[str, str]:
    cleaned = {
        language: clean_text(texts.get(language, ""), least=0, most=LONGEST_PART) for language in LANGUAGES
    }
    kept = {language: text for language, text in cleaned.items() if text}
    if not kept.keys() >= MUST_BE_WRITTEN:
        raise SummaryMissing
    for text in kept.values():
        check_text(text, counted)
    return kept


def _add(
    meeting: Meeting,
    doing: Doing,
    *,
    texts: Mapping[str, str],
    counted: Mapping[str, Any],
    counted_at: datetime,
) -> Summary:
    last = Summary.objects.filter(meeting=meeting).aggregate(last=Max("version"))["last"] or 0
    summary = Summary.objects.create(
        meeting=meeting,
        version=last + 1,
        moved_at=doing.at,
        figures=dict(counted),
        texts=dict(texts),
        counted_at=counted_at,
        made_by=doing.by,
        at=doing.at,
    )
    _record(summary, doing)
    return summary


def _move(summary: Summary, state: SummaryState, doing: Doing) -> None:
    summary.refresh_from_db(fields=["state"], from_queryset=Summary.objects.select_for_update())
    if state not in SUMMARY_MOVES[summary.state]:
        raise SummaryMoved
    old, summary.state, summary.moved_at = summary.state, state, doing.at
    summary.save(update_fields=["state", "moved_at"])
    _record(summary, doing, {"from": str(old), "to": str(state)})


def _record(summary: Summary, doing: Doing, detail: Mapping[str, object] | None = None) -> None:
    record_act(
        act=doing.act,
        object_kind="summary",
        object_id=summary.meeting.code,
        by=doing.by,
        at=doing.at,
        detail={"version": summary.version, **(detail or {})},
    )
