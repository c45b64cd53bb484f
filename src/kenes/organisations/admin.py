"""Bodies in the administration; saved by the actions, so that their rules and the record hold here too."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from kenes.core.errors import KenesError
from kenes.core.languages import LANGUAGES
from kenes.organisations.actions import check_plan, create_organisation, update_organisation
from kenes.organisations.models import Organisation
from kenes.organisations.plans import OrganisationPlan

NAMES = tuple(f"name_{code}" for code in LANGUAGES)
SHORT_NAMES = tuple(f"short_name_{code}" for code in LANGUAGES)


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Shows what the action would refuse before it is asked to save."""

    class Meta:
        model = Organisation
        fields = ("kind", *NAMES, *SHORT_NAMES, "bin", "parent", "place")

    def clean(self) -> dict[str, Any]:
        stated = super().clean() or self.cleaned_data
        try:
            check_plan(self.instance, self.plan())
        except KenesError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return stated

    def plan(self) -> OrganisationPlan:
        """Return what the form says."""
        stated = self.cleaned_data
        return OrganisationPlan(
            kind=stated.get("kind") or "",
            name={code: stated.get(f"name_{code}") or "" for code in LANGUAGES},
            short_name={code: stated.get(f"short_name_{code}") or "" for code in LANGUAGES},
            bin=stated.get("bin") or "",
            parent=stated.get("parent"),
            place=stated.get("place"),
        )


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Bodies by kind and name; none is removed here, since what is on record names it."""

    form = OrganisationForm
    list_display = ("name", "kind", "parent", "place", "bin")
    list_filter = ("kind",)
    list_select_related = ("parent", "place")
    search_fields = ("folded", "bin")
    autocomplete_fields = ("parent", "place")

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        by = request.user if request.user.is_authenticated else None
        at = timezone.now()
        if change:
            update_organisation(obj, form.plan(), by=by, at=at)
            return
        saved = create_organisation(form.plan(), by=by, at=at)
        obj.pk, obj.public_id = saved.pk, saved.public_id
        obj._state.adding = False

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return False
