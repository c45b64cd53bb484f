"""The register's filter, as it stands in the address."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.programme.states import SphereKey
from kenes.questions.states import Channel
from kenes.register.asked import LONGEST
from kenes.register.queries import Choices, Counts, RegisterFilter
from kenes.register.states import GROUPS, Sort

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# A name in the address, and what it narrows.
_FIELDS = {
    "q": "words",
    "region": "region",
    "sphere": "sphere",
    "body": "body",
    "state": "group",
    "late": "is_late",
    "language": "language",
    "channel": "channel",
    "since": "since",
    "until": "until",
    "meeting": "meeting",
    "session": "session",
    "campaign": "campaign",
}
_CODE = r"^[-A-Za-z0-9_]*$"


class RegisterForm(forms.Form):
    """Narrows the register; a field that is not understood narrows nothing and says so."""

    q = forms.CharField(label=_("Words, a “phrase”, or a code"), required=False, max_length=LONGEST)
    region = forms.RegexField(r"^[0-9]{2}$", label=_("Region"), required=False, widget=forms.Select)
    sphere = forms.ChoiceField(
        label=_("Sphere"), required=False, choices=[("", _("All spheres")), *SphereKey.choices]
    )
    body = forms.RegexField(
        _CODE, label=_("Body that owes or gave the answer"), required=False, widget=forms.Select
    )
    language = forms.ChoiceField(
        label=_("Language of the question"),
        required=False,
        choices=[("", _("In any language")), *settings.LANGUAGES],
    )
    channel = forms.ChoiceField(
        label=_("How it came"), required=False, choices=[("", _("In any way")), *Channel.choices]
    )
    since = forms.DateField(label=_("Asked from"), required=False, widget=_DAY)
    until = forms.DateField(label=_("Asked until"), required=False, widget=_DAY)
    meeting = forms.RegexField(_CODE, label=_("Meeting, by its code"), required=False, max_length=12)
    late = forms.BooleanField(label=_("Only those whose answer is late"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=Sort.choices)
    session = forms.RegexField(_CODE, required=False, max_length=16, widget=forms.HiddenInput)
    campaign = forms.RegexField(_CODE, required=False, max_length=60, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        required=False, choices=[(group, group.label) for group in GROUPS], widget=forms.HiddenInput
    )

    def narrowed(self) -> RegisterFilter:
        """Return the filter that the address asks for."""
        self.full_clean()
        given = {part: self.cleaned_data.get(name) for name, part in _FIELDS.items()}
        return RegisterFilter(**{part: value for part, value in given.items() if value})

    @property
    def order(self) -> Sort:
        """The order asked for; the best match first where there are words and nothing else is asked."""
        asked = self.cleaned_data.get("sort")
        if asked:
            return Sort(asked)
        return Sort.RELEVANCE if self.cleaned_data.get("q") else Sort.NEWEST

    def offer(self, counts: Counts, choices: Choices) -> None:
        """Show what may be chosen, with how many questions stand under each."""
        self._choose("region", _("All regions"), choices.regions, counts.regions)
        self._choose("sphere", _("All spheres"), SphereKey.choices, counts.spheres)
        self._choose("body", _("All bodies"), choices.bodies, {})
        self.initial["sort"] = self.order

    @property
    def further(self) -> list[forms.BoundField]:
        """The fields that are folded away until one of them narrows the list."""
        return [field for field in self.visible_fields() if field.name != "q"]

    @property
    def is_narrowed_further(self) -> bool:
        """Whether one of the folded fields is filled in, or not understood."""
        return any(field.errors or (field.value() and field.name != "sort") for field in self.further)

    def _choose(
        self,
        name: str,
        everything: str | Promise,
        choices: Sequence[tuple[str, str | Promise]],
        counts: Mapping[str, int],
    ) -> None:
        widget = self.fields[name].widget
        if isinstance(widget, forms.Select):
            named = [(value, _with_count(label, counts.get(value))) for value, label in choices]
            widget.choices = [("", everything), *named]


def query_of(address: Mapping[str, str]) -> str:
    """Return the address's filters in one order, without the order and place of the list."""
    form = RegisterForm(address)
    form.full_clean()
    return urlencode({name: address.get(name, "") for name in _FIELDS if form.cleaned_data.get(name)})


def filter_of(query: str) -> RegisterFilter:
    """Return the filter of an address's query."""
    return RegisterForm(dict(parse_qsl(query))).narrowed()


def _with_count(label: str | Promise, count: int | None) -> Any:
    return label if count is None else f"{label} ({count})"
