"""What the big screens of a room show: the projector in the hall and the speaker's tablet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings

from kenes.core.languages import LocalizedText, localized
from kenes.live.contracts import Stream
from kenes.programme.live import agenda_now
from kenes.programme.models import Meeting
from kenes.questions.models import Question
from kenes.questions.queries import staged_of
from kenes.questions.rows import companions_of, listed_row
from kenes.rooms.pages import AgendaWords, agenda_in_words
from kenes.rooms.queries import announcements_up, top_open
from kenes.rooms.rows import QuestionWords, official, question_in_words
from kenes.rooms.words import present_words, room_words

TOP = 5
SPEAKERS_TOP = 10


@dataclass(frozen=True, slots=True)
class Screen:
    """The stage, the questions with the most votes, and where the agenda is."""

    code: str
    version: int
    title: LocalizedText
    state: str
    sphere: str
    zone: str
    stage: QuestionWords | None
    top: Sequence[QuestionWords]
    agenda: Sequence[AgendaWords]
    announcements: Sequence[str]
    present: str
    address: str
    qr: str

    @property
    def now(self) -> AgendaWords | None:
        """The point of the agenda that is on."""
        return next((item for item in self.agenda if item.state == "now"), None)


def screen_of(meeting: Meeting, *, version: int, stream: Stream) -> Screen:
    """Return what the screen of a stream shows, in the active language."""
    words = room_words(meeting.zone)
    limit = TOP if stream is Stream.PUBLIC else SPEAKERS_TOP
    staged, top = staged_of(meeting.feed_id, using="default"), list(top_open(meeting, limit=limit))
    listed = _in_words([*top, *([staged] if staged else [])], words, stream)
    address = f"{settings.PUBLIC_URL}/r/{meeting.code}"
    return Screen(
        code=meeting.code,
        version=version,
        title=localized(meeting, "title"),
        state=meeting.state,
        sphere=meeting.sphere,
        zone=meeting.zone,
        stage=listed[staged.code] if staged else None,
        top=[listed[question.code] for question in top],
        agenda=agenda_in_words(agenda_now(meeting.feed_id, using="default"), words),
        announcements=[
            official(_texts(row), words) for row in announcements_up(meeting.feed_id, using="default")
        ],
        present=present_words(words, meeting.present),
        address=address.partition("://")[2],
        qr=qr_svg(address),
    )


def qr_svg(text: str) -> str:
    """Return a QR code as inline SVG that scales with its box; dark on light in any scheme."""
    code = segno.make(text, error="m")
    return str(code.svg_inline(omitsize=True, border=2, light="#fff", dark="#000"))


def _in_words(
    questions: Sequence[Question], words: Mapping[str, Any], stream: Stream
) -> dict[str, QuestionWords]:
    beside = companions_of(questions, using="default")
    return {
        question.code: question_in_words(listed_row(question, beside, stream=stream), words)
        for question in questions
    }


def _texts(row: Mapping[str, Any]) -> Mapping[str, str]:
    texts: Mapping[str, str] = row["text"]
    return texts
