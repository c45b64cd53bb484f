"""One-press sign-in: in demo mode, as the demo's accounts, and nowhere else."""

from typing import Any

import pytest
from django.test import Client

from accounts.conftest import AT, MakeUser
from kenes.accounts.actions import grant_role
from kenes.accounts.models import User
from kenes.accounts.rules import must_use_second_factor
from kenes.accounts.states import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(make_user: MakeUser) -> User:
    user = make_user("moderator", name="Moderator of the demo")
    grant_role(user, role=Role.MODERATOR, organisation=None, by=None, at=AT)
    return user


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_in_demo_mode_the_page_lists_the_demos_accounts_with_their_roles(
    client: Client, moderator: User, settings: Any, make_user: MakeUser
) -> None:
    make_user("nothing", name="Without any role")
    settings.DEMO = True
    page = client.get("/en/accounts/login/")
    assert list(page.context["demo_people"]) == [moderator]
    assert f'value="{moderator.public_id}"' in page.content.decode()


def test_in_demo_mode_one_press_signs_in_without_code_and_authenticator(
    client: Client, moderator: User, settings: Any
) -> None:
    settings.DEMO = True
    answer = client.post("/en/accounts/demo/", {"person": moderator.public_id, "next": "/en/privacy/"})
    assert (answer.status_code, answer.url) == (303, "/en/privacy/")
    assert signed_in(client) == str(moderator.pk)


def test_outside_demo_mode_there_is_neither_list_nor_sign_in(client: Client, moderator: User) -> None:
    page = client.get("/en/accounts/login/").content.decode()
    answer = client.post("/en/accounts/demo/", {"person": moderator.public_id})
    assert (moderator.public_id in page, answer.status_code, signed_in(client)) == (False, 404, None)


def test_in_demo_mode_too_nobody_signs_in_so_as_a_real_account(client: Client, settings: Any) -> None:
    settings.DEMO = True
    real = User.objects.create_user("person@example.org")
    answer = client.post("/en/accounts/demo/", {"person": real.public_id})
    assert (answer.status_code, signed_in(client)) == (404, None)


def test_the_sign_in_needs_a_post(client: Client, moderator: User, settings: Any) -> None:
    settings.DEMO = True
    assert client.get(f"/en/accounts/demo/?person={moderator.public_id}").status_code == 405


def test_the_demos_accounts_need_no_authenticator_in_demo_mode_only(moderator: User, settings: Any) -> None:
    assert must_use_second_factor(moderator)
    settings.DEMO = True
    assert not must_use_second_factor(moderator)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_account_as_for_three(
    client: Client, make_user: MakeUser, settings: Any, people: int, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        grant_role(make_user(f"m{number}"), role=Role.MODERATOR, organisation=None, by=None, at=AT)
    settings.DEMO = True
    with django_assert_num_queries(3):
        client.get("/en/accounts/login/")
