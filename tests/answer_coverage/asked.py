"""Questions set straight into any state, with what stands beside them; the figures only read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factories import NOON
from kenes.deadlines.models import CalendarEdition, Term, WorkingCalendar
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.questions.models import Answer, Assignment, Question

TODAY = date(2021, 3, 15)


@dataclass(frozen=True, slots=True)
class Story:
    """A question as it stands: its state, its standing answer, its running term."""

    state: str = "open"
    answer: str = ""  # aloud, in_time, late
    due_on: date | None = None
    working_days: int | None = None
    unit: Organisation | None = None
    paused_on: date | None = None


def asked(meeting: Meeting, story: Story, *, at: datetime = NOON, into: Question | None = None) -> Question:
    serial = Question.objects.filter(meeting=meeting).count() + 1
    question = Question.objects.create(
        meeting=meeting,
        feed_id=meeting.feed_id,
        code=f"{meeting.code}-{serial:04}",
        serial=serial,
        state="merged" if into else story.state,
        text=f"Question {serial}",
        language="en",
        asked_at=at,
        refusal_ground="off_topic" if story.state == "refused" else "",
        merged_into=into,
        version=serial,
    )
    _beside(question, story, at=at)
    return question


def _beside(question: Question, story: Story, *, at: datetime) -> None:
    if story.unit:
        Assignment.objects.create(question=question, organisation=story.unit, at=at)
    if story.due_on:
        term = Term.objects.create(
            object_kind="question", object_id=question.code, due_on=story.due_on, opened_at=at
        )
        if story.paused_on:
            paused(term, since=story.paused_on)
    if story.answer:
        Answer.objects.create(
            question=question,
            form="aloud" if story.answer == "aloud" else "written",
            answered_by="Head of the directorate",
            text="An answer.",
            language="en",
            at=at + timedelta(days=1),
            promise="" if story.answer == "aloud" else "none",
            is_late=story.answer == "late",
            working_days=story.working_days,
        )


def paused(term: Term, *, since: date) -> None:
    """Let the clock of a term stand; only a term by a clock can."""
    calendar, _is_new = WorkingCalendar.objects.get_or_create(key="KZ")
    year = {"known_from": date(2021, 1, 1), "known_to": date(2021, 12, 31), "state": "published"}
    term.edition, _is_new = CalendarEdition.objects.get_or_create(calendar=calendar, number=1, defaults=year)
    term.calendar, term.policy_key, term.zone = calendar, "appeal", "Asia/Almaty"
    term.paused_since = datetime.combine(since, NOON.timetz())
    term.save()
