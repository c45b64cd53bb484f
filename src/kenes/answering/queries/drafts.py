"""The draft that stands, its chain of clearance, comments, templates, and who stands where in the unit."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet, prefetch_related_objects

from kenes.accounts.models import Membership, User
from kenes.accounts.queries import members_on, memberships_on
from kenes.accounts.rules import AnyUser, has_role
from kenes.accounts.states import MembershipKind, Role
from kenes.answering.access import assignment_shown
from kenes.answering.models import (
    AnswerTemplate,
    Clearance,
    ClearanceStep,
    Comment,
    DraftText,
    DraftVersion,
    SignatureFile,
)
from kenes.answering.rules import ChainLink, Place
from kenes.organisations.models import Organisation
from kenes.questions.models import Assignment, Question
from kenes.questions.rules import is_officer


def running_assignment(question: Question) -> Assignment | None:
    """Return the assignment by which a unit owes the answer now."""
    running = Assignment.objects.filter(question=question, ended_at=None).select_related("organisation")
    return running.order_by("id").last()


def place_of(user: User | None, unit: Organisation, day: date) -> Place:
    """Return somebody's place in a unit on a day: two queries."""
    if user is None or not user.is_active:
        return Place(None)
    kinds = memberships_on(user, day).filter(organisation=unit).values_list("kind", flat=True)
    prefetch_related_objects([user], "roles")  # asked twice
    return Place(
        user.pk,
        frozenset(MembershipKind(kind) for kind in kinds),
        is_officer=is_officer(user, unit),
        is_stand_in=has_role(user, Role.OFFICER, organisation=unit),
    )


def signing_membership(user: User, unit: Organisation, day: date) -> Membership | None:
    """Return the membership by which the person signs for the unit."""
    return members_on(unit, day, kind=MembershipKind.SIGNER).filter(user=user).first()


def latest_version(assignment: Assignment) -> DraftVersion | None:
    """Return the version that stands, with its texts prefetched."""
    versions = DraftVersion.objects.filter(draft__assignment=assignment).select_related("by", "draft")
    return versions.prefetch_related("texts__by").order_by("-number").first()


def versions_of(assignment: Assignment) -> QuerySet[DraftVersion]:
    """Return every version, the newest first, with texts and authors."""
    versions = DraftVersion.objects.filter(draft__assignment=assignment).select_related("by")
    return versions.prefetch_related("texts").order_by("-number")


def texts_of(version: DraftVersion | None) -> Mapping[str, DraftText]:
    """Return a version's texts by language."""
    return {text.language: text for text in version.texts.all()} if version else {}


def comments_of(assignment: Assignment) -> QuerySet[Comment]:
    """Return the unit's comments in order."""
    return Comment.objects.filter(assignment=assignment).select_related("by").order_by("id")


def chain_of(unit: Organisation, version: DraftVersion | None) -> Sequence[ChainLink]:
    """Return the unit's chain of clearance as it stands for a version: at most three queries."""
    steps = ClearanceStep.objects.filter(organisation=unit, retired_at=None).prefetch_related("people")
    given: dict[int | None, Clearance] = {}
    if version is not None:
        running = Clearance.objects.filter(version=version, voided_at=None).select_related("by")
        given = {clearance.step_id: clearance for clearance in running}
    links = [
        ChainLink(step, frozenset(person.pk for person in step.people.all()), given.get(step.pk))
        for step in steps.order_by("position", "id")
    ]
    return links or [ChainLink(None, frozenset(), given.get(None))]


def templates_of(unit: Organisation) -> QuerySet[AnswerTemplate]:
    """Return the templates of a unit and of the bodies right above it."""
    bodies = [body for body in (unit.pk, unit.parent_id) if body is not None]
    return AnswerTemplate.objects.filter(organisation__in=bodies).order_by("name", "id")


def templates_of_units(units: QuerySet[Organisation]) -> QuerySet[AnswerTemplate]:
    """Return the templates of any of the units and of the bodies right above them."""
    mine = units.order_by()
    return AnswerTemplate.objects.filter(
        Q(organisation__in=mine.values("pk")) | Q(organisation__in=mine.values("parent"))
    ).order_by("name", "id")


def template_of_units(public_id: str, units: QuerySet[Organisation]) -> AnswerTemplate | None:
    """Return one of these templates."""
    return templates_of_units(units).filter(public_id=public_id).first()


def template_to_use(
    public_id: str, user: AnyUser | None, question: Question, *, on: date
) -> AnswerTemplate | None:
    """Return a template of the unit that has the question, or of the body above it."""
    assignment = assignment_shown(user, question, on=on) if public_id else None
    return templates_of(assignment.organisation).filter(public_id=public_id).first() if assignment else None


def signature_files_of(question: Question) -> QuerySet[SignatureFile]:
    """Return the signature files of a question's answers."""
    found = SignatureFile.objects.filter(answer__question=question, answer__retracted_at=None)
    return found.select_related("upload").order_by("id")
