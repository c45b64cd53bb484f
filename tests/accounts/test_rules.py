"""Who holds which role, and where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from accounts.conftest import MakeUser
from kenes.accounts.models import RoleGrant, User
from kenes.accounts.rules import has_role, has_role_anywhere
from kenes.accounts.states import Role
from kenes.organisations.models import Organisation


@pytest.mark.parametrize("role", list(Role))
def test_nobody_and_a_person_without_grants_hold_no_role(role: Role, user: User) -> None:
    assert not has_role(None, role)
    assert not has_role(AnonymousUser(), role)
    assert not has_role(user, role)


@pytest.mark.parametrize("role", list(Role))
def test_a_grant_without_a_body_holds_for_the_instance_and_for_every_body(
    role: Role, user: User, committee: Organisation
) -> None:
    RoleGrant.objects.create(user=user, role=role)
    assert has_role(user, role)
    assert has_role(user, role, organisation=committee)


def test_a_grant_for_a_body_holds_there_and_nowhere_else(
    user: User, committee: Organisation, directorate: Organisation
) -> None:
    RoleGrant.objects.create(user=user, role=Role.MODERATOR, organisation=committee)
    assert has_role(user, Role.MODERATOR, organisation=committee)
    assert not has_role(user, Role.MODERATOR, organisation=directorate)
    assert not has_role(user, Role.MODERATOR)
    assert has_role_anywhere(user, Role.MODERATOR)
    assert not has_role_anywhere(user, Role.EDITOR)


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_holds_every_role(role: Role, user: User, committee: Organisation) -> None:
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR)
    assert has_role(user, role, organisation=committee)


def test_a_bodys_administrator_holds_every_role_in_that_body_only(
    user: User, committee: Organisation, directorate: Organisation
) -> None:
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, organisation=committee)
    assert has_role(user, Role.EDITOR, organisation=committee)
    assert not has_role(user, Role.EDITOR, organisation=directorate)


def test_a_superuser_holds_every_role(make_user: MakeUser) -> None:
    assert has_role(make_user(is_superuser=True), Role.OFFICER)


def test_a_deactivated_person_holds_no_role(make_user: MakeUser) -> None:
    user = make_user(is_superuser=True, is_active=False)
    RoleGrant.objects.create(user=user, role=Role.EDITOR)
    assert not has_role(user, Role.EDITOR)
    assert not has_role_anywhere(user, Role.EDITOR)


def test_the_database_refuses_a_second_grant_for_the_instance(user: User) -> None:
    RoleGrant.objects.create(user=user, role=Role.EDITOR)
    with pytest.raises(IntegrityError):
        RoleGrant.objects.create(user=user, role=Role.EDITOR)
