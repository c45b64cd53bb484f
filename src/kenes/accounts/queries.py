"""Reading users, their roles and memberships."""

from datetime import date

from django.db.models import Q, QuerySet

from kenes.accounts.models import Consent, Membership, RoleGrant, User
from kenes.accounts.rules import DEMO_DOMAIN, NOTICE_VERSION
from kenes.accounts.states import MembershipKind, Purpose, Role
from kenes.organisations.models import Organisation


def user_by_email(email: str) -> User | None:
    """Return the user of this address (any case), or None."""
    return User.objects.filter(email=email.strip().lower()).first()


def memberships_on(user: User, day: date) -> QuerySet[Membership]:
    """Return the user's memberships that run on `day`, with their bodies."""
    return (
        Membership.objects.filter(_running_on(day), user=user)
        .select_related("organisation")
        .order_by("organisation_id", "kind")
    )


def members_on(
    organisation: Organisation, day: date, *, kind: MembershipKind | None = None
) -> QuerySet[Membership]:
    """Return the body's memberships that run on `day`, with their users; of one kind if given."""
    memberships = Membership.objects.filter(
        _running_on(day), organisation=organisation, user__is_active=True
    ).select_related("user")
    return (memberships if kind is None else memberships.filter(kind=kind)).order_by("kind", "id")


def grants_of(user: User) -> QuerySet[RoleGrant]:
    """Return the user's grants with their bodies."""
    return RoleGrant.objects.filter(user=user).select_related("organisation").order_by("role", "id")


def users_with_role(role: Role, *, organisation: Organisation | None = None) -> QuerySet[User]:
    """Return the active users granted the role for the whole instance, or for the body."""
    where = Q(roles__organisation=None)
    if organisation is not None:
        where |= Q(roles__organisation=organisation)
    return User.objects.filter(where, roles__role=role, is_active=True).distinct().order_by("id")


def _running_on(day: date) -> Q:
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gte=day))


def has_consented(user: User, purpose: Purpose) -> bool:
    """Say whether the person's consent to the purpose runs under the notice's present version."""
    return Consent.objects.filter(
        user=user, purpose=purpose, notice_version=NOTICE_VERSION, withdrawn_at=None
    ).exists()


def consents_of(user: User) -> QuerySet[Consent]:
    """Return the person's consents, running and withdrawn, oldest first."""
    return Consent.objects.filter(user=user).order_by("given_at", "id")


def demo_people() -> QuerySet[User]:
    """Return the demo's accounts that hold a role or belong to a body, with both."""
    return (
        User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}", is_active=True)
        .filter(Q(roles__isnull=False) | Q(memberships__isnull=False))
        .prefetch_related("roles__organisation", "memberships__organisation")
        .distinct()
        .order_by("id")
    )


def is_last_administrator(grant: RoleGrant) -> bool:
    """Say whether without this grant no active administrator or superuser of the instance is left."""
    if grant.role != Role.ADMINISTRATOR or grant.organisation_id is not None:
        return False
    others = users_with_role(Role.ADMINISTRATOR).exclude(pk=grant.user_id)
    return not others.exists() and not User.objects.filter(is_superuser=True, is_active=True).exists()
