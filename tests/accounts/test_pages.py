"""Every page of sign-in is drawn, in each language, with one heading of the first order."""

import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from accounts.conftest import MakeUser
from kenes.accounts.models import User

pytestmark = pytest.mark.django_db
LANGUAGES = ["kk", "ru", "en"]
OPEN = ["login/", "login/code/", "signup/", "inactive/", "password/reset/", "password/reset/done/"]
OWN = ["logout/", "email/", "password/set/", "2fa/", "2fa/totp/activate/", "consent/"]
WITH_PASSWORD = ["password/change/", "reauthenticate/"]
WITH_AUTHENTICATOR = [
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/recovery-codes/download/",
]


def is_drawn(client: Client, language: str, path: str) -> bool:
    answer = client.get(f"/{language}/accounts/{path}")
    headings = len(re.findall(r"<h1[ >]", answer.content.decode()))
    return answer.status_code == 200 and headings == (0 if path.endswith("download/") else 1)


def sign_in(client: Client, user: User) -> None:
    """Sign in as somebody who has just given their second factor."""
    client.force_login(user)
    session = client.session
    record = {"method": "mfa", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_to_all_are_drawn(client: Client, language: str) -> None:
    assert [path for path in OPEN if not is_drawn(client, language, path)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_person_without_a_password_are_drawn(
    client: Client, make_user: MakeUser, language: str
) -> None:
    user = make_user()
    user.emailaddress_set.update(verified=True)
    client.force_login(user)
    assert [path for path in OWN if not is_drawn(client, language, path)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_person_with_a_password_are_drawn(
    client: Client, make_user: MakeUser, language: str
) -> None:
    client.force_login(make_user(password="a-long-Password-7"))
    assert [path for path in WITH_PASSWORD if not is_drawn(client, language, path)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_person_with_an_authenticator_are_drawn(
    client: Client, make_user: MakeUser, language: str
) -> None:
    user = make_user()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    sign_in(client, user)
    assert [path for path in WITH_AUTHENTICATOR if not is_drawn(client, language, path)] == []
