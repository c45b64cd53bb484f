"""From a session to the person: what a live subscription asks again and again."""

import pytest
from django.test import Client

from accounts.conftest import AT
from kenes.accounts.access import user_of_session
from kenes.accounts.actions import end_sessions, erase_person
from kenes.accounts.models import User

pytestmark = pytest.mark.django_db


def session_of(client: Client, user: User) -> str:
    client.force_login(user)
    return client.session.session_key or ""


def test_a_session_leads_to_the_person_signed_in(client: Client, user: User) -> None:
    assert user_of_session(session_of(client, user)) == user


@pytest.mark.parametrize("key", ["", "0" * 32])
def test_no_session_and_an_unknown_one_lead_to_nobody(key: str) -> None:
    assert user_of_session(key) is None


def test_a_session_signed_out_leads_to_nobody(client: Client, user: User) -> None:
    key = session_of(client, user)
    client.logout()
    assert user_of_session(key) is None


def test_a_session_ended_from_elsewhere_leads_to_nobody(client: Client, user: User) -> None:
    key = session_of(client, user)
    end_sessions(User.objects.get(pk=user.pk), by=user, at=AT)
    assert user_of_session(key) is None


def test_a_changed_password_ends_the_session(client: Client, user: User) -> None:
    key = session_of(client, user)
    user.set_password("a-long-Password-8")
    user.save()
    assert user_of_session(key) is None


def test_an_erased_persons_session_leads_to_nobody(client: Client, user: User) -> None:
    key = session_of(client, user)
    erase_person(user, by=None, at=AT)
    assert user_of_session(key) is None
