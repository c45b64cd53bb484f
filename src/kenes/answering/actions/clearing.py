"""The chain of clearance: submitting a version, clearing its steps, sending it back."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.answering.actions.waiting import tell_next
from kenes.answering.actions.work import Act, note, void_clearances, working
from kenes.answering.errors import NotNow, WorkNotOpen
from kenes.answering.models import Clearance
from kenes.answering.queries import chain_of, texts_of
from kenes.answering.rules import next_link, refuse_incomplete, refuse_unchecked
from kenes.answering.states import WorkVerb
from kenes.questions import actions as questions
from kenes.questions.models import Question


def submit_to_clearance(question: Question, *, version: int, by: User | None, at: datetime) -> None:
    """Hand the version that stands to those who clear; it must be there in Kazakh and Russian.

    Raises: TextsMissing, VersionChanged, DraftIsEmpty, NotNow, WorkNotOpen.
    """
    with working(question, Act(WorkVerb.SUBMIT, by, at)) as work:
        held = work.version(version)
        refuse_incomplete({language: row.status for language, row in texts_of(held).items()})
        questions.submit_draft(question, by=by, at=at)
        note(work, "submit_to_clearance", detail={"version": version})
        tell_next(work, held)


def clear_step(question: Question, *, version: int, by: User | None, at: datetime) -> Clearance:
    """Clear the step that comes next, of the version the person read; the last one clears the answer.

    The last one wants every translation confirmed. Raises: TextsMissing, TranslationsUnchecked,
    VersionChanged, DraftIsEmpty, NotNow, WorkNotOpen.
    """
    with working(question, Act(WorkVerb.CLEAR, by, at)) as work:
        held = work.version(version)
        statuses = {language: row.status for language, row in texts_of(held).items()}
        refuse_incomplete(statuses)
        chain = chain_of(work.assignment.organisation, held)
        link = next_link(chain)
        if link is None:
            raise NotNow
        if not link.is_open_to(work.place):
            raise WorkNotOpen
        if link is chain[-1]:
            refuse_unchecked(statuses)
        clearance = Clearance.objects.create(version=held, step=link.step, by=by, at=at)
        step = link.step.position if link.step else 1
        note(work, "clear_step", detail={"version": version, "step": step, "of": len(chain)})
        if link is chain[-1]:
            questions.clear_answer(question, by=by, at=at)
        tell_next(work, held)
    return clearance


def send_back(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Give the draft back to its writers with a reason; what was cleared of it is void.

    Raises: ReasonMissing, NotNow, WorkNotOpen.
    """
    with working(question, Act(WorkVerb.SEND_BACK, by, at)) as work:
        questions.send_back(question, by=by, at=at, reason=reason)
        void_clearances(work)
