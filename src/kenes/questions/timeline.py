"""A question's whole story as the public may follow it: moves, units, dates, each with its day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from kenes.core.languages import localized
from kenes.core.moments import date_in_words, in_zone
from kenes.deadlines.models import TermEntry
from kenes.deadlines.queries import ledger_of, notices_of
from kenes.deadlines.states import Cause, DutyKind
from kenes.questions.models import Answer, Assignment, Move, Question, Reopening
from kenes.questions.queries import public_moves
from kenes.questions.rules import public_state
from kenes.questions.states import QuestionState

S = QuestionState
_INSIDE = frozenset({S.DRAFTED, S.CLEARED})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened; `note` in smaller words, `code` a question it leads to."""

    label: str
    at: datetime
    note: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Story:
    """What stands beside the moves, by the moment at which it happened."""

    question: Question
    is_own: bool
    assignments: Sequence[Assignment]
    entries: Sequence[TermEntry]
    answers: Mapping[datetime, Answer]
    reopening: Reopening | None
    given_at: frozenset[datetime] = field(default_factory=frozenset)

    def unit_at(self, at: datetime) -> str:
        """Return the unit that was assigned at a moment."""
        given = [each for each in self.assignments if each.at == at]
        return localized(given[-1].organisation, "name").text if given else ""

    def declined_at(self, at: datetime) -> Assignment | None:
        """Return the assignment that was declined at a moment."""
        return next((each for each in self.assignments if each.declined_at == at), None)

    def due_at(self, at: datetime) -> date | None:
        """Return the date that held after what happened at a moment."""
        known = [entry.due_on for entry in self.entries if entry.at <= at]
        return known[-1] if known else None


def timeline_of(question: Question, *, is_own: bool = False, missed: date | None = None) -> list[Step]:
    """Return the steps in their order: seven queries, whatever happened. `missed`: a date now past.

    Work inside a unit is not told; the words with which it was reopened are for its asker alone.
    """
    moves = public_moves(question)
    story = _Story(
        question=question,
        is_own=is_own,
        assignments=list(question.assignments.select_related("organisation").order_by("id")),
        entries=list(ledger_of(object_kind="question", object_id=question.code).filter(term__part_of=None)),
        answers={answer.at: answer for answer in question.answers.order_by("id")},
        reopening=getattr(question, "reopening", None),
        given_at=frozenset(move.at for move in moves if move.new == S.ASSIGNED),
    )
    steps = [
        *(_moved(move, story) for move in moves),
        *_late_at_the_host(story),
        *_accepted(story),
        *_dates(story),
        *_missed(question, missed),
        *_joined(question),
        *_parts(question),
        *_told(question),
        *(Step(_("A moderator edited the text"), edit.at) for edit in question.edits.order_by("id")),
    ]
    # Sorting is stable: what happened at one moment stays in the order above.
    return sorted(steps, key=lambda step: step.at)


def _moved(move: Move, story: _Story) -> Step:
    match S(move.new):
        case S.ASSIGNED:
            return _assigned(move, story)
        case S.ANSWERED:
            return _answered(move, story)
        case S.MERGED:
            into = story.question.merged_into
            return Step(_("Merged into another question"), move.at, code=into.code if into else "")
        case S.PASSED_ON:
            return Step(_("Passed on as a formal appeal"), move.at, note=_appeal(story.question))
        case new:
            return Step(_plain(S(move.old) if move.old else None, new), move.at)


def _plain(old: QuestionState | None, new: QuestionState) -> str:
    words = {
        (None, S.HELD): _("Asked; it waits for a moderator"),
        (None, S.OPEN): _("Asked, and on the public list"),
        (S.HELD, S.OPEN): _("Put on the public list"),
        (S.OPEN, S.HELD): _("Taken off the public list"),
        (S.STAGED, S.OPEN): _("Back on the list"),
        (S.ANSWERED, S.OPEN): _("The answer was taken back"),
        (S.REFUSED, S.OPEN): _("The refusal was overruled"),
        (S.MERGED, S.OPEN): _("The merge was undone"),
        (S.MERGED, S.HELD): _("The merge was undone"),
    }
    return words.get((old, new)) or str(S(public_state(new)).label)


def _answered(move: Move, story: _Story) -> Step:
    answer = story.answers.get(move.at)
    by = answer.answered_by if answer else ""
    if move.old not in _INSIDE:
        return Step(_("Answered aloud"), move.at, note=by)
    is_late = answer is not None and answer.is_late
    label = _("Answered in writing, after the due date") if is_late else _("Answered in writing")
    return Step(label, move.at, note=by)


