"""Roles and memberships change by acts that are on record."""

from datetime import date

import pytest

from accounts.conftest import AT, MakeUser
from kenes.accounts.actions import add_membership, end_membership, grant_role, revoke_role
from kenes.accounts.errors import (
    AlreadyMember,
    LastAdministrator,
    MembershipEnded,
    RoleAlreadyGranted,
    RoleNotGranted,
)
from kenes.accounts.models import User
from kenes.accounts.queries import grants_of, members_on, memberships_on
from kenes.accounts.rules import has_role
from kenes.accounts.states import MembershipKind, Role
from kenes.organisations.models import Organisation
from kenes.record.queries import entries_about


def acts_on(user: User) -> list[str]:
    return [entry.act for entry in entries_about("user", user.public_id)]


def test_a_granted_role_holds_until_it_is_revoked_and_both_are_on_record(
    user: User, committee: Organisation, make_user: MakeUser
) -> None:
    administrator = make_user("administrator")
    grant_role(user, role=Role.MODERATOR, organisation=committee, by=administrator, at=AT)
    assert has_role(user, Role.MODERATOR, organisation=committee)
    revoke_role(user, role=Role.MODERATOR, organisation=committee, by=administrator, at=AT, reason="left")
    assert not has_role(user, Role.MODERATOR, organisation=committee)
    entries = list(entries_about("user", user.public_id))
    assert [(entry.act, entry.by, entry.reason, entry.detail) for entry in entries] == [
        ("grant_role", administrator, "", {"role": "moderator", "organisation": committee.public_id}),
        ("revoke_role", administrator, "left", {"role": "moderator", "organisation": committee.public_id}),
    ]


def test_a_role_is_not_granted_twice(user: User) -> None:
    grant_role(user, role=Role.EDITOR, organisation=None, by=None, at=AT)
    with pytest.raises(RoleAlreadyGranted):
        grant_role(user, role=Role.EDITOR, organisation=None, by=None, at=AT)
    assert (grants_of(user).count(), acts_on(user)) == (1, ["grant_role"])


def test_a_role_nobody_granted_is_not_revoked(user: User) -> None:
    with pytest.raises(RoleNotGranted):
        revoke_role(user, role=Role.EDITOR, organisation=None, by=None, at=AT)
    assert acts_on(user) == []


def test_the_last_administrator_stays(user: User, make_user: MakeUser) -> None:
    grant_role(user, role=Role.ADMINISTRATOR, organisation=None, by=None, at=AT)
    with pytest.raises(LastAdministrator):
        revoke_role(user, role=Role.ADMINISTRATOR, organisation=None, by=None, at=AT)
    grant_role(make_user("second"), role=Role.ADMINISTRATOR, organisation=None, by=None, at=AT)
    revoke_role(user, role=Role.ADMINISTRATOR, organisation=None, by=None, at=AT)
    assert not has_role(user, Role.ADMINISTRATOR)


def test_a_membership_holds_on_its_first_and_last_day_and_not_outside(
    user: User, committee: Organisation
) -> None:
    add_membership(
        user,
        organisation=committee,
        kind=MembershipKind.SIGNER,
        by=None,
        at=AT,
        since=date(2026, 2, 1),
        until=date(2026, 2, 28),
    )
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [memberships_on(user, day).count() for day in days] == [0, 1, 1, 0]
    assert [members_on(committee, day, kind=MembershipKind.SIGNER).count() for day in days] == [0, 1, 1, 0]
    assert members_on(committee, days[1], kind=MembershipKind.HEAD).count() == 0


def test_a_running_membership_is_not_added_again_but_may_be_after_it_ended(
    user: User, committee: Organisation
) -> None:
    first = add_membership(user, organisation=committee, kind=MembershipKind.MEMBER, by=None, at=AT)
    with pytest.raises(AlreadyMember):
        add_membership(user, organisation=committee, kind=MembershipKind.MEMBER, by=None, at=AT)
    end_membership(first, until=date(2026, 3, 1), by=None, at=AT, reason="moved")
    add_membership(
        user, organisation=committee, kind=MembershipKind.MEMBER, by=None, at=AT, since=date(2026, 6, 1)
    )
    days = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)]
    assert [memberships_on(user, day).count() for day in days] == [1, 0, 1]
    assert acts_on(user) == ["add_membership", "end_membership", "add_membership"]


def test_an_ended_membership_is_not_ended_again(user: User, committee: Organisation) -> None:
    membership = add_membership(user, organisation=committee, kind=MembershipKind.HEAD, by=None, at=AT)
    end_membership(membership, until=date(2026, 3, 1), by=None, at=AT)
    with pytest.raises(MembershipEnded):
        end_membership(membership, until=date(2026, 4, 1), by=None, at=AT)
