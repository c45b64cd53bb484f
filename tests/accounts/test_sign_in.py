"""Ways in: a code by e-mail, the staff's password and authenticator, and what holds guessing off."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from accounts.conftest import AT, MakeUser
from kenes.accounts.actions import give_consent, grant_role
from kenes.accounts.models import User
from kenes.accounts.queries import has_consented
from kenes.accounts.states import Purpose, Role
from kenes.notices.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-Password-7"


@pytest.fixture(autouse=True)
def _no_attempts_of_other_tests() -> None:
    cache.clear()


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(f"/en/{path}", data)


def code_sent_to(email: str) -> str:
    body = Message.objects.filter(to=email).latest("pk").body
    found = re.search(r"^    (\S+)$", body, re.MULTILINE)
    assert found
    return found[1]


def person_of(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def consenting(make_user: MakeUser) -> User:
    user = make_user(password=PASSWORD, language="en")
    give_consent(user, purpose=Purpose.ACCOUNT, at=AT)
    user.emailaddress_set.update(verified=True)
    return user


def test_a_person_signs_in_by_a_code_sent_through_the_outbox(client: Client, consenting: User) -> None:
    asked = post(client, "accounts/login/code/", email=consenting.email, next="/en/privacy/")
    assert asked.url == "/en/accounts/login/code/confirm/?next=%2Fen%2Fprivacy%2F"
    assert person_of(client) is None
    answer = post(
        client, "accounts/login/code/confirm/", code=code_sent_to(consenting.email), next="/en/privacy/"
    )
    assert answer.url == "/en/privacy/"
    assert person_of(client) == consenting


def test_a_wrong_code_does_not_sign_in_and_says_so(client: Client, consenting: User) -> None:
    post(client, "accounts/login/code/", email=consenting.email)
    answer = post(client, "accounts/login/code/confirm/", code="WRONG")
    assert answer.context["form"].errors == {"code": ["Incorrect code."]}
    assert person_of(client) is None


def test_a_code_is_spent_after_three_wrong_tries(client: Client, consenting: User) -> None:
    post(client, "accounts/login/code/", email=consenting.email)
    code = code_sent_to(consenting.email)
    for _ in range(3):
        post(client, "accounts/login/code/confirm/", code="WRONG")
    post(client, "accounts/login/code/confirm/", code=code)
    assert person_of(client) is None


def test_a_new_person_makes_an_account_without_a_password_and_consents(client: Client) -> None:
    answer = post(client, "accounts/signup/", email="New@Demo.kenes.invalid", name="Guest", agrees="on")
    assert answer.url == "/en/accounts/confirm-email/"
    assert person_of(client) is None
    post(client, "accounts/confirm-email/", code=code_sent_to("new@demo.kenes.invalid"))
    user = person_of(client)
    assert user is not None
    assert (user.email, user.name, user.language) == ("new@demo.kenes.invalid", "Guest", "en")
    assert not user.has_usable_password()
    assert has_consented(user, Purpose.ACCOUNT)


def test_no_account_is_made_without_consent(client: Client) -> None:
    answer = post(client, "accounts/signup/", email="new@demo.kenes.invalid", name="Guest")
    assert answer.context["form"].errors == {"agrees": ["Without your agreement no account can be made."]}
    assert User.objects.count() == 0


def test_the_page_does_not_tell_who_has_an_account(client: Client, consenting: User) -> None:
    known = post(client, "accounts/login/code/", email=consenting.email)
    unknown = post(Client(), "accounts/login/code/", email="nobody@demo.kenes.invalid")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert (
        Message.objects.get(to="nobody@demo.kenes.invalid").subject == "There is no account with this address"
    )


def test_a_message_is_written_in_the_language_of_the_account(client: Client, make_user: MakeUser) -> None:
    user = make_user(language="ru")
    post(client, "accounts/login/code/", email=user.email)
    assert Message.objects.get(to=user.email).language == "ru"


def test_staff_sign_in_with_a_password(client: Client, consenting: User) -> None:
    post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    assert person_of(client) == consenting


def test_a_sign_in_changes_the_sessions_key(client: Client, consenting: User) -> None:
    client.get("/en/accounts/login/")
    session = client.session
    session["planted"] = "before"
    session.save()
    before = session.session_key
    post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    assert client.session.session_key != before


def test_a_password_guessed_wrong_five_times_is_no_longer_taken(client: Client, consenting: User) -> None:
    for _ in range(4):
        assert post(client, "accounts/login/", login=consenting.email, password="wrong").status_code == 200
    last = post(client, "accounts/login/", login=consenting.email, password="wrong")
    right = post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    assert (last.status_code, right.status_code) == (429, 429)
    assert "closed for 15 minutes" in right.content.decode()
    assert person_of(client) is None


def test_wrong_guesses_from_one_address_do_not_lock_the_person_out_elsewhere(
    client: Client, consenting: User
) -> None:
    for _ in range(6):
        post(client, "accounts/login/", login=consenting.email, password="wrong")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    post(elsewhere, "accounts/login/", login=consenting.email, password=PASSWORD)
    assert person_of(elsewhere) == consenting


def test_behind_a_proxy_attempts_are_counted_by_the_last_hop(
    client: Client, consenting: User, settings: Any
) -> None:
    settings.BEHIND_PROXY = True
    for last_of_four in range(6):
        hops = f"203.0.113.{last_of_four}, 192.0.2.7"
        answer = client.post(
            "/en/accounts/login/",
            {"login": consenting.email, "password": "wrong"},
            headers={"x-forwarded-for": hops},
        )
    assert answer.status_code == 429


def test_a_moderator_without_an_authenticator_sets_one_up_before_there_is_a_session(
    client: Client, consenting: User
) -> None:
    grant_role(consenting, role=Role.MODERATOR, organisation=None, by=None, at=AT)
    answer = post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    assert answer.url == "/en/accounts/second-factor/"
    page = client.get(answer.url)
    assert person_of(client) is None
    done = post(client, "accounts/second-factor/", code=totp_code(page.context["form"].secret))
    assert done.url == "/en/accounts/2fa/recovery-codes/"
    assert person_of(client) == consenting
    assert client.get(done.url).status_code == 200
    assert {row.type for row in Authenticator.objects.filter(user=consenting)} == {"totp", "recovery_codes"}


def test_a_wrong_code_sets_up_no_authenticator(client: Client, consenting: User) -> None:
    grant_role(consenting, role=Role.MODERATOR, organisation=None, by=None, at=AT)
    post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    answer = post(client, "accounts/second-factor/", code="000000x")
    assert answer.context["form"].errors == {"code": ["Incorrect code."]}
    assert (person_of(client), Authenticator.objects.count()) == (None, 0)


def test_a_moderator_with_an_authenticator_is_asked_for_its_code(client: Client, consenting: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(consenting, secret)
    grant_role(consenting, role=Role.MODERATOR, organisation=None, by=None, at=AT)
    answer = post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    assert answer.url == "/en/accounts/2fa/authenticate/"
    assert person_of(client) is None
    post(client, "accounts/2fa/authenticate/", code=totp_code(secret))
    assert person_of(client) == consenting


def test_the_code_by_e_mail_does_not_pass_the_authenticator_by(client: Client, consenting: User) -> None:
    TOTP.activate(consenting, generate_totp_secret())
    post(client, "accounts/login/code/", email=consenting.email)
    answer = post(client, "accounts/login/code/confirm/", code=code_sent_to(consenting.email))
    assert answer.url == "/en/accounts/2fa/authenticate/"
    assert person_of(client) is None


def test_an_authenticator_that_a_role_asks_for_is_not_turned_off(client: Client, consenting: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(consenting, secret)
    grant_role(consenting, role=Role.MODERATOR, organisation=None, by=None, at=AT)
    post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    post(client, "accounts/2fa/authenticate/", code=totp_code(secret))
    post(client, "accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=consenting, type="totp").exists()


def test_a_role_that_asks_for_an_authenticator_ends_the_sessions_of_who_has_none(
    client: Client, consenting: User
) -> None:
    client.force_login(consenting)
    grant_role(consenting, role=Role.MODERATOR, organisation=None, by=None, at=AT)
    assert client.get("/en/me/").url == "/en/accounts/login/?next=/en/me/"


def test_a_closed_account_does_not_sign_in(client: Client, consenting: User) -> None:
    consenting.is_active = False
    consenting.save()
    post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    assert person_of(client) is None


def test_after_sign_in_nobody_is_led_to_another_site(client: Client, consenting: User) -> None:
    answer = post(
        client, "accounts/login/", login=consenting.email, password=PASSWORD, next="https://evil.invalid/"
    )
    assert answer.url == "/en/"


def test_who_has_not_consented_is_led_past_the_notice_at_the_first_sign_in(
    client: Client, make_user: MakeUser
) -> None:
    user = make_user(language="en")
    post(client, "accounts/login/code/", email=user.email)
    answer = post(client, "accounts/login/code/confirm/", code=code_sent_to(user.email))
    assert answer.url == "/en/accounts/consent/?next=%2Fen%2F"
    agreed = post(client, "accounts/consent/", agrees="on", next="/en/privacy/")
    assert (agreed.status_code, agreed.url) == (303, "/en/privacy/")
    assert has_consented(user, Purpose.ACCOUNT)


def test_signing_out_needs_a_post(client: Client, consenting: User) -> None:
    client.force_login(consenting)
    assert client.get("/en/accounts/logout/").status_code == 200
    assert person_of(client) == consenting
    post(client, "accounts/logout/")
    assert person_of(client) is None


def test_the_administration_has_no_sign_in_of_its_own(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/").url == ("/kk/accounts/login/?next=%2Fadmin%2F")


@pytest.mark.parametrize(
    "path", ["3rdparty/", "social/signup/", "2fa/webauthn/", "signup/passkey/", "phone/verify/", "sessions/"]
)
def test_pages_of_allauth_that_are_not_used_do_not_exist(client: Client, path: str) -> None:
    assert client.get(f"/en/accounts/{path}").status_code == 404


def test_session_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: Client, consenting: User
) -> None:
    post(client, "accounts/login/", login=consenting.email, password=PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
