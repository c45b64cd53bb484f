"""Forms of minutes and summaries. Rules stand in the actions; a form only asks for the words."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import InvalidInput
from kenes.minutes.rules import LONGEST_PART, MUST_BE_WRITTEN, PART_MOST, REMARK_MOST
from kenes.minutes.states import FreePart

Kept = TypeVar("Kept")
_FRESH = _("Compute the numbers, lists and times anew, from the records of now")


class TextsForm(forms.Form):
    """The parts that a person writes, each in three languages."""

    is_fresh = forms.BooleanField(label=_FRESH, required=False)

    def __init__(self, *args: Any, texts: dict[str, dict[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in FreePart:
            limit = PART_MOST.get(part, LONGEST_PART)
            for code, name in settings.LANGUAGES:
                self.fields[f"{part.value}_{code}"] = forms.CharField(
                    label=f"{part.label} · {name}",
                    required=False,
                    initial=(texts or {}).get(part.value, {}).get(code, ""),
                    max_length=limit,
                    widget=forms.TextInput(attrs={"lang": code})
                    if part in PART_MOST
                    else forms.Textarea(attrs={"lang": code, "rows": 4}),
                )
        self.order_fields([name for name in self.fields if name != "is_fresh"])

    def texts(self) -> dict[str, dict[str, str]]:
        """Return what was typed, by part and language."""
        languages = [code for code, _name in settings.LANGUAGES]
        return {
            part.value: {code: self.cleaned_data[f"{part.value}_{code}"] for code in languages}
            for part in FreePart
        }


class RemarkForm(forms.Form):
    """What to change, and where in the minutes."""

    place = forms.ChoiceField(label=_("Place in the minutes"))
    text = forms.CharField(
        label=_("Remark"), max_length=REMARK_MOST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, places: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(places.items())


class ReasonForm(forms.Form):
    """Why final minutes are corrected."""

    text = forms.CharField(
        label=_("Reason of the correction"),
        help_text=_("It is printed in the new version."),
        max_length=REMARK_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ResolutionForm(forms.Form):
    """What was done about a remark."""

    text = forms.CharField(
        label=_("What was done"), max_length=REMARK_MOST, widget=forms.Textarea(attrs={"rows": 2})
    )


class SummaryForm(forms.Form):
    """The summary's text in three languages, with signs in the place of numbers."""

    is_fresh = forms.BooleanField(label=_FRESH, required=False)

    def __init__(
        self, *args: Any, texts: dict[str, str], numbers: dict[str, dict[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(
                label=name,
                required=code in MUST_BE_WRITTEN,
                initial=texts.get(code, ""),
                max_length=LONGEST_PART,
                widget=forms.Textarea(attrs={"lang": code, "rows": 12}),
            )
        self.order_fields([code for code, _name in settings.LANGUAGES])
        self.signs = [
            ("{{ " + key + " }}", number["value"])
            for key, number in numbers.items()
            if number["value"] is not None
        ]

    def save_with(self, keep: Callable[[dict[str, str], bool], Kept]) -> Kept | None:
        """Return what `keep` made of the texts; what it refuses is said above the form."""
        texts = {code: str(self.cleaned_data[code]) for code, _name in settings.LANGUAGES}
        try:
            return keep(texts, self.cleaned_data["is_fresh"])
        except InvalidInput as error:
            self.add_error(None, str(error))
            return None
