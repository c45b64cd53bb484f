"""What the app refuses.

AccountsError
├── RoleAlreadyGranted      409  the person holds this role there
├── RoleNotGranted          409  there is no such grant to revoke
├── AlreadyMember           409  a membership of this kind runs in the body
├── MembershipEnded         409  it has ended already
├── AccountErased           409  an erased account is nobody's and stays closed
├── NoSuchConsent           409  it was not given, or is withdrawn already
├── NotInDemo               404  sign-in without a code exists in demo mode only
├── WrongConfirmation       422  the typed address is not the account's
└── LastAdministrator       409  nobody would be left to give roles
"""

from django.utils.translation import gettext_lazy as _

from kenes.core.errors import Conflict, Forbidden, InvalidInput


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


class NoSuchConsent(AccountsError):
    type = "no-such-consent"
    message = _("This consent was not given, or is withdrawn already.")


class NotInDemo(Forbidden):
    type = "not-in-demo"


class WrongConfirmation(InvalidInput):
    type = "wrong-confirmation"
    message = _("This is not the e-mail address of your account. Nothing was erased.")


class AccountErased(AccountsError):
    type = "account-erased"
    message = _("This account was erased. It cannot be opened again; the person can create a new one.")
