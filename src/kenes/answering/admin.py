"""Steps of clearance and templates of answers in the administration; saved by the actions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenes.answering.actions import (
    StepPlan,
    retire_clearance_step,
    save_clearance_step,
    save_template,
)
from kenes.answering.errors import StepIsNobodys
from kenes.answering.models import AnswerTemplate, ClearanceStep
from kenes.answering.rules import refuse_unknown_placeholders
from kenes.core.errors import KenesError
from kenes.core.languages import LANGUAGES

NAMES = tuple(f"name_{code}" for code in LANGUAGES)
TEXTS = tuple(f"text_{code}" for code in LANGUAGES)


class ClearanceStepForm(forms.ModelForm):  # type: ignore[type-arg]
    """A step says who clears: one kind of the body's people, or people by name."""

    class Meta:
        model = ClearanceStep
        fields = ("organisation", "position", *NAMES, "kind", "people")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("kind") and not said.get("people"):
            raise forms.ValidationError(str(StepIsNobodys()))
        return said


@admin.register(ClearanceStep)
class ClearanceStepAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The chain of a body, in its order; a step that is not used any more is retired, not removed."""

    form = ClearanceStepForm
    list_display = ("organisation", "position", "name", "kind", "retired_at")
    list_filter = ("kind", ("retired_at", admin.EmptyFieldListFilter))
    list_select_related = ("organisation",)
    search_fields = ("organisation__folded", "name")
    autocomplete_fields = ("organisation", "people")
    actions = ("retire",)
    list_per_page = 50

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ClearanceStep, form: Any, change: bool) -> None:
        said = form.cleaned_data
        plan = StepPlan(
            organisation=said["organisation"],
            position=said["position"],
            name={code: said.get(f"name_{code}") or "" for code in LANGUAGES},
            kind=said.get("kind") or "",
            people=tuple(said.get("people") or ()),
        )
        saved = save_clearance_step(
            plan, step=obj if change else None, by=_acting(request), at=timezone.now()
        )
        obj.pk, obj._state.adding = saved.pk, False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The people were saved with the step."""

    @admin.action(description=_("Retire the steps"))
    def retire(self, request: HttpRequest, steps: QuerySet[ClearanceStep]) -> None:
        for step in steps.filter(retired_at=None):
            retire_clearance_step(step, by=_acting(request), at=timezone.now())


class AnswerTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A template's placeholders are checked before it is saved."""

    class Meta:
        model = AnswerTemplate
        fields = ("organisation", "name", *TEXTS)
        help_texts = {"text_kk": _("{code}, {meeting}, {day} and {unit} are filled in for each question.")}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name in TEXTS:
            try:
                refuse_unknown_placeholders(said.get(name) or "")
            except KenesError as refusal:
                self.add_error(name, str(refusal))
        return said


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Texts a body answers with again and again."""

    form = AnswerTemplateForm
    list_display = ("organisation", "name")
    list_select_related = ("organisation",)
    search_fields = ("organisation__folded", "name")
    autocomplete_fields = ("organisation",)
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: AnswerTemplate, form: Any, change: bool) -> None:
        save_template(obj, by=_acting(request), at=timezone.now())


def _acting(request: HttpRequest) -> Any:
    return request.user
