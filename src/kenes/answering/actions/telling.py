"""Telling a unit by e-mail that it owes an answer: a listener of what happens to questions."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from kenes.accounts.models import User
from kenes.accounts.queries import members_on, users_with_role
from kenes.accounts.states import MembershipKind, Role
from kenes.answering.access import link_ends_on
from kenes.answering.letters import Why, assignment_letter, late_letter
from kenes.answering.queries import running_assignment
from kenes.deadlines.queries import open_term_of
from kenes.notices.actions import send_letters_later
from kenes.notices.wishes import Letter
from kenes.questions.events import EventKind, QuestionEvent
from kenes.questions.models import Assignment
from kenes.questions.states import QuestionState

# Each of these leaves a unit with an answer to write.
TOLD = frozenset({EventKind.ASSIGNED, EventKind.DECLINED, EventKind.REOPENED})
TO_KINDS = (MembershipKind.HEAD, MembershipKind.DRAFTER)


def tell_unit(events: Sequence[QuestionEvent]) -> None:
    """Write a letter to each head and drafter of the unit that now owes the answer; the outbox only.

    What came after the closing waits for a moderator first: then the host's head and moderators are told.
    """
    for event in events:
        if event.kind not in TOLD:
            continue
        assignment = running_assignment(event.question)
        if assignment is None:
            continue
        is_late = event.question.state == QuestionState.HELD
        letters = _late_letters if is_late else _letters
        send_letters_later(letters(assignment, event), at=event.at)


def _letters(assignment: Assignment, event: QuestionEvent) -> list[Letter]:
    due_on = _due_on(event)
    good_until = link_ends_on(assignment)
    return [
        assignment_letter(assignment, user, why=_why(event), due_on=due_on, good_until=good_until)
        for user in _people(assignment, event)
    ]


def _late_letters(assignment: Assignment, event: QuestionEvent) -> list[Letter]:
    day, host = timezone.localdate(event.at), assignment.organisation
    heads = members_on(host, day, kind=MembershipKind.HEAD)
    people = {head.user_id: head.user for head in heads}
    people |= {user.pk: user for user in users_with_role(Role.MODERATOR, organisation=host)}
    if event.by is not None:
        people.pop(event.by.pk, None)
    due_on = _due_on(event)
    return [late_letter(event.question, user, due_on=due_on, day=day) for user in people.values()]


def _due_on(event: QuestionEvent) -> date | None:
    term = open_term_of(object_kind="question", object_id=event.question.code)
    return term.due_on if term else None


def _why(event: QuestionEvent) -> Why:
    reason = str(event.detail.get("reason", "")) if event.kind is EventKind.DECLINED else ""
    return Why(is_reopened=event.kind is EventKind.REOPENED, declined_because=reason)


def _people(assignment: Assignment, event: QuestionEvent) -> Iterable[User]:
    """Return heads and drafters once each, who did it themselves left out."""
    running = members_on(assignment.organisation, timezone.localdate(event.at)).filter(kind__in=TO_KINDS)
    people = {membership.user_id: membership.user for membership in running}
    if event.by is not None:
        people.pop(event.by.pk, None)
    return people.values()
