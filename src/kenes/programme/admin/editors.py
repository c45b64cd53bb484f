"""What the programme's admin pages share: who may come in, and how a save becomes an act."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from kenes.accounts.models import User
from kenes.accounts.rules import has_role_anywhere
from kenes.accounts.states import Role


def editor_of(request: HttpRequest) -> User | None:
    """Return the signed-in account that acts."""
    return request.user if isinstance(request.user, User) else None


def acting(request: HttpRequest) -> dict[str, Any]:
    """Return who acts and when, as actions take it."""
    at: datetime = timezone.now()
    return {"by": editor_of(request), "at": at}


class EditorsOnly(admin.options.BaseModelAdmin[Any]):
    """Opens a page to editors; what they may edit of it is the page's own query.

    Nothing of the programme is deleted here: its rooms and questions stand in the record.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        return has_role_anywhere(request.user, Role.EDITOR)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return has_role_anywhere(request.user, Role.EDITOR)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EditorsInline(EditorsOnly):
    """An inline whose rows editors may also take away."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)
