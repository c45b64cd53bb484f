"""Working calendars and policies in the administration. Every save is one of the app's actions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import KenesError
from kenes.core.languages import LANGUAGES
from kenes.deadlines.actions import (
    begin_regional_calendar,
    confirm_edition,
    draft_edition,
    publish_edition,
    remove_day,
    set_day,
    set_week,
)
from kenes.deadlines.models import CalendarDay, CalendarEdition, DeadlinePolicy, WorkingCalendar
from kenes.deadlines.states import DayKind, EditionState
from kenes.deadlines.workdays import SpecialDay

WEEK = ("weekly_days_off", "closes_at", "known_to", "note")


class NothingRemoved:
    """What is on record names these rows: none is removed here."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DayForm(forms.ModelForm):  # type: ignore[type-arg]
    """A day of a draft."""

    class Meta:
        model = CalendarDay
        fields = ("edition", "day", "kind", *(f"name_{code}" for code in LANGUAGES), "other", "note")

    def clean(self) -> dict[str, Any]:
        """A day that was exchanged names the other one, which is another day."""
        stated = super().clean() or self.cleaned_data
        exchanged = stated.get("kind") in (DayKind.MOVED_OFF, DayKind.WORKING)
        if exchanged and stated.get("other") in (None, stated.get("day")):
            self.add_error("other", _("Name the day it was exchanged with."))
        return stated


@admin.register(CalendarDay)
class DayAdmin(admin.ModelAdmin[CalendarDay]):
    """Special days by edition, one to a page: a draft's are edited, a published edition's are read."""

    form = DayForm
    list_display = ("day", "kind", "name", "other", "edition", "note")
    list_filter = ("edition", "kind")
    list_select_related = ("edition__calendar",)
    list_per_page = 200
    date_hierarchy = "day"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "edition":
            drafts = CalendarEdition.objects.filter(state=EditionState.DRAFT)
            kwargs["queryset"] = drafts.select_related("calendar")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: CalendarDay | None = None) -> tuple[str, ...]:
        return () if obj is None else ("edition", "day")

    def has_change_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or _is_draft(obj.edition))

    def has_delete_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or _is_draft(obj.edition))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Days are removed one by one, each on record."""
        return {}

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: Any, change: bool) -> None:
        saved = set_day(obj.edition, _special(obj), note=obj.note, **_acting(request))
        obj.pk = saved.pk

    def delete_model(self, request: HttpRequest, obj: CalendarDay) -> None:
        remove_day(obj.edition, day=obj.day, **_acting(request))


class WeekForm(forms.ModelForm):  # type: ignore[type-arg]
    """What holds for the whole edition."""

    class Meta:
        model = CalendarEdition
        fields = WEEK

    def clean_weekly_days_off(self) -> str:
        """Weekdays by their ISO numbers, each once, and one at least to work on."""
        text = "".join(sorted(set(self.cleaned_data["weekly_days_off"])))
        if len(text) > 6 or not set(text) <= set("1234567"):
            raise forms.ValidationError(_("Write the numbers of the days off: 1 is Monday, 7 is Sunday."))
        return text


@admin.register(CalendarEdition)
class EditionAdmin(NothingRemoved, admin.ModelAdmin[CalendarEdition]):
    """Editions of the calendars: a draft is edited and published, a published one confirmed."""

    form = WeekForm
    fields = ("calendar", "number", "state", "known_from", *WEEK)
    list_display = ("__str__", "calendar", "state", "known_from", "known_to", "note")
    list_filter = ("state", "calendar")
    list_select_related = ("calendar__place",)
    actions = ("publish", "confirm")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: CalendarEdition | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or _is_draft(obj))

    def get_readonly_fields(
        self, request: HttpRequest, obj: CalendarEdition | None = None
    ) -> tuple[str, ...]:
        fixed = ("calendar", "number", "state", "known_from")
        return fixed if _is_draft(obj) else (*fixed, *WEEK)

    def save_model(self, request: HttpRequest, obj: CalendarEdition, form: Any, change: bool) -> None:
        if form.changed_data:
            set_week(
                obj,
                weekly_days_off=obj.weekly_days_off,
                closes_at=obj.closes_at,
                known_to=obj.known_to,
                note=obj.note,
                **_acting(request),
            )

    @admin.action(description=_("Publish the drafts: they hold from now on, running terms follow"))
    def publish(self, request: HttpRequest, editions: QuerySet[CalendarEdition]) -> None:
        self._each(request, editions, publish_edition)

    @admin.action(description=_("Confirm: I have compared the days with the law"))
    def confirm(self, request: HttpRequest, editions: QuerySet[CalendarEdition]) -> None:
        self._each(request, editions, confirm_edition)

    def _each(self, request: HttpRequest, editions: QuerySet[CalendarEdition], act: Any) -> None:
        for edition in editions:
            try:
                act(edition, **_acting(request))
            except KenesError as refusal:
                self.message_user(request, f"{edition}: {refusal}", messages.ERROR)


class CalendarForm(forms.ModelForm):  # type: ignore[type-arg]
    """A calendar of a place's own."""

    class Meta:
        model = WorkingCalendar
        fields = ("place",)

    def clean_place(self) -> Any:
        """A place has one calendar."""
        place = self.cleaned_data["place"]
        if place is None or WorkingCalendar.objects.filter(key=place.kato).exists():
            raise forms.ValidationError(_("Choose a place that has no calendar of its own yet."))
        return place


@admin.register(WorkingCalendar)
class CalendarAdmin(NothingRemoved, admin.ModelAdmin[WorkingCalendar]):
    """Calendars; the next edition of one is drafted here."""

    form = CalendarForm
    list_display = ("key", "place")
    list_select_related = ("place",)
    autocomplete_fields = ("place",)
    actions = ("draft",)

    def has_change_permission(self, request: HttpRequest, obj: WorkingCalendar | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: WorkingCalendar, form: Any, change: bool) -> None:
        edition = begin_regional_calendar(form.cleaned_data["place"], **_acting(request))
        obj.pk, obj.key = edition.calendar.pk, edition.calendar.key

    @admin.action(description=_("Draft the next edition"))
    def draft(self, request: HttpRequest, calendars: QuerySet[WorkingCalendar]) -> None:
        for calendar in calendars:
            edition = draft_edition(calendar, **_acting(request))
            self.message_user(request, _("The draft is %(edition)s.") % {"edition": edition})


@admin.register(DeadlinePolicy)
class PolicyAdmin(NothingRemoved, admin.ModelAdmin[DeadlinePolicy]):
    """Policies, to be read: they are shipped, each with its source."""

    list_display = ("title", "key", "valid_from", "valid_to", "count", "unit", "article", "certainty")
    list_filter = ("certainty", "unit")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DeadlinePolicy | None = None) -> bool:
        return False


def _is_draft(edition: CalendarEdition | None) -> bool:
    return edition is not None and edition.state == EditionState.DRAFT


def _special(row: CalendarDay) -> SpecialDay:
    names = {code: getattr(row, f"name_{code}") or "" for code in LANGUAGES}
    return SpecialDay(row.day, DayKind(row.kind), names, row.other)


def _acting(request: HttpRequest) -> dict[str, Any]:
    by = request.user if request.user.is_authenticated else None
    return {"by": by, "at": timezone.now()}
