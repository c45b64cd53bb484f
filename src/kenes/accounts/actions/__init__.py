"""The writes of the app: roles and memberships, the person's own account, erasure."""

from kenes.accounts.actions.erasure import erase_person
from kenes.accounts.actions.people import (
    activate_second_factor,
    change_profile,
    end_sessions,
    give_consent,
    withdraw_consent,
)
from kenes.accounts.actions.roles import add_membership, end_membership, grant_role, revoke_role

__all__ = [
    "activate_second_factor",
    "add_membership",
    "change_profile",
    "end_membership",
    "end_sessions",
    "erase_person",
    "give_consent",
    "grant_role",
    "revoke_role",
    "withdraw_consent",
]
