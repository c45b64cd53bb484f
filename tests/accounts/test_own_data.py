"""A person sees, downloads, puts right and erases what is kept about them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.conftest import AT, MakeUser
from kenes.accounts.actions import (
    add_membership,
    end_sessions,
    erase_person,
    give_consent,
    grant_role,
    withdraw_consent,
)
from kenes.accounts.errors import LastAdministrator, NoSuchConsent
from kenes.accounts.models import Consent, Membership, RoleGrant, User
from kenes.accounts.personal_data import register_personal_data, registered_personal_data
from kenes.accounts.queries import has_consented
from kenes.accounts.states import MembershipKind, Purpose, Role
from kenes.notices.actions import send_mail_later
from kenes.notices.models import Message
from kenes.organisations.models import Organisation
from kenes.record.queries import entries_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client, make_user: MakeUser, committee: Organisation) -> User:
    user = make_user(name="Member", language="en")
    add_membership(user, organisation=committee, kind=MembershipKind.SIGNER, by=None, at=AT, position="Head")
    grant_role(user, role=Role.OFFICER, organisation=committee, by=None, at=AT)
    give_consent(user, purpose=Purpose.ACCOUNT, at=AT)
    client.force_login(user)
    return user


def acts_on(user: User) -> list[str]:
    return [entry.act for entry in entries_about("user", user.public_id)]


@pytest.mark.parametrize("path", ["me/", "me/export/", "me/erase/", "accounts/consent/"])
def test_nobody_sees_own_data_without_signing_in(client: Client, path: str) -> None:
    assert client.get(f"/en/{path}").url == f"/en/accounts/login/?next=/en/{path}"


def test_the_page_shows_memberships_roles_and_consents(client: Client, member: User) -> None:
    page = client.get("/en/me/").content.decode()
    shown = [
        "Committee for Youth and Family Affairs: Signs answers, Head",
        "Officer: Committee",
        member.email,
    ]
    assert [text for text in shown if text not in page] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_as_often_for_one_row_as_for_three(
    client: Client, member: User, rows: int, directorate: Organisation, django_assert_num_queries: Any
) -> None:
    kinds = [MembershipKind.MEMBER, MembershipKind.DRAFTER, MembershipKind.HEAD]
    for kind in kinds[:rows]:
        add_membership(member, organisation=directorate, kind=kind, by=None, at=AT)
    with django_assert_num_queries(7):
        client.get("/en/me/")


def test_name_and_language_are_changed(client: Client, member: User) -> None:
    answer = client.post("/en/me/", {"name": " Other name ", "language": "ru"})
    member.refresh_from_db()
    assert (answer.status_code, member.name, member.language) == (303, "Other name", "ru")


def test_an_unknown_language_is_refused_and_nothing_changes(client: Client, member: User) -> None:
    answer = client.post("/en/me/", {"name": "Other", "language": "xx"})
    member.refresh_from_db()
    assert (answer.status_code, member.name, member.language) == (200, "Member", "en")


def test_a_consent_is_given_once_withdrawn_and_given_anew(user: User) -> None:
    give_consent(user, purpose=Purpose.NAME_SHOWN, at=AT)
    give_consent(user, purpose=Purpose.NAME_SHOWN, at=AT)
    assert has_consented(user, Purpose.NAME_SHOWN)
    withdraw_consent(user, purpose=Purpose.NAME_SHOWN, at=AT)
    assert not has_consented(user, Purpose.NAME_SHOWN)
    with pytest.raises(NoSuchConsent):
        withdraw_consent(user, purpose=Purpose.NAME_SHOWN, at=AT)
    give_consent(user, purpose=Purpose.NAME_SHOWN, at=AT)
    assert has_consented(user, Purpose.NAME_SHOWN)
    assert acts_on(user) == ["give_consent", "withdraw_consent", "give_consent"]


def test_a_consent_to_an_earlier_notice_is_asked_for_again(user: User) -> None:
    Consent.objects.create(user=user, purpose=Purpose.ACCOUNT, notice_version="2020-01", given_at=AT)
    assert not has_consented(user, Purpose.ACCOUNT)


def test_consents_are_changed_by_post_only(client: Client, member: User) -> None:
    assert client.get("/en/me/consents/account/withdraw/").status_code == 405
    client.post("/en/me/consents/account/withdraw/")
    assert not has_consented(member, Purpose.ACCOUNT)
    client.post("/en/me/consents/name_shown/")
    assert has_consented(member, Purpose.NAME_SHOWN)
    assert client.post("/en/me/consents/no-such-purpose/").status_code == 409


def test_the_export_holds_the_account_and_every_apps_part(client: Client, member: User) -> None:
    answer = client.get("/en/me/export/")
    parts = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="kenes-my-data.json"'
    assert parts["account"]["email"] == member.email
    assert parts["memberships"] == [
        {
            "organisation": "Committee for Youth and Family Affairs",
            "kind": "signer",
            "position": "Head",
            "since": None,
            "until": None,
        }
    ]
    assert [(grant["role"], grant["organisation"]) for grant in parts["roles"]] == [
        ("officer", "Committee for Youth and Family Affairs")
    ]
    assert [consent["purpose"] for consent in parts["consents"]] == ["account"]
    own = {"account", "memberships", "roles", "consents"}
    assert set(parts) == own | {part.name for part in registered_personal_data()}


def test_erasure_takes_the_person_out_and_leaves_no_way_back(client: Client, member: User) -> None:
    email = member.email
    send_mail_later(key="old", to=email, language="en", subject="s", body="b", at=AT)
    answer = client.post("/en/me/erase/", {"email": email.upper()})
    assert (answer.status_code, answer.url) == (303, "/en/")
    member.refresh_from_db()
    assert (member.name, member.is_active, member.has_usable_password()) == ("", False, False)
    assert member.email == f"{member.public_id}@erased.kenes.invalid"
    assert [model.objects.filter(user=member).count() for model in (RoleGrant, Membership, EmailAddress)] == [
        0,
        0,
        0,
    ]
    assert Message.objects.filter(to=email).count() == 0
    client.post("/en/accounts/login/code/", {"email": email})
    assert [message.subject for message in Message.objects.all()] == ["There is no account with this address"]


def test_erasure_is_on_record_without_a_word_about_the_person(client: Client, member: User) -> None:
    email = member.email
    client.post("/en/me/erase/", {"email": email})
    entry = entries_about("user", member.public_id).last()
    assert entry is not None
    assert (entry.act, entry.by) == ("erase_person", None)
    assert [text for text in (email, "Member") if text in json.dumps(entry.detail)] == []


def test_nothing_is_erased_when_another_address_is_typed(client: Client, member: User) -> None:
    answer = client.post("/en/me/erase/", {"email": "other@demo.kenes.invalid"})
    member.refresh_from_db()
    assert (answer.status_code, member.is_active, member.name) == (200, True, "Member")
    assert answer.context["form"].errors == {
        "email": ["This is not the e-mail address of your account. Nothing was erased."]
    }


def test_the_last_administrator_is_not_erased(user: User) -> None:
    grant_role(user, role=Role.ADMINISTRATOR, organisation=None, by=None, at=AT)
    with pytest.raises(LastAdministrator):
        erase_person(user, by=None, at=AT)
    user.refresh_from_db()
    assert user.is_active


def test_an_apps_part_is_erased_in_the_same_act(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kenes.accounts.personal_data._registered", {})
    erased: list[tuple[User, datetime]] = []

    def erase(who: User, *, at: datetime) -> None:
        erased.append((who, at))

    register_personal_data("example", export=lambda who: [who.name], erase=erase)
    erase_person(user, by=None, at=AT)
    assert erased == [(user, AT)]


def test_signing_out_everywhere_ends_the_other_sessions_and_keeps_this_one(
    client: Client, member: User
) -> None:
    other = Client()
    other.force_login(User.objects.get(pk=member.pk))
    client.post("/en/me/sign-out-everywhere/")
    assert (client.get("/en/me/").status_code, other.get("/en/me/").status_code) == (200, 302)


def test_an_administrator_ends_a_persons_sessions(client: Client, member: User, make_user: MakeUser) -> None:
    administrator = make_user("administrator")
    end_sessions(User.objects.get(pk=member.pk), by=administrator, at=AT)
    assert client.get("/en/me/").status_code == 302
    entry = entries_about("user", member.public_id).last()
    assert entry is not None
    assert (entry.act, entry.by) == ("end_sessions", administrator)


def test_the_privacy_notice_is_open_to_all_and_keeps_its_versions(client: Client) -> None:
    answers = [client.get(path).status_code for path in ("/en/privacy/", "/en/privacy/2026-11/")]
    assert answers == [200, 200]
    assert client.get("/en/privacy/1999-01/").status_code == 404


def test_days_are_written_with_small_months_in_kazakh(client: Client, member: User) -> None:
    Consent.objects.filter(user=member).update(given_at=datetime(2026, 11, 22, 20, tzinfo=UTC))
    page = client.get("/kk/me/").content.decode()
    assert page.count("2026 жылғы 23 қараша") == 1
