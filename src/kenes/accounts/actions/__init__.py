"""The writes of the app: roles and memberships, the person's own account, erasure."""

from kenes.accounts.actions.erasure import erase_person
from kenes.accounts.actions.people import (
    activate_second_factor,
    change_profile,
    close_account,
    create_account,
    end_sessions,
    give_consent,
    reopen_account,
    withdraw_consent,
)
from kenes.accounts.actions.roles import add_membership, end_membership, grant_role, revoke_role

__all__ = [
    "activate_second_factor",
    "add_membership",
    "change_profile",
    "close_account",
    "create_account",
    "end_membership",
    "end_sessions",
    "erase_person",
    "give_consent",
    "grant_role",
    "reopen_account",
    "revoke_role",
    "withdraw_consent",
]
