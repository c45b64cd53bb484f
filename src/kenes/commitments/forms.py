"""Forms of commitments: the filter in the address, and what is done with one. Rules stand in the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenes.commitments.rules import EVIDENCE_MOST, REASON_MOST, REPORT_MOST, TEXT_MOST
from kenes.organisations.forms import UnitField
from kenes.organisations.models import Organisation
from kenes.programme.states import SphereKey

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CommitmentFilterForm(forms.Form):
    """Narrows the list of commitments; what else narrows it goes along unseen."""

    q = forms.CharField(label=_("Words or a code"), required=False, max_length=200)
    region = forms.ChoiceField(label=_("Region"), required=False)
    sphere = forms.ChoiceField(
        label=_("Sphere"), required=False, choices=[("", _("All spheres")), *SphereKey.choices]
    )
    body = forms.ChoiceField(label=_("Executing body"), required=False)
    since = forms.DateField(label=_("Due from"), required=False, widget=DAY)
    until = forms.DateField(label=_("Due until"), required=False, widget=DAY)
    slipped = forms.BooleanField(label=_("Only those whose date was moved later"), required=False)
    state = forms.CharField(required=False, widget=forms.HiddenInput)
    meeting = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    campaign = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, regions: Sequence[tuple[str, str]], bodies: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        for name, choices, everything in (
            ("region", regions, _("All regions")),
            ("body", bodies, _("All bodies")),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", everything), *choices]

    @property
    def further(self) -> list[forms.BoundField]:
        """The fields that are folded away until one of them narrows the list."""
        return [field for field in self.visible_fields() if field.name != "q"]

    @property
    def is_narrowed_further(self) -> bool:
        """Whether one of the folded fields is filled in."""
        return any(field.value() for field in self.further)


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, at most as many as one report takes."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the files that were sent, none where there are none."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in sent if file]


class ReportForm(forms.Form):
    """What an executing body did, with what shows it; the same form submits it as done."""

    body = forms.ChoiceField(label=_("On behalf of"))
    text = forms.CharField(
        label=_("What was done"),
        max_length=REPORT_MOST,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": REPORT_MOST}),
    )
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)
    evidence = ManyFilesField(
        label=_("Files that show it"),
        required=False,
        help_text=_("Everybody can open them. Leave people's personal data out of them."),
    )
    link = forms.URLField(
        label=_("Or a link that shows it"), required=False, max_length=500, assume_scheme="https"
    )
    title = forms.CharField(label=_("What is shown there"), required=False, max_length=200)

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        if isinstance(body, forms.ChoiceField):
            body.choices = bodies
        if len(bodies) == 1:
            body.initial = bodies[0][0]
            body.widget = forms.HiddenInput()
        self.fields["language"].initial = get_language()
        self.use_required_attribute = False

    def clean_evidence(self) -> "list[UploadedFile[Any]]":
        """Return the files; more than one report takes are refused."""
        files: list[UploadedFile[Any]] = self.cleaned_data["evidence"]
        if len(files) > EVIDENCE_MOST:
            raise forms.ValidationError(
                _("At most %(most)s files can be sent with one report."), params={"most": EVIDENCE_MOST}
            )
        return files


class AcceptForm(forms.Form):
    """Acceptance, with a note where there is something to say."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody can read it."),
    )


class ReasonForm(forms.Form):
    """A return or a cancellation: everybody can read the reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody can read it."),
    )


class CommitmentDueDateForm(forms.Form):
    """Another date; a later one needs a reason."""

    due_on = forms.DateField(label=_("Due on"), widget=DAY)
    reason = forms.CharField(
        label=_("Why the date moves"),
        required=False,
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A later date needs a reason, which everybody can read."),
    )


class TranslationForm(forms.Form):
    """The promise in a language it is not there in yet."""

    language = forms.ChoiceField(label=_("Language"))
    text = forms.CharField(
        label=_("The promise in this language"),
        max_length=TEXT_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, missing: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [(code, name) for code, name in settings.LANGUAGES if code in missing]


class CoExecutorForm(forms.Form):
    """One more body that takes part."""

    organisation = UnitField(
        label=_("Who takes part in it"), help_text=_("Type a part of its name and pick it from the list.")
    )


def body_choices(bodies: Sequence[Organisation]) -> list[tuple[str, str]]:
    """Return bodies as choices by their public id."""
    return [(body.public_id, str(body.name)) for body in bodies]
