"""Who holds which role, and where."""

from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser

from kenes.accounts.models import RoleGrant, User
from kenes.accounts.states import Role
from kenes.organisations.models import Organisation

AnyUser = User | AnonymousUser


def has_role(user: AnyUser | None, role: Role | str, *, organisation: Organisation | None = None) -> bool:
    """Say whether the user holds the role for the body, or (no body) for the whole instance.

    A grant without a body holds for every body. An administrator holds every role where they
    are one; a superuser holds all. One query, none where `user.roles` is prefetched.
    """
    if not _is_known(user):
        return False
    wanted = None if organisation is None else organisation.pk
    return user.is_superuser or any(grant.organisation_id in {None, wanted} for grant in _grants(user, role))


def has_role_anywhere(user: AnyUser | None, role: Role | str) -> bool:
    """Say whether the user holds the role for the instance or for at least one body."""
    return _is_known(user) and (user.is_superuser or bool(_grants(user, role)))


def _is_known(user: AnyUser | None) -> TypeGuard[User]:
    return isinstance(user, User) and user.is_active


def _grants(user: User, role: Role | str) -> list[RoleGrant]:
    return [grant for grant in user.roles.all() if grant.role in {role, Role.ADMINISTRATOR}]
