"""What a role may do in the administration."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from kenes.accounts.models import User
from kenes.accounts.rules import has_role
from kenes.accounts.states import Role

EDITORS_APPS = frozenset({"programme", "rooms", "organisations", "territories", "files"})


class RoleBackend:
    """Grants Django's permissions by role: the administrator all, the editor those of the programme.

    It signs nobody in, so it has no `get_user`.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> None:
        return None

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: object = None) -> bool:
        return self.has_module_perms(user_obj, perm.partition(".")[0])

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        if isinstance(user_obj, User):  # a page of the administration asks dozens of times
            prefetch_related_objects([user_obj], "roles")
        if app_label in EDITORS_APPS and has_role(user_obj, Role.EDITOR):
            return True
        return has_role(user_obj, Role.ADMINISTRATOR)
