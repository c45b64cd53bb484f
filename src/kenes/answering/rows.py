"""Rows of the queue: a question, its unit, its date and how many working days are left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kenes.answering.models import DraftText
from kenes.answering.queries import assignments_with_drafts, drafts_to_read, terms_with_calendars
from kenes.answering.words import days_in_words, tone_of
from kenes.answering.workdays import calendar_at, working_days_left
from kenes.core.languages import LocalizedText, localized
from kenes.deadlines.models import Term
from kenes.deadlines.queries import notices_owed_by
from kenes.deadlines.queries.clocked import Readings
from kenes.deadlines.states import DutyKind
from kenes.deadlines.workdays import Calendar
from kenes.questions.models import Assignment, Part, Question
from kenes.questions.states import QuestionState

# What waits to be cleared or signed is read in the queue itself.
TO_BE_READ = frozenset({QuestionState.DRAFTED, QuestionState.CLEARED})


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """What the asker is still to be told, and by when."""

    label: str
    due_on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A question as the queue shows it. `days` are working days left, negative where it is late."""

    question: Question
    title: LocalizedText
    unit: LocalizedText
    due_on: date | None
    days: int | None
    is_accepted: bool
    version: int
    texts: Sequence[DraftText] = ()
    notice: OwedNotice | None = None

    @property
    def days_words(self) -> str:
        """How long is left, in words."""
        return days_in_words(self.days)

    @property
    def tone(self) -> str:
        """How urgent it is."""
        return tone_of(self.days)


def owed_notice(question: Question, *, today: date) -> OwedNotice | None:
    """Return the most pressing notice that the asker of a question is owed."""
    return owed_notices([question], today=today).get(question.code)


def owed_notices(questions: Sequence[Question], *, today: date) -> dict[str, OwedNotice]:
    """Return the most pressing notice of each question that owes one: one query."""
    owed = notices_owed_by(object_kind="question", object_ids=[question.code for question in questions])
    return {
        code: OwedNotice(str(DutyKind(notice.kind).label), notice.due_on, notice.due_on < today)
        for code, notice in owed.items()
    }


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a question that a unit is to answer, with the working days left."""

    part: Part
    title: LocalizedText
    unit: LocalizedText
    days: int | None

    @property
    def days_words(self) -> str:
        """How long is left, in words."""
        return days_in_words(self.days)

    @property
    def tone(self) -> str:
        """How urgent it is."""
        return tone_of(self.days)


def part_rows(parts: Sequence[Part], *, today: date) -> list[PartRow]:
    """Return the rows of parts, each with its own term."""
    left = DaysLeft(today)
    return [
        PartRow(
            part,
            localized(part.question.meeting, "title"),
            localized(part.organisation, "name"),
            None if part.ended_at else left.of(part.term),
        )
        for part in parts
    ]


class DaysLeft:
    """Counts working days by each term's own calendar; for one run only."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._readings = Readings()
        self._usual: Calendar | None = None

    def of(self, term: Term | None) -> int | None:
        """Return the working days left of a term; None where there is none, or its clock stands."""
        if term is None or term.paused_since is not None:
            return None
        return working_days_left(term.due_on, today=self._today, calendar=self._calendar(term))

    def _calendar(self, term: Term) -> Calendar:
        if term.edition is not None:
            return self._readings.calendar(term.edition, term.zone)
        if self._usual is None:
            self._usual = calendar_at(None)
        return self._usual


def queue_rows(questions: Sequence[Question], *, today: date) -> list[QueueRow]:
    """Return the rows of a page of the queue: a constant number of queries."""
    assignments = assignments_with_drafts(questions)
    terms = terms_with_calendars(questions)
    notices = owed_notices(questions, today=today)
    left = DaysLeft(today)
    to_read = [assignments[question.pk] for question in questions if question.state in TO_BE_READ]
    texts = drafts_to_read(to_read) if to_read else {}
    rows = (
        _row(question, assignments[question.pk], terms.get(question.code), left, notices.get(question.code))
        for question in questions
    )
    return [replace(row, texts=texts.get(assignments[row.question.pk].pk, ())) for row in rows]


def _row(
    question: Question,
    assignment: Assignment,
    term: Term | None,
    left: DaysLeft,
    notice: OwedNotice | None,
) -> QueueRow:
    return QueueRow(
        question=question,
        title=localized(question.meeting, "title"),
        unit=localized(assignment.organisation, "name"),
        due_on=term.due_on if term else None,
        days=left.of(term),
        is_accepted=assignment.accepted_at is not None,
        version=getattr(assignment, "last_version", None) or 0,
        notice=notice,
    )
