"""Giving and taking roles, and people's membership in bodies. Each act is on record."""

from datetime import date, datetime

from django.db import transaction

from kenes.accounts.errors import (
    AlreadyMember,
    LastAdministrator,
    MembershipEnded,
    RoleAlreadyGranted,
    RoleNotGranted,
)
from kenes.accounts.models import Membership, RoleGrant, User
from kenes.accounts.queries import is_last_administrator
from kenes.accounts.rules import has_second_factor, must_use_second_factor
from kenes.accounts.states import OPEN_THE_ADMINISTRATION, MembershipKind, Role
from kenes.core.ids import new_public_id
from kenes.organisations.models import Organisation
from kenes.record.actions import record_act


def grant_role(
    user: User, *, role: Role, organisation: Organisation | None, by: User | None, at: datetime
) -> RoleGrant:
    """Give the role for a body's campaigns, or (no body) for the whole instance.

    Raises: RoleAlreadyGranted.
    """
    with transaction.atomic():
        grant, is_new = RoleGrant.objects.get_or_create(
            user=user, role=role, organisation=organisation, defaults={"by": by, "at": at}
        )
        if not is_new:
            raise RoleAlreadyGranted
        _follow_roles(user)
        _record_grant("grant_role", grant, by=by, at=at)
    return grant


def revoke_role(
    user: User,
    *,
    role: Role,
    organisation: Organisation | None,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Take the role back.

    Raises: RoleNotGranted; LastAdministrator, so that somebody can still give roles.
    """
    with transaction.atomic():
        grant = RoleGrant.objects.filter(user=user, role=role, organisation=organisation).first()
        if grant is None:
            raise RoleNotGranted
        if is_last_administrator(grant):
            raise LastAdministrator
        grant.delete()
        _follow_roles(user)
        _record_grant("revoke_role", grant, by=by, at=at, reason=reason)


def add_membership(  # noqa: PLR0913 (a membership has exactly these parts)
    user: User,
    *,
    organisation: Organisation,
    kind: MembershipKind,
    by: User | None,
    at: datetime,
    position: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Membership:
    """Make the person one of the body from `since` to `until` (both days included; None: open).

    Raises: AlreadyMember, where a membership of this kind without an end is there.
    """
    with transaction.atomic():
        if Membership.objects.filter(user=user, organisation=organisation, kind=kind, until=None).exists():
            raise AlreadyMember
        membership = Membership.objects.create(
            user=user, organisation=organisation, kind=kind, position=position, since=since, until=until
        )
        _record_membership("add_membership", membership, by=by, at=at)
    return membership


def end_membership(
    membership: Membership, *, until: date, by: User | None, at: datetime, reason: str = ""
) -> Membership:
    """End a membership with the day `until`, the last one on which it holds.

    Raises: MembershipEnded.
    """
    with transaction.atomic():
        locked = Membership.objects.select_for_update().get(pk=membership.pk)
        if locked.until is not None and locked.until <= until:
            raise MembershipEnded
        membership.until = until
        membership.save(update_fields=["until"])
        _record_membership("end_membership", membership, by=by, at=at, reason=reason)
    return membership


def _follow_roles(user: User) -> None:
    """Open the administration to whom it belongs; sign out whom the new role asks for a second factor."""
    person = User.objects.get(pk=user.pk)
    user.is_staff = person.is_superuser or any(
        grant.role in OPEN_THE_ADMINISTRATION for grant in person.roles.all()
    )
    if must_use_second_factor(person) and not has_second_factor(person):
        user.session_salt = new_public_id()
    user.save(update_fields=["is_staff", "session_salt"])


def _record_grant(act: str, grant: RoleGrant, *, by: User | None, at: datetime, reason: str = "") -> None:
    body = None if grant.organisation is None else grant.organisation.public_id
    record_act(
        act=act,
        object_kind="user",
        object_id=grant.user.public_id,
        by=by,
        at=at,
        reason=reason,
        detail={"role": str(grant.role), "organisation": body},
    )


def _record_membership(
    act: str, membership: Membership, *, by: User | None, at: datetime, reason: str = ""
) -> None:
    record_act(
        act=act,
        object_kind="user",
        object_id=membership.user.public_id,
        by=by,
        at=at,
        reason=reason,
        detail={
            "organisation": membership.organisation.public_id,
            "kind": str(membership.kind),
            "since": membership.since and membership.since.isoformat(),
            "until": membership.until and membership.until.isoformat(),
        },
    )
