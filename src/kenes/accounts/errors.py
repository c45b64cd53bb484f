"""What the app refuses.

AccountsError
├── RoleAlreadyGranted      409  the person holds this role there
├── RoleNotGranted          409  there is no such grant to revoke
├── AlreadyMember           409  a membership of this kind runs in the body
├── MembershipEnded         409  it has ended already
└── LastAdministrator       409  nobody would be left to give roles
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict


class AccountsError(Conflict):
    type = "accounts-refused"


class RoleAlreadyGranted(AccountsError):
    type = "role-already-granted"
    message = _("This person holds the role already.")


class RoleNotGranted(AccountsError):
    type = "role-not-granted"
    message = _("This person does not hold the role: there is nothing to revoke.")


class AlreadyMember(AccountsError):
    type = "already-member"
    message = _("This person already belongs to the organisation in this way. End that membership first.")


class MembershipEnded(AccountsError):
    type = "membership-ended"
    message = _("This membership has ended already.")


class LastAdministrator(AccountsError):
    type = "last-administrator"
    message = _("This is the last administrator. Make somebody else an administrator first.")
