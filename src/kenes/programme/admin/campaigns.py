"""Campaigns and strategic sessions in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from kenes.programme import actions
from kenes.programme.access import bodies_edited_by, campaigns_editable_by, sessions_editable_by
from kenes.programme.admin.editors import EditorsInline, EditorsOnly, acting
from kenes.programme.forms.editing import CampaignForm, SessionForm
from kenes.programme.forms.ruled import changed_columns
from kenes.programme.models import Campaign, RegionTarget, StrategicSession
from kenes.territories.models import Place
from kenes.territories.states import PlaceLevel


class RegionTargetInline(EditorsInline, admin.TabularInline[RegionTarget, Campaign]):
    """Intended numbers per region."""

    model = RegionTarget
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Place.objects.filter(level=PlaceLevel.REGION).order_by("kato")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Campaign)
class CampaignAdmin(EditorsOnly, admin.ModelAdmin[Campaign]):
    """Campaigns of the bodies whose editor one is."""

    form = CampaignForm
    inlines = [RegionTargetInline]
    list_display = ("title", "slug", "host", "starts_on", "ends_on")
    list_select_related = ("host",)
    search_fields = ("slug", "title_kk", "title_ru", "title_en")
    prepopulated_fields = {"slug": ("title_en",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        return campaigns_editable_by(request.user)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        bodies = bodies_edited_by(request.user)
        if db_field.name == "host" and bodies is not None:
            kwargs["queryset"] = bodies
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Campaign, form: ModelForm[Campaign], change: bool
    ) -> None:
        if change:
            actions.change_campaign(obj, changed=changed_columns(form, obj), **acting(request))
        else:
            actions.add_campaign(obj, **acting(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for target in formset.save(commit=False):
            actions.set_region_target(target, **acting(request))
        for target in formset.deleted_objects:
            actions.drop_region_target(target, **acting(request))


@admin.register(StrategicSession)
class SessionAdmin(EditorsOnly, admin.ModelAdmin[StrategicSession]):
    """Sessions of the campaigns one may prepare."""

    form = SessionForm
    list_display = ("title", "campaign", "region", "starts_on", "ends_on")
    list_select_related = ("campaign", "region")
    list_filter = ("campaign",)
    search_fields = ("title_kk", "title_ru", "title_en")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StrategicSession]:
        return sessions_editable_by(request.user)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "campaign":
            kwargs["queryset"] = campaigns_editable_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: StrategicSession, form: ModelForm[StrategicSession], change: bool
    ) -> None:
        if change:
            actions.change_session(obj, changed=changed_columns(form, obj), **acting(request))
        else:
            actions.add_session(obj, **acting(request))
