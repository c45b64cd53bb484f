"""People, memberships and roles in the administration: who comes in, and that saves are acts."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from accounts.conftest import AT, MakeUser
from kenes.accounts.actions import add_membership, grant_role
from kenes.accounts.models import Membership, RoleGrant, User
from kenes.accounts.states import MembershipKind, Role
from kenes.organisations.models import Organisation
from kenes.record.queries import entries_about

pytestmark = pytest.mark.django_db

PAGES = {
    "people": "/admin/accounts/user/",
    "memberships": "/admin/accounts/membership/",
    "roles": "/admin/accounts/rolegrant/",
    "campaigns": "/admin/programme/campaign/",
    "organisations": "/admin/organisations/organisation/",
}
EDITORS = {"campaigns", "organisations"}
MAY_OPEN = {
    None: set[str](),
    Role.MODERATOR: set[str](),
    Role.SPEAKER: set[str](),
    Role.OFFICER: set[str](),
    Role.EXECUTOR: set[str](),
    Role.PROJECT_MANAGER: set[str](),
    Role.EDITOR: EDITORS,
    Role.ADMINISTRATOR: set(PAGES),
}


@pytest.fixture
def administrator(make_user: MakeUser) -> User:
    user = make_user("administrator")
    grant_role(user, role=Role.ADMINISTRATOR, organisation=None, by=None, at=AT)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def office(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def acts_on(user: User) -> list[str]:
    return [entry.act for entry in entries_about("user", user.public_id)]


@pytest.mark.parametrize("role", MAY_OPEN)
def test_each_role_opens_its_pages_and_no_others(client: Client, user: User, role: Role | None) -> None:
    if role:
        grant_role(user, role=role, organisation=None, by=None, at=AT)
    client.force_login(User.objects.get(pk=user.pk))
    opened = {name for name, path in PAGES.items() if client.get(path).status_code == 200}
    assert opened == MAY_OPEN[role]


def test_an_organisations_administrator_opens_no_list_of_people(
    client: Client, user: User, committee: Organisation
) -> None:
    grant_role(user, role=Role.ADMINISTRATOR, organisation=committee, by=None, at=AT)
    client.force_login(User.objects.get(pk=user.pk))
    assert [client.get(PAGES[name]).status_code for name in ("people", "memberships", "roles")] == [403] * 3


def test_a_revoked_role_closes_the_administration(office: Client, administrator: User, user: User) -> None:
    grant_role(user, role=Role.EDITOR, organisation=None, by=None, at=AT)
    grant = RoleGrant.objects.get(user=user)
    office.post(PAGES["roles"], {"action": "revoke", "_selected_action": [grant.pk]})
    user.refresh_from_db()
    assert (RoleGrant.objects.filter(user=user).count(), user.is_staff) == (0, False)
    assert acts_on(user) == ["grant_role", "revoke_role"]


def test_a_role_given_here_is_on_record_with_who_gave_it(
    office: Client, administrator: User, user: User, committee: Organisation
) -> None:
    office.post(
        f"{PAGES['roles']}add/", {"user": user.pk, "role": Role.MODERATOR, "organisation": committee.pk}
    )
    entry = entries_about("user", user.public_id).get()
    assert (entry.act, entry.by) == ("grant_role", administrator)
    assert RoleGrant.objects.get(user=user).by == administrator


def test_a_membership_is_made_ended_and_never_changed_otherwise(
    office: Client, user: User, committee: Organisation
) -> None:
    form = {"user": user.pk, "organisation": committee.pk, "kind": "signer", "position": "Head"}
    office.post(f"{PAGES['memberships']}add/", form)
    membership = Membership.objects.get(user=user)
    office.post(f"{PAGES['memberships']}{membership.pk}/change/", {"kind": "head", "until": "2026-12-31"})
    membership.refresh_from_db()
    assert (membership.kind, str(membership.until)) == (MembershipKind.SIGNER, "2026-12-31")
    assert acts_on(user) == ["add_membership", "end_membership"]


def test_an_account_made_here_can_sign_in_by_code_only(office: Client) -> None:
    office.post(
        f"{PAGES['people']}add/", {"email": "New@Demo.kenes.invalid", "name": "New", "language": "kk"}
    )
    made = User.objects.get(email="new@demo.kenes.invalid")
    assert (made.name, made.has_usable_password(), acts_on(made)) == ("New", False, ["create_account"])


def test_an_account_is_closed_and_reopened_and_its_sessions_end(office: Client, user: User) -> None:
    theirs = Client()
    theirs.force_login(user)
    for action, is_active in (("close", False), ("reopen", True)):
        office.post(PAGES["people"], {"action": action, "_selected_action": [user.pk]})
        user.refresh_from_db()
        assert user.is_active == is_active
    assert theirs.get("/en/me/").status_code == 302
    assert acts_on(user) == ["close_account", "reopen_account"]


def test_the_last_administrator_is_not_closed(office: Client, administrator: User) -> None:
    answer = office.post(PAGES["people"], {"action": "close", "_selected_action": [administrator.pk]})
    administrator.refresh_from_db()
    assert (answer.status_code, administrator.is_active) == (409, True)


def test_accounts_are_not_removed_here(office: Client, user: User) -> None:
    assert office.post(f"{PAGES['people']}{user.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_database_as_often_for_one_row_as_for_three(
    office: Client,
    make_user: MakeUser,
    committee: Organisation,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        user = make_user(f"p{number}")
        add_membership(
            user, organisation=committee, kind=MembershipKind.MEMBER, by=None, at=AT, since=AT.date()
        )
        grant_role(user, role=Role.OFFICER, organisation=committee, by=None, at=AT)
    for page, queries in (("people", 6), ("memberships", 8), ("roles", 6)):
        office.get(PAGES[page])
        with django_assert_num_queries(queries):
            office.get(PAGES[page])


def test_second_factors_and_tokens_of_people_are_not_kept_in_the_administration() -> None:
    kept = {model._meta.app_label for model in admin.site._registry}
    assert kept & {"account", "mfa", "socialaccount"} == set()
