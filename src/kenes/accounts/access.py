"""From a session or an id to a person."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kenes.accounts.errors import NoSuchConsent, NotInDemo
from kenes.accounts.models import User
from kenes.accounts.rules import is_demo_account
from kenes.accounts.states import Purpose


def user_of_session(session_key: str, *, using: str = "default") -> User | None:
    """Return the active person signed in by this session, or None, by reading alone.

    For what stands beside Django's requests: a live subscription is asked again and again, and
    ends with the session (signed out here or everywhere, deactivated, erased). Django's own way
    from a session to its user may write, which the snapshot's connection cannot.
    """
    stored = Session.objects.using(using).filter(session_key=session_key, expire_date__gt=timezone.now())
    session = stored.first() if session_key else None
    if session is None:
        return None
    signed_in = session.get_decoded()
    if signed_in.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = User.objects.using(using).filter(pk=signed_in.get(SESSION_KEY, 0), is_active=True).first()
    return user if user and _is_current(signed_in, user) else None


def _is_current(signed_in: Mapping[str, object], user: User) -> bool:
    return constant_time_compare(str(signed_in.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())


def demo_person(public_id: str) -> User:
    """Return the demo's account of this id.

    Raises: NotInDemo, for any other account and on every instance that is no demo.
    """
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    if user is None or not is_demo_account(user):
        raise NotInDemo
    return user


def known_purpose(key: str) -> Purpose:
    """Return the purpose of this key.

    Raises: NoSuchConsent.
    """
    if key not in Purpose.values:
        raise NoSuchConsent
    return Purpose(key)
