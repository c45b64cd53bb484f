"""What the editing forms share: the programme's rules told at the field, clocks, objects named by code."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import KenesError

OBLIGATORY_LANGUAGES = ("kk", "ru")


LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "role": _("Role"),
    "slug": _("Address in the site"),
    "host": _("Host"),
    "campaign": _("Campaign"),
    "session": _("Strategic session"),
    "place": _("Place"),
    "organisation": _("Body"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "starts_at": _("Starts"),
    "ends_at": _("Ends"),
    "zone": _("Time zone of the place"),
    "intended_meetings": _("Intended number of meetings"),
    "is_illustrative": _("Illustrative: made up to show how it works"),
    "kind": _("Kind"),
    "sphere": _("Sphere"),
    "second_sphere": _("Second sphere"),
    "format": _("Format"),
    "publishing": _("When a question is asked"),
    "who_may_ask": _("Who may ask"),
    "who_may_vote": _("Who may vote"),
    "position": _("Order"),
}


def label_of(name: str) -> str:
    """Return a field's label; of a text in one language, with the language's own name."""
    base, _separator, language = name.rpartition("_")
    own_names = dict(settings.LANGUAGES)
    if base in LABELS and language in own_names:
        return f"{LABELS[base]} ({own_names[language]})"
    return str(LABELS.get(name, ""))


class RuledForm(forms.ModelForm[Any]):
    """A form whose object must also pass the programme's own rules; obligatory languages are asked for."""

    titles: ClassVar[tuple[str, ...]] = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = label_of(name) or field.label
        for name in self.titles:
            for language in OBLIGATORY_LANGUAGES:
                if f"{name}_{language}" in self.fields:
                    self.fields[f"{name}_{language}"].required = True

    def check_rules(self, row: Any) -> None:
        """Raise a domain error where the filled-in object is not right."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            tell_errors(lambda: self.check_rules(self.instance), self)


def tell_errors(check: Callable[[], None], form: forms.BaseForm) -> None:
    """Run a check; what it refuses stands at the form in the reader's words."""
    try:
        check()
    except KenesError as error:
        form.add_error(None, ValidationError(str(error)))


class CodeField(forms.ModelChoiceField[Any]):
    """An object named by typing its code, where a list to choose from would be endless."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.TextInput, **kwargs)


class ZonedTimes(RuledForm):
    """A form whose `starts_at` and `ends_at` are read and shown on the clock of the meeting's place."""

    def zone(self) -> str:
        """Return the IANA zone of the clock."""
        raise NotImplementedError

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            at = getattr(self.instance, name, None)
            if at is not None:
                self.initial[name] = at.astimezone(ZoneInfo(self.zone())).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("starts_at", "ends_at"):
            if isinstance(cleaned.get(name), datetime):
                cleaned[name] = self._on_the_clock(cleaned[name])
        return cleaned

    def _on_the_clock(self, at: datetime) -> datetime:
        # The field has read the digits on the site's clock; the same digits are meant on the place's.
        # An unknown zone is told by the meeting's own rules.
        zone = self.zone()
        if zone not in available_timezones():
            return at
        return at.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=ZoneInfo(zone))


def changed_columns(form: forms.ModelForm[Any], row: Model) -> list[str]:
    """Return the columns of the row that the form has changed."""
    columns = {field.name for field in row._meta.concrete_fields}
    return [name for name in form.changed_data if name in columns]
