"""A question's page, put together: its words, its answer, what is due, its way so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kenes.core.languages import LocalizedText, localized
from kenes.deadlines.queries import is_overdue
from kenes.questions.annexes import Annex, annexes_of
from kenes.questions.codes import spoken_code
from kenes.questions.models import Answer, AnswerText, Part, PassedOn, Question
from kenes.questions.rows import companions_of
from kenes.questions.rules import is_text_public, public_state
from kenes.questions.states import AnswerForm, Channel, QuestionState, RefusalGround
from kenes.questions.timeline import Step, timeline_of


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """What the templates show of a question. `text` is empty where it must not be shown.

    `is_late`: the date of the answer has passed; `stands`: its clock does not run now. `written` are the
    texts of a written answer, the reader's language first. `into` is the code of the question it lives on
    in, `carries` are those of the questions that live on in it.
    """

    question: Question
    text: str
    asker: str
    state: str
    state_label: str
    channel: str
    ground: str
    reason: str
    answer: Answer | None
    written: Sequence[AnswerText]
    annexes: Sequence[Annex]
    unit: LocalizedText | None
    due_on: date | None
    is_late: bool
    stands: bool
    parts: Sequence[Part]
    passed: PassedOn | None
    into: str
    carries: Sequence[str]
    steps: Sequence[Step]
    zone: str
    title: LocalizedText
    spoken: str
    link: str


def question_page_of(question: Question, *, is_own: bool = False, on: date | None = None) -> QuestionPage:
    """Return the page; its asker also reads the reason of a refusal and every text of their own.

    `on`: the day that decides what is late, today by default.
    """
    beside = companions_of([question], using=question._state.db or "default", with_reasons=is_own)
    assignment = beside.assignments.get(question.pk)
    term = beside.terms.get(question.code)
    is_late = term is not None and is_overdue(term, on=on or timezone.localdate())
    state = QuestionState(public_state(question.state))
    meeting = question.meeting
    answer = beside.answers.get(question.pk)
    is_written = answer is not None and answer.form == AnswerForm.WRITTEN
    return QuestionPage(
        question=question,
        text=question.text if is_own or is_text_public(question) else "",
        asker="" if question.is_anonymous and not is_own else question.asker_name,
        state=state.value,
        state_label=str(state.label),
        channel=_channel(question),
        ground=str(RefusalGround(question.refusal_ground).label) if question.refusal_ground else "",
        reason=beside.reasons.get(question.pk, ""),
        answer=answer,
        written=_written(answer) if answer and is_written else (),
        annexes=annexes_of(answer) if answer and is_written else (),
        unit=localized(assignment.organisation, "name") if assignment else None,
        due_on=term.due_on if term else None,
        is_late=is_late,
        stands=term is not None and term.paused_since is not None,
        parts=list(question.parts.select_related("organisation", "term")),
        passed=getattr(question, "passed_on", None),
        into=question.merged_into.code if question.merged_into else "",
        carries=list(question.merged.order_by("id").values_list("code", flat=True)),
        steps=timeline_of(question, is_own=is_own, missed=term.due_on if term and is_late else None),
        zone=meeting.zone,
        title=localized(meeting, "title"),
        spoken=spoken_code(meeting.place.kato[:2], meeting.number, question.serial),
        link=short_link(question.code),
    )


def short_link(code: str) -> str:
    """Return the address of a question without a language: each reader is led to the page in theirs."""
    return f"{settings.PUBLIC_URL}/questions/{code}/"


def own_link(code: str, secret: str) -> str:
    """Return the address that a receipt's QR holds."""
    return f"{short_link(code)}own/{secret}/"


def qr_of(link: str) -> SafeString:
    """Return the link as a QR code: an SVG element without inline style, dark on light in any scheme."""
    code = segno.make(link, error="m")
    return SafeString(code.svg_inline(border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr-code"))


def _written(answer: Answer) -> list[AnswerText]:
    mine = get_language()
    return sorted(answer.texts.all(), key=lambda text: text.language != mine)


def _channel(question: Question) -> str:
    is_entered = question.channel in {Channel.PHONE, Channel.PAPER}
    return str(Channel(question.channel).label) if is_entered else ""
