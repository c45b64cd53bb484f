"""Who holds which role, and where."""

from typing import TypeGuard

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from kenes.accounts.models import RoleGrant, User
from kenes.accounts.states import Role
from kenes.organisations.models import Organisation

AnyUser = User | AnonymousUser
NOTICE_VERSION = "2026-11"
DEMO_DOMAIN = "demo.kenes.invalid"
ERASED_DOMAIN = "erased.kenes.invalid"


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


def is_demo_account(user: User) -> bool:
    """Say whether it is one of the demo's accounts, on an instance that shows the demo."""
    return bool(settings.DEMO) and user.email.endswith(f"@{DEMO_DOMAIN}")


def must_use_second_factor(user: User) -> bool:
    """Say whether one of the person's roles (KENES_TOTP_ROLES) asks for a code of an authenticator.

    Who may open the administration counts as an administrator. The demo's accounts are exempt.
    """
    if is_demo_account(user):
        return False
    roles = {grant.role for grant in user.roles.all()}
    if user.is_superuser or user.is_staff:
        roles.add(Role.ADMINISTRATOR)
    return not roles.isdisjoint(settings.TOTP_ROLES)


def has_second_factor(user: User) -> bool:
    """Say whether the person has set up an authenticator."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def _is_known(user: AnyUser | None) -> TypeGuard[User]:
    return isinstance(user, User) and user.is_active


def _grants(user: User, role: Role | str) -> list[RoleGrant]:
    return [grant for grant in user.roles.all() if grant.role in {role, Role.ADMINISTRATOR}]
