"""From a code to a commitment, and what a person may do with commitments. All of them are public."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from kenes.accounts.models import User
from kenes.accounts.queries import memberships_on
from kenes.accounts.rules import AnyUser, has_role
from kenes.accounts.states import MembershipKind, Role
from kenes.commitments.codes import parse_commitment_code
from kenes.commitments.errors import CommitmentUnknown
from kenes.commitments.models import Commitment, Progress
from kenes.commitments.rules import Powers

NOBODY = Powers()


def commitments_visible_to(user: AnyUser | None) -> QuerySet[Commitment]:
    """Return the commitments this reader may see: all, for anyone; a promise is public."""
    return Commitment.objects.all()


def commitment_of(code: str, user: AnyUser | None) -> Commitment:
    """Return the commitment of this code however it is typed, with all that its rules and page ask.

    Raises: CommitmentUnknown.
    """
    found = commitments_visible_to(user).select_related(
        "keeper", "place", "region", "meeting__session__campaign", "acceptance__organisation"
    )
    found = found.prefetch_related("texts", "executors__organisation", Prefetch("progress", _reports()))
    commitment = found.filter(code=parse_commitment_code(code) or "").first()
    if commitment is None:
        raise CommitmentUnknown
    return commitment


def powers_of(user: AnyUser | None, *, on: date) -> Powers:
    """Return what the person may do with commitments on a day, in two queries.

    A body's head reports for it, and so does its member whose role is executor; its head and its
    moderators see to what it keeps.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    prefetch_related_objects([user], "roles")
    executes: set[int] = set()
    heads: set[int] = set()
    for membership in memberships_on(user, on):
        is_head = membership.kind == MembershipKind.HEAD
        heads |= {membership.organisation_id} if is_head else set()
        if is_head or has_role(user, Role.EXECUTOR, organisation=membership.organisation):
            executes.add(membership.organisation_id)
    return Powers(user.pk, frozenset(executes), frozenset(heads), _moderated(user))


def commitments_executed_by(powers: Powers) -> QuerySet[Commitment]:
    """Return the commitments whose executors the person reports for."""
    return Commitment.objects.filter(executors__organisation__in=powers.executes).distinct()


def commitments_kept_by(powers: Powers) -> QuerySet[Commitment]:
    """Return the commitments that the person sees to."""
    if powers.moderates is None:
        return Commitment.objects.all()
    bodies = powers.moderates | powers.heads
    campaign = "meeting__session__campaign__host__in"
    return Commitment.objects.filter(
        Q(keeper__in=bodies) | Q(meeting__host__in=bodies) | Q(**{campaign: bodies})
    )


def _reports() -> QuerySet[Progress]:
    reports = Progress.objects.select_related("organisation").prefetch_related("evidence__upload")
    return reports.order_by("id")


def _moderated(user: User) -> frozenset[int] | None:
    if has_role(user, Role.MODERATOR):
        return None
    grants = [grant for grant in user.roles.all() if grant.role in {Role.MODERATOR, Role.ADMINISTRATOR}]
    return frozenset(grant.organisation_id for grant in grants if grant.organisation_id is not None)
