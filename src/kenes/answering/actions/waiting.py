"""Telling those for whom an answer waits: who clears it next, or signs it. The outbox only."""

from collections.abc import Iterable

from django.utils import timezone

from kenes.accounts.models import User
from kenes.accounts.queries import members_on
from kenes.accounts.states import MembershipKind
from kenes.answering.actions.work import Work
from kenes.answering.letters import Waiting, waiting_letter
from kenes.answering.models import DraftVersion
from kenes.answering.queries import chain_of
from kenes.answering.rules import Place, next_link
from kenes.deadlines.queries import open_term_of
from kenes.notices.actions import send_letters_later
from kenes.organisations.models import Organisation
from kenes.questions.states import UNIT_KINDS, QuestionState, Verb


def tell_next(work: Work, version: DraftVersion) -> None:
    """Write a letter to each person who may do the next step of the version, who did this one left out.

    Of many answers that one act hands on, each person gets one letter: it names the first of them and
    leads to all that wait.
    """
    question, unit = work.question, work.assignment.organisation
    if question.state not in {QuestionState.DRAFTED, QuestionState.CLEARED}:
        return
    link = next_link(chain_of(unit, version)) if question.state == QuestionState.DRAFTED else None
    term = open_term_of(object_kind="question", object_id=question.code)
    waiting = Waiting(question, unit, link.step if link else None, term.due_on if term else None, work.act.at)
    people = {
        user
        for user, place in _places(unit, work)
        if user != work.act.by and (link.is_open_to(place) if link else _may_sign(place))
    }
    letters = [waiting_letter(waiting, user) for user in sorted(people, key=lambda user: user.pk)]
    send_letters_later(letters, at=work.act.at)


def _places(unit: Organisation, work: Work) -> Iterable[tuple[User, Place]]:
    kinds: dict[User, set[MembershipKind]] = {}
    for member in members_on(unit, timezone.localdate(work.act.at)):
        kinds.setdefault(member.user, set()).add(MembershipKind(member.kind))
    return [(user, Place(user.pk, frozenset(held))) for user, held in kinds.items()]


def _may_sign(place: Place) -> bool:
    return bool(place.kinds & UNIT_KINDS[Verb.ANSWER_IN_WRITING])
