"""Telling a unit by e-mail that it owes an answer: a listener of what happens to questions."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from kenes.accounts.models import User
from kenes.accounts.queries import members_on
from kenes.accounts.states import MembershipKind
from kenes.answering.access import link_ends_on
from kenes.answering.letters import assignment_letter
from kenes.answering.queries import running_assignment
from kenes.deadlines.queries import open_term_of
from kenes.notices.actions import send_letters_later
from kenes.notices.wishes import Letter
from kenes.questions.events import EventKind, QuestionEvent
from kenes.questions.models import Assignment

# Each of these leaves a unit with an answer to write.
TOLD = frozenset({EventKind.ASSIGNED, EventKind.DECLINED, EventKind.REOPENED})
TO_KINDS = (MembershipKind.HEAD, MembershipKind.DRAFTER)


def tell_unit(events: Sequence[QuestionEvent]) -> None:
    """Write a letter to each head and drafter of the unit that now owes the answer; the outbox only."""
    for event in events:
        if event.kind not in TOLD:
            continue
        assignment = running_assignment(event.question)
        if assignment is not None:
            send_letters_later(_letters(assignment, event), at=event.at)


def _letters(assignment: Assignment, event: QuestionEvent) -> list[Letter]:
    term = open_term_of(object_kind="question", object_id=event.question.code)
    good_until = link_ends_on(assignment)
    return [
        assignment_letter(assignment, user, due_on=term.due_on if term else None, good_until=good_until)
        for user in _people(assignment, event)
    ]


def _people(assignment: Assignment, event: QuestionEvent) -> Iterable[User]:
    """Return heads and drafters once each, who did it themselves left out."""
    running = members_on(assignment.organisation, timezone.localdate(event.at)).filter(kind__in=TO_KINDS)
    people = {membership.user_id: membership.user for membership in running}
    if event.by is not None:
        people.pop(event.by.pk, None)
    return people.values()
