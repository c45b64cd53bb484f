"""What happened to a question so far, as the unit may read it: moves, versions, clearances."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kenes.answering.models import Clearance
from kenes.answering.queries import versions_of
from kenes.questions.models import Assignment, Question
from kenes.questions.states import QuestionState


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, by whom of the staff, with the reason that was given."""

    at: datetime
    words: str
    by: str = ""
    reason: str = ""


def story_of(question: Question, assignment: Assignment) -> list[Step]:
    """Return the story in order: three queries."""
    steps = [
        Step(move.at, str(QuestionState(move.new).label), _name(move.by), move.reason)
        for move in question.moves.select_related("by").order_by("id")
    ]
    if assignment.accepted_at is not None:
        steps.append(Step(assignment.accepted_at, _("Accepted by the unit")))
    steps += [
        Step(version.at, _("Version %(number)s saved") % {"number": version.number}, _name(version.by))
        for version in versions_of(assignment).prefetch_related(None)
    ]
    given = Clearance.objects.filter(version__draft__assignment=assignment)
    steps += [
        Step(
            clearance.at,
            _("Version %(number)s cleared") % {"number": clearance.version.number},
            _name(clearance.by),
        )
        for clearance in given.select_related("version", "by").order_by("id")
    ]
    return sorted(steps, key=lambda step: step.at)


def _name(user: object) -> str:
    return str(user) if user is not None else ""
