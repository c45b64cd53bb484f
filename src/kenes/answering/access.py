"""From a code, an id or a link's token to what somebody may work on; unknown and forbidden look the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.utils import timezone

from kenes.accounts.models import User
from kenes.accounts.queries import members_on, memberships_on
from kenes.accounts.rules import AnyUser, has_role
from kenes.accounts.states import MembershipKind, Role
from kenes.answering.errors import LinkExpired, LinkUsed, WorkNotOpen
from kenes.answering.models import SignatureFile
from kenes.answering.workdays import working_days_after
from kenes.organisations.models import Organisation
from kenes.organisations.queries import find_organisation
from kenes.questions.codes import parse_code
from kenes.questions.models import Assignment, Part, Question
from kenes.questions.states import HAS_PAGE, QuestionState

LINK_WORKING_DAYS = 3
MOST_CODES = 500
DEEPEST_UNIT = 6
_SIGNER_SALT = "kenes.answering.assignment-link"


def units_of(user: AnyUser | None, *, on: date) -> QuerySet[Organisation]:
    """Return the bodies in which the person works on answers: as a member or an officer.

    Who holds the officer's role for the whole instance works in every body.
    """
    if not isinstance(user, User) or not user.is_active:
        return Organisation.objects.none()
    if has_role(user, Role.OFFICER):
        return Organisation.objects.all()
    by_membership = memberships_on(user, on).order_by().values("organisation")
    by_role = user.roles.filter(role=Role.OFFICER).values("organisation")
    return Organisation.objects.filter(Q(pk__in=by_membership) | Q(pk__in=by_role))


def headed_units(user: AnyUser | None, *, on: date) -> list[Organisation]:
    """Return the bodies whose work the person oversees: those they head, and all that stand below."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if has_role(user, Role.ADMINISTRATOR):
        return list(Organisation.objects.order_by("name", "pk"))
    heads = memberships_on(user, on).filter(kind=MembershipKind.HEAD).values("organisation")
    return with_units_below(Organisation.objects.filter(pk__in=heads))


def with_units_below(bodies: Iterable[Organisation]) -> list[Organisation]:
    """Return bodies with all that stand below them: a query a level."""
    found = {body.pk: body for body in bodies}
    level = set(found)
    for _depth in range(DEEPEST_UNIT):
        below = Organisation.objects.filter(parent__in=level).exclude(pk__in=found)
        level = {body.pk for body in below}
        if not level:
            break
        found |= {body.pk: body for body in below}
    return list(found.values())


def unit_to_oversee(user: AnyUser | None, public_id: str, *, on: date) -> Organisation:
    """Return a body whose work the person oversees. Raises: WorkNotOpen."""
    unit = find_organisation(public_id)
    if unit is None or unit not in headed_units(user, on=on):
        raise WorkNotOpen
    return unit


def questions_at_work(user: AnyUser | None, *, on: date) -> QuerySet[Question]:
    """Return the questions that units of the person owe, or owed, an answer to."""
    units = units_of(user, on=on)
    mine = Assignment.objects.filter(organisation__in=units).values("question")
    return Question.objects.filter(pk__in=mine)


def question_at_work(user: AnyUser | None, code: str, *, on: date) -> Question:
    """Return a question that a unit of the person owes, or owed, an answer to. Raises: WorkNotOpen.

    Who worked on it before it went elsewhere still reads how it ended; what the unit that has it now
    writes is shown to that unit alone.
    """
    found = questions_at_work(user, on=on).filter(code=parse_code(code) or "")
    question = found.select_related("meeting__session__region", "meeting__place", "meeting__host").first()
    if question is None:
        raise WorkNotOpen
    return question


def assignment_shown(user: AnyUser | None, question: Question, *, on: date) -> Assignment | None:
    """Return the youngest assignment of the question to a unit of the person."""
    mine = Assignment.objects.filter(question=question, organisation__in=units_of(user, on=on))
    return mine.select_related("organisation").order_by("id").last()


