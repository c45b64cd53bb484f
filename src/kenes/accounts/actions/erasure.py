"""Taking a person out: their account, their name in every app, every way to sign in."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.db import transaction

from kenes.accounts.errors import LastAdministrator
from kenes.accounts.models import Consent, Membership, RoleGrant, User
from kenes.accounts.personal_data import registered_personal_data
from kenes.accounts.queries import is_last_administrator
from kenes.accounts.rules import ERASED_DOMAIN
from kenes.core.ids import new_public_id
from kenes.notices.actions import forget_messages_to
from kenes.record.actions import record_act


def erase_person(user: User, *, by: User | None, at: datetime) -> None:
    """Strip and deactivate the account for good, and take the person out of every app's rows.

    What was asked and done stays on record without the name. The row itself stays, empty, so
    that acts keep pointing at one and the same nobody.

    Raises: LastAdministrator.
    """
    with transaction.atomic():
        if any(is_last_administrator(grant) for grant in user.roles.all()):
            raise LastAdministrator
        for part in registered_personal_data():
            part.erase(user, at=at)
        _forget_sign_in(user)
        RoleGrant.objects.filter(user=user).delete()
        Membership.objects.filter(user=user).delete()
        Consent.objects.filter(user=user, withdrawn_at=None).update(withdrawn_at=at)
        _strip(user)
        record_act(
            act="erase_person",
            object_kind="user",
            object_id=user.public_id,
            by=by,
            at=at,
            detail={"parts": [part.name for part in registered_personal_data()]},
        )


def _forget_sign_in(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    AccessAttempt.objects.filter(username=user.email).delete()
    forget_messages_to(user.email)


def _strip(user: User) -> None:
    user.email = f"{user.public_id}@{ERASED_DOMAIN}"
    user.name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.session_salt = new_public_id()
    user.set_unusable_password()
    user.save()
