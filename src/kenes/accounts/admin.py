"""People, memberships and roles in the administration. Every save is one of the app's actions."""

from typing import Any

import allauth.account.admin  # theirs first, or they register again what is taken out here
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenes.accounts.actions import (
    add_membership,
    change_profile,
    close_account,
    create_account,
    end_membership,
    end_sessions,
    grant_role,
    reopen_account,
    revoke_role,
)
from kenes.accounts.models import Membership, RoleGrant, User
from kenes.accounts.states import MembershipKind, Role

# Kept by their own pages, with the person; what stands here would pass the record by.
for model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class ToBeRead(admin.TabularInline):  # type: ignore[type-arg]
    """Rows of a person, shown beside them and changed on their own page."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MembershipsOfUser(ToBeRead):
    """A person's memberships."""

    model = Membership
    fields = ("organisation", "kind", "position", "since", "until")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return Membership.objects.select_related("organisation")


class GrantsOfUser(ToBeRead):
    """A person's roles."""

    model = RoleGrant
    fk_name = "user"
    fields = ("role", "organisation", "by", "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleGrant]:
        return RoleGrant.objects.select_related("organisation", "by")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Accounts: made, named, closed and reopened here; erased by the person alone."""

    list_display = ("email", "name", "language", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "roles__role", "memberships__kind", "language")
    search_fields = ("email", "name")
    ordering = ("email",)
    list_per_page = 50
    fields = (
        "email",
        "name",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "date_joined",
        "last_login",
    )
    readonly_fields = ("is_active", "is_staff", "is_superuser", "date_joined", "last_login")
    actions = ("close", "reopen", "sign_out")

    def get_inlines(self, request: HttpRequest, obj: User | None) -> tuple[type[ToBeRead], ...]:
        return () if obj is None else (MembershipsOfUser, GrantsOfUser)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return self.readonly_fields if obj is None else (*self.readonly_fields, "email")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:
            change_profile(obj, name=obj.name, language=obj.language)
            return
        made = create_account(
            obj.email, name=obj.name, language=obj.language, by=_acting(request), at=timezone.now()
        )
        obj.pk = made.pk

    @admin.action(description=_("Close the accounts: the people can sign in no more"))
    def close(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            close_account(user, by=_acting(request), at=timezone.now())

    @admin.action(description=_("Reopen the accounts"))
    def reopen(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            reopen_account(user, by=_acting(request), at=timezone.now())

    @admin.action(description=_("Sign the people out everywhere"))
    def sign_out(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            end_sessions(user, by=_acting(request), at=timezone.now())


class MembershipForm(forms.ModelForm[Membership]):
    """A membership once made can only be ended."""

    class Meta:
        model = Membership
        fields = ("user", "organisation", "kind", "position", "since", "until")


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who belongs to which body, from when until when."""

    form = MembershipForm
    list_display = ("user", "organisation", "kind", "position", "since", "until")
    list_filter = ("kind", "organisation__kind")
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "user__name", "organisation__folded", "position")
    autocomplete_fields = ("user", "organisation")
    date_hierarchy = "since"
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        return () if obj is None else ("user", "organisation", "kind", "position", "since")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        now = timezone.now()
        if not change:
            made = add_membership(
                obj.user,
                organisation=obj.organisation,
                kind=MembershipKind(obj.kind),
                by=_acting(request),
                at=now,
                position=obj.position,
                since=obj.since,
                until=obj.until,
            )
            obj.pk = made.pk
        elif "until" in form.changed_data and obj.until is not None:
            end_membership(obj, until=obj.until, by=_acting(request), at=now)


@admin.register(RoleGrant)
class RoleGrantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who holds which role, where; given and taken, never changed."""

    list_display = ("user", "role", "organisation", "by", "at")
    list_filter = ("role", ("organisation", admin.EmptyFieldListFilter))
    list_select_related = ("user", "organisation", "by")
    search_fields = ("user__email", "user__name", "organisation__folded")
    autocomplete_fields = ("user", "organisation")
    fields = ("user", "role", "organisation")
    ordering = ("role", "user__email")
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {"revoke": (type(self).revoke, "revoke", _("Revoke the roles"))}

    def revoke(self, request: HttpRequest, grants: QuerySet[RoleGrant]) -> None:
        for grant in grants.select_related("user", "organisation"):
            self._revoke(request, grant)

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:
        made = grant_role(
            obj.user,
            role=Role(obj.role),
            organisation=obj.organisation,
            by=_acting(request),
            at=timezone.now(),
        )
        obj.pk = made.pk

    def delete_model(self, request: HttpRequest, obj: RoleGrant) -> None:
        self._revoke(request, obj)

    def _revoke(self, request: HttpRequest, grant: RoleGrant) -> None:
        revoke_role(
            grant.user,
            role=Role(grant.role),
            organisation=grant.organisation,
            by=_acting(request),
            at=timezone.now(),
        )


def _acting(request: HttpRequest) -> User:
    """The signed-in user; the administration lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("The administration stands behind a sign-in.")
    return request.user