def parts_at_work(user: AnyUser | None, *, on: date) -> QuerySet[Part]:
    """Return the parts that units of the person have, or had, to answer."""
    return parts_of_units(units_of(user, on=on))


def parts_of_units(units: QuerySet[Organisation]) -> QuerySet[Part]:
    """Return the parts that the units have, or had, to answer; the nearest date first."""
    found = Part.objects.filter(organisation__in=units)
    beside = found.select_related("question__meeting", "organisation", "term__edition")
    return beside.order_by("term__due_on", "id")


def part_at_work(user: AnyUser | None, public_id: str, *, on: date) -> Part:
    """Return a part that a unit of the person has, or had, to answer. Raises: WorkNotOpen."""
    part = parts_at_work(user, on=on).filter(public_id=public_id).first()
    if part is None:
        raise WorkNotOpen
    return part


def questions_to_do(user: AnyUser | None, codes: Iterable[str], *, on: date) -> list[Question]:
    """Return those of the questions that a unit of the person owes an answer to, in the order of the codes.

    Others are left out silently, as if they were not there.
    """
    wanted = list(dict.fromkeys(codes))[:MOST_CODES]
    running = Assignment.objects.filter(organisation__in=units_of(user, on=on), ended_at=None)
    found = Question.objects.filter(code__in=wanted, pk__in=running.values("question"))
    by_code = {question.code: question for question in found.select_related("meeting")}
    return [by_code[code] for code in wanted if code in by_code]


def signature_shown(public_id: str) -> SignatureFile:
    """Return a signature's file that a public page shows, by its upload's id. Raises: WorkNotOpen."""
    named = SignatureFile.objects.filter(upload__public_id=public_id, answer__retracted_at=None)
    found = named.filter(answer__question__state__in=HAS_PAGE).select_related("answer__question").first()
    if found is None:
        raise WorkNotOpen
    return found


@dataclass(frozen=True, slots=True)
class LinkOpened:
    """What a link of an assignment's e-mail opens: the assignment, for whom, and its last day."""

    assignment: Assignment
    user: User
    good_until: date


def link_token(assignment: Assignment, user: User) -> str:
    """Return the token of the link that lets this person accept or decline this one assignment."""
    return Signer(salt=_SIGNER_SALT).sign(f"{assignment.pk}-{user.pk}").replace(":", ".")


def assignment_of_link(token: str, *, at: datetime) -> LinkOpened:
    """Return what a link opens, if it still does.

    It ends with the third working day, with the person's place in the unit, and with the assignment:
    one that was accepted, declined or given elsewhere is opened by no link.
    Raises: WorkNotOpen, LinkExpired, LinkUsed.
    """
    assignment, user = _named_by(token)
    good_until = link_ends_on(assignment)
    today = timezone.localdate(at)
    if today > good_until:
        raise LinkExpired
    is_settled = assignment.ended_at or assignment.accepted_at or assignment.declined_at
    if is_settled or assignment.question.state != QuestionState.ASSIGNED:
        raise LinkUsed
    if not members_on(assignment.organisation, today).filter(user=user).exists():
        raise WorkNotOpen
    return LinkOpened(assignment, user, good_until)


def code_of_link(token: str) -> str:
    """Return the code of the question that a link was about, even once it is over. Raises: WorkNotOpen."""
    assignment, _user = _named_by(token)
    return assignment.question.code


def link_ends_on(assignment: Assignment) -> date:
    """Return the last day on which the assignment's links are good, by the calendar of the unit's place."""
    began = timezone.localdate(assignment.at)
    return working_days_after(began, LINK_WORKING_DAYS, place=assignment.organisation.place)


def _named_by(token: str) -> tuple[Assignment, User]:
    try:
        signed = Signer(salt=_SIGNER_SALT).unsign(token.replace(".", ":", 1))
    except BadSignature:
        raise WorkNotOpen from None
    assignment_id, _dash, user_id = signed.partition("-")
    named = Assignment.objects.select_related("organisation__place", "question__meeting")
    assignment = named.filter(pk=assignment_id).first()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if assignment is None or user is None:
        raise WorkNotOpen
    return assignment, user
