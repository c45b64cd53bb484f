"""A person's own account: name and language, consents, second factor, sessions."""

from datetime import datetime

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from kenes.accounts.errors import AccountErased, LastAdministrator, NoSuchConsent
from kenes.accounts.models import Consent, User
from kenes.accounts.queries import is_last_administrator
from kenes.accounts.rules import ERASED_DOMAIN, NOTICE_VERSION
from kenes.accounts.states import Purpose
from kenes.core.ids import new_public_id
from kenes.record.actions import record_act


def create_account(email: str, *, name: str, language: str, by: User, at: datetime) -> User:
    """Make an account for somebody; the first code they get by e-mail confirms the address."""
    with transaction.atomic():
        user = User.objects.create_user(email, name=name.strip(), language=language)
        _record(user, "create_account", by=by, at=at)
    return user


def close_account(user: User, *, by: User, at: datetime, reason: str = "") -> None:
    """Let the person sign in no more, and end their sessions; everything else stays.

    Raises: LastAdministrator.
    """
    if any(is_last_administrator(grant) for grant in user.roles.all()):
        raise LastAdministrator
    _set_active(user, "close_account", is_active=False, by=by, at=at, reason=reason)


def reopen_account(user: User, *, by: User, at: datetime) -> None:
    """Let the person sign in again. Raises: AccountErased."""
    if user.email.endswith(f"@{ERASED_DOMAIN}"):
        raise AccountErased
    _set_active(user, "reopen_account", is_active=True, by=by, at=at)


def _set_active(user: User, act: str, *, is_active: bool, by: User, at: datetime, reason: str = "") -> None:
    with transaction.atomic():
        user.is_active = is_active
        user.session_salt = new_public_id()
        user.save(update_fields=["is_active", "session_salt"])
        record_act(
            act=act, object_kind="user", object_id=user.public_id, by=by, at=at, reason=reason, detail={}
        )


def change_profile(user: User, *, name: str, language: str) -> User:
    """Keep how the person wishes to be shown and addressed. Not on record: it is theirs alone."""
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
    return user


def give_consent(user: User, *, purpose: Purpose, at: datetime) -> Consent:
    """Note the consent to one purpose under the notice's present version; given again it stays one."""
    with transaction.atomic():
        consent, is_new = Consent.objects.get_or_create(
            user=user,
            purpose=purpose,
            notice_version=NOTICE_VERSION,
            withdrawn_at=None,
            defaults={"given_at": at},
        )
        if is_new:
            _record(user, "give_consent", at=at, detail={"purpose": purpose, "notice": NOTICE_VERSION})
    return consent


def withdraw_consent(user: User, *, purpose: Purpose, at: datetime) -> None:
    """Withdraw every running consent to the purpose.

    Raises: NoSuchConsent.
    """
    with transaction.atomic():
        running = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at=None)
        if not running.update(withdrawn_at=at):
            raise NoSuchConsent
        _record(user, "withdraw_consent", at=at, detail={"purpose": purpose})


def activate_second_factor(user: User, *, secret: str, at: datetime) -> None:
    """Keep the person's authenticator and make their recovery codes. The code was checked by the form."""
    with transaction.atomic():
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
        _record(user, "activate_second_factor", at=at)


def end_sessions(user: User, *, by: User | None, at: datetime) -> None:
    """Sign the person out everywhere: no session opened before is taken any more."""
    with transaction.atomic():
        user.session_salt = new_public_id()
        user.save(update_fields=["session_salt"])
        _record(user, "end_sessions", by=by, at=at)


def _record(
    user: User,
    act: str,
    *,
    at: datetime,
    by: User | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    record_act(
        act=act, object_kind="user", object_id=user.public_id, by=by or user, at=at, detail=detail or {}
    )
