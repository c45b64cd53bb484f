"""What narrows the figures; it stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenes.core.figure import Text
from kenes.core.languages import localized
from kenes.coverage.scope import Scope
from kenes.programme.models import Campaign
from kenes.programme.states import SphereKey
from kenes.territories.models import Place
from kenes.territories.states import PlaceLevel

_KEY = r"^[-A-Za-z0-9_]*$"


def _date_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])


def _hidden() -> forms.RegexField:
    return forms.RegexField(_KEY, required=False, max_length=60, widget=forms.HiddenInput)


class ScopeForm(forms.Form):
    """The scope of the figures; what else narrows it (a session, a body) goes along unseen."""

    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    sphere = forms.ChoiceField(
        label=_("Sphere"), required=False, choices=[("", _("All spheres")), *SphereKey.choices]
    )
    since = _date_field(_("Asked from"))
    until = _date_field(_("Asked until"))
    session = _hidden()
    meeting = _hidden()
    body = _hidden()

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        campaigns = [(each.slug, str(localized(each, "title"))) for each in Campaign.objects.all()]
        regions = Place.objects.filter(level=PlaceLevel.REGION).order_by("kato")
        choices = [(each.kato[:2], str(localized(each, "name"))) for each in regions]
        self._choose("campaign", [("", _("All campaigns")), *campaigns])
        self._choose("region", [("", _("All regions")), *choices])

    def scope(self) -> Scope:
        """Return the scope; a part that was not understood narrows nothing, and the form says so."""
        self.full_clean()
        return Scope(**{name: value for name, value in self.cleaned_data.items() if value})

    def _choose(self, name: str, choices: list[tuple[str, Text]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
