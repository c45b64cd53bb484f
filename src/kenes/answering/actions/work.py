"""The frame of every act on an answer: the room's feed is locked, the person's place asked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kenes.accounts.models import User
from kenes.answering.errors import DraftIsEmpty, NotNow, VersionChanged
from kenes.answering.models import Clearance, DraftVersion
from kenes.answering.queries import latest_version, place_of, running_assignment
from kenes.answering.rules import Place, refuse_unless
from kenes.answering.states import WorkVerb
from kenes.live.writer import change_feed
from kenes.questions.models import Assignment, Question
from kenes.record.actions import record_act


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what at the desk of answers, and when."""

    verb: WorkVerb
    by: User | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """A question under work, locked: its running assignment, the person's place, the version that stands."""

    question: Question
    assignment: Assignment
    place: Place
    latest: DraftVersion | None
    act: Act

    def version(self, number: int) -> DraftVersion:
        """Return the version that stands if it is the one the person saw.

        Raises: DraftIsEmpty, VersionChanged.
        """
        if self.latest is None:
            raise DraftIsEmpty
        if self.latest.number != number:
            raise VersionChanged(number=self.latest.number)
        return self.latest


@contextmanager
def working(question: Question, act: Act) -> Iterator[Work]:
    """Lock the question's room, read the question anew, and refuse what this person may not do now.

    Raises: NotNow, WorkNotOpen.
    """
    with change_feed(question.feed_id):
        question.refresh_from_db()
        assignment = running_assignment(question)
        if assignment is None:
            raise NotNow
        place = place_of(act.by, assignment.organisation, timezone.localdate(act.at))
        refuse_unless(act.verb, place, state=question.state)
        yield Work(question, assignment, place, latest_version(assignment), act)


def note(work: Work, name: str, *, detail: Mapping[str, object], reason: str = "") -> None:
    """Write the act into the record; `detail` holds nothing personal and no text."""
    record_act(
        act=name,
        object_kind="question",
        object_id=work.question.code,
        by=work.act.by,
        at=work.act.at,
        reason=reason,
        detail=detail,
    )


def void_clearances(work: Work) -> int:
    """Let what was cleared of this assignment's draft count no more; return how many."""
    running = Clearance.objects.filter(version__draft__assignment=work.assignment, voided_at=None)
    return running.update(voided_at=work.act.at)
