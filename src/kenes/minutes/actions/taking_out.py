"""Taking out of minutes and summaries what they quote of a question and nobody may read any more.

A final version stays what the log says of it: its hash binds to commitments to the texts. The log is
told that something went, and the hash of what the version shows since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kenes.accounts.models import User
from kenes.files.actions import drop_uploads
from kenes.minutes.actions.versions import Doing, locked_meeting, record
from kenes.minutes.models import Document, Minutes, Rendering, Summary, TakingOut
from kenes.minutes.quotes import TEXT, Change, changed, is_quote_of, sealed, unsealed
from kenes.minutes.rules import digest_of, digest_shown, is_text_told
from kenes.minutes.states import RenderingState
from kenes.programme.models import Meeting
from kenes.programme.states import MeetingState
from kenes.questions.events import EventKind, PiecesTakenOut, QuestionEvent
from kenes.questions.models import Question
from kenes.record.actions import Fact, append_leaves

REDACTED_KIND = "minutes-redacted"
HIDING = frozenset({EventKind.REFUSED, EventKind.WITHDRAWN})
# Keeps apart the leaves of one meeting that one act made.
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Going:
    """What goes: of which question, how its quotations change, by whose act."""

    question: Question
    change: Change
    doing: Doing


def take_pieces_out(taken: PiecesTakenOut) -> None:
    """Put markers in the place of personal data wherever minutes and summaries quote the text."""

    def change(key: str, text: str) -> str:
        for piece, marker in taken.pieces.items() if is_quote_of(taken.field, key) else ():
            text = text.replace(piece, marker)
        return text

    by = taken.by if isinstance(taken.by, User) else None
    _take_out(_Going(taken.question, change, Doing("take_out_of_minutes", by, taken.at)))


def take_hidden_out(events: Sequence[QuestionEvent]) -> None:
    """Take out the texts of questions that the public may read no more: refused as harmful, withdrawn."""
    for event in events:
        if event.kind in HIDING and not is_text_told(event.question):
            doing = Doing("take_out_of_minutes", event.by, event.at)
            _take_out(_Going(event.question, _without_text, doing))


def _without_text(key: str, text: str) -> str | None:
    return None if key == TEXT else text


def _take_out(going: _Going) -> None:
    meeting = going.question.meeting
    if meeting.state != MeetingState.CLOSED:  # there are no minutes yet
        return
    with locked_meeting(meeting):
        for minutes in Minutes.objects.filter(meeting=meeting).select_related("meeting").order_by("version"):
            content = changed(minutes.content, going.question.code, going.change)
            if content is not None:
                _keep_changed(minutes, content, going)
        for summary in Summary.objects.filter(meeting=meeting).order_by("version"):
            _keep_summary(summary, going)


def _keep_changed(minutes: Minutes, content: dict[str, Any], going: _Going) -> None:
    if minutes.finalised_at is None:  # of what was never final the log knows nothing: it is sealed anew
        content = sealed(unsealed(content))
        minutes.digest = digest_of(content, minutes.texts)
    else:
        _log(minutes, content, going)
    minutes.content = content
    minutes.save(update_fields=["content", "digest"])
    record(minutes, going.doing, detail={"question": going.question.code})
    _make_documents_anew(minutes, at=going.doing.at)


def _log(minutes: Minutes, content: dict[str, Any], going: _Going) -> None:
    shown = digest_shown(content, minutes.texts)
    at = _own_time(minutes.meeting, going.doing.at)
    TakingOut.objects.create(minutes=minutes, question=going.question.code, at=at, shown=shown)
    facts = {"shown": shown, "version": minutes.version}
    append_leaves([Fact(REDACTED_KIND, "minutes", minutes.meeting.code, at, facts)])


def _own_time(meeting: Meeting, at: datetime) -> datetime:
    last = TakingOut.objects.filter(minutes__meeting=meeting).order_by("-at").first()
    return max(at, last.at + TICK) if last else at


def _make_documents_anew(minutes: Minutes, *, at: datetime) -> None:
    """Delete the version's files and have them made again without what went."""
    documents = list(Document.objects.filter(minutes=minutes).select_related("upload"))
    Document.objects.filter(minutes=minutes).delete()
    drop_uploads(document.upload for document in documents)
    Rendering.objects.filter(minutes=minutes).update(
        state=RenderingState.WAITING, at=at, not_before=at, attempts=0, last_error=""
    )


def _keep_summary(summary: Summary, going: _Going) -> None:
    """Change the rows behind the numbers that show the question; the numbers stay."""
    is_changed = False
    for number in summary.figures["numbers"].values():
        for row in number["rows"]:
            if row["code"] == going.question.code:
                is_changed |= _change_row(row, going.change)
    if is_changed:
        summary.save(update_fields=["figures"])


def _change_row(row: dict[str, Any], change: Change) -> bool:
    before = dict(row["texts"])
    texts = {language: change(TEXT, text) for language, text in before.items()}
    row["texts"] = {language: text for language, text in texts.items() if text is not None}
    if not row["texts"]:
        row["path"] = ""
    return bool(row["texts"] != before)