def _assigned(move: Move, story: _Story) -> Step:
    unit = story.unit_at(move.at)
    declined = story.declined_at(move.at)
    if declined is not None:
        values = {"unit": localized(declined.organisation, "name").text, "next": unit}
        label = _("%(unit)s declined; %(next)s owes the answer") % values
        return Step(label, move.at, note=declined.decline_reason)
    due_on = story.due_at(move.at)
    values = {"unit": unit, "day": date_in_words(due_on) if due_on else ""}
    if story.reopening is not None and story.reopening.at == move.at:
        label = _("Reopened by its asker; %(unit)s answers by %(day)s") % values
        return Step(label, move.at, note=story.reopening.reason if story.is_own else "")
    return Step(_("Assigned to %(unit)s, to be answered by %(day)s") % values, move.at)


def _late_at_the_host(story: _Story) -> Iterator[Step]:
    """Tell of the assignment that came with a question asked after the closing, without a move."""
    for each in story.assignments[:1]:
        due_on = story.due_at(each.at)
        if each.at not in story.given_at and due_on:
            values = {"unit": localized(each.organisation, "name").text, "day": date_in_words(due_on)}
            yield Step(_("It came after the closing; %(unit)s answers by %(day)s") % values, each.at)


def _accepted(story: _Story) -> Iterator[Step]:
    for each in story.assignments:
        if each.accepted_at is not None:
            values = {"unit": localized(each.organisation, "name").text}
            yield Step(_("%(unit)s accepted it") % values, each.accepted_at)


def _parts(question: Question) -> Iterator[Step]:
    for part in question.parts.select_related("organisation"):
        unit = localized(part.organisation, "name").text
        yield Step(_("A part was passed on to %(unit)s") % {"unit": unit}, part.at, note=part.subject)
        if part.answered_at is not None:
            yield Step(_("%(unit)s answered its part") % {"unit": unit}, part.answered_at)


def _told(question: Question) -> Iterator[Step]:
    for notice in notices_of(object_kind="question", object_id=question.code):
        if notice.told_at is None:
            continue
        late = notice.due_on < in_zone(notice.told_at, question.meeting.zone).date()
        due = _("It was to be told by %(day)s, and was told late.") if late else _("To be told by %(day)s.")
        due = due % {"day": date_in_words(notice.due_on)}
        note = f"{DutyKind(notice.kind).label}: {notice.get_way_display()}. {due}"
        yield Step(_("The asker was told"), notice.told_at, note=note)


def _dates(story: _Story) -> Iterator[Step]:
    for entry in story.entries:
        if entry.cause == Cause.PAUSED:
            yield Step(_("The clock was stopped"), entry.at, note=entry.reason)
        if entry.cause == Cause.RESUMED:
            yield Step(_("The clock was started again"), entry.at)
        if entry.old_due_on is None or entry.old_due_on == entry.due_on or entry.at in story.given_at:
            continue
        values = {"old": date_in_words(entry.old_due_on), "new": date_in_words(entry.due_on)}
        label = _("The due date moved from %(old)s to %(new)s") % values
        note = ": ".join(filter(None, [str(entry.get_cause_display()), entry.reason]))
        yield Step(label, entry.at, note=note)


def _missed(question: Question, due_on: date | None) -> Iterator[Step]:
    """Tell of the date that passed while the answer is owed: at the end of that day in the meeting's zone."""
    if due_on is not None:
        passed_at = datetime.combine(due_on + ONE_DAY, time.min, ZoneInfo(question.meeting.zone))
        label = _("The due date passed without an answer: %(day)s") % {"day": date_in_words(due_on)}
        yield Step(label, passed_at)


def _joined(question: Question) -> Iterator[Step]:
    """Tell of the questions that live on in this one, each when it came last."""
    moves = Move.objects.filter(question__merged_into=question, new=S.MERGED).select_related("question")
    for move in {move.question_id: move for move in moves.order_by("id")}.values():
        label = _("A question that asks the same was joined to this one")
        yield Step(label, move.at, code=move.question.code)


def _appeal(question: Question) -> str:
    passed = getattr(question, "passed_on", None)
    if passed is None:
        return ""
    values = {"number": passed.number, "day": date_in_words(passed.on)}
    return _("Number %(number)s of %(day)s") % values
