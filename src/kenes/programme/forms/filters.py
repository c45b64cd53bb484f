"""Forms of the programme's public pages."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from kenes.core.languages import localized
from kenes.programme.queries import MeetingFilter
from kenes.programme.states import MeetingFormat, MeetingState, SphereKey
from kenes.territories.models import Place


class MeetingFilterForm(forms.Form):
    """Narrows a list of meetings; it stands in the address. A value that is not on offer is left out."""

    sphere = forms.ChoiceField(
        label=_("Sphere"), required=False, choices=[("", _("All spheres")), *SphereKey.choices]
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("In any state")), *MeetingState.choices]
    )
    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("In any format")), *MeetingFormat.choices]
    )

    def __init__(self, *args: object, regions: Iterable[Place], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [(region.kato[:2], str(localized(region, "name"))) for region in regions]
        self.fields["region"].choices = [("", _("All regions")), *offered]  # type: ignore[attr-defined]

    def narrowed(self) -> MeetingFilter:
        """Return what the list is narrowed to."""
        self.is_valid()
        return MeetingFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})
