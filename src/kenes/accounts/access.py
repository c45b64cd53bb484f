"""From a session or an id to a person."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

from kenes.accounts.errors import NoSuchConsent, NotInDemo
from kenes.accounts.models import User
from kenes.accounts.rules import is_demo_account
from kenes.accounts.states import Purpose


def user_of_session(session_key: str) -> User | None:
    """Return the active person signed in by this session, or None.

    For what stands beside Django's requests: a live subscription is asked again and again, and
    ends with the session (signed out here or everywhere, deactivated, erased).
    """
    if not session_key:
        return None
    store: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")(session_key)
    if store.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = User.objects.filter(pk=store.get(SESSION_KEY, 0), is_active=True).first()
    if user is None:
        return None
    return user if _is_current(store, user) else None


def _is_current(store: SessionBase, user: User) -> bool:
    return constant_time_compare(str(store.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())


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
