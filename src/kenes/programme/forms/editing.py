"""Forms with which editors prepare the programme. They judge by the same rules as the actions."""

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models import User
from kenes.programme import rules
from kenes.programme.errors import RegionHasNoLetters
from kenes.programme.forms.ruled import CodeField, RuledForm, ZonedTimes, tell_errors
from kenes.programme.models import (
    AgendaItem,
    AgendaSpeaker,
    Campaign,
    Material,
    Meeting,
    StrategicSession,
    VideoStream,
)
from kenes.programme.queries import region_of
from kenes.programme.states import SphereKey
from kenes.programme.streams import check_stream
from kenes.territories.models import Place
from kenes.territories.states import PlaceLevel


class CampaignForm(RuledForm):
    """A campaign."""

    spheres = forms.MultipleChoiceField(
        label=_("Spheres"), choices=SphereKey.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Campaign
        fields = (
            "title_kk",
            "title_ru",
            "title_en",
            "slug",
            "host",
            "starts_on",
            "ends_on",
            "spheres",
            "intended_meetings",
            "is_illustrative",
            "summary_kk",
            "summary_ru",
            "summary_en",
        )

    def check_rules(self, row: Campaign) -> None:
        rules.check_campaign(row)


class SessionForm(RuledForm):
    """A strategic session of a region."""

    region: forms.ModelChoiceField[Place] = forms.ModelChoiceField(
        label=_("Region"), queryset=Place.objects.filter(level=PlaceLevel.REGION).order_by("kato")
    )

    class Meta:
        model = StrategicSession
        fields = (
            "title_kk",
            "title_ru",
            "title_en",
            "campaign",
            "region",
            "starts_on",
            "ends_on",
            "summary_kk",
            "summary_ru",
            "summary_en",
        )

    def check_rules(self, row: StrategicSession) -> None:
        rules.check_dates(row.starts_on, row.ends_on)


class MeetingForm(ZonedTimes):
    """A meeting, and what becomes of the questions in its room."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Meeting
        fields = (
            "title_kk",
            "title_ru",
            "title_en",
            "session",
            "kind",
            "sphere",
            "second_sphere",
            "host",
            "place",
            "format",
            "languages",
            "zone",
            "starts_at",
            "ends_at",
            "publishing",
            "who_may_ask",
            "who_may_vote",
            "summary_kk",
            "summary_ru",
            "summary_en",
        )
        help_texts = {"place": _("Type a name or the nine digits. Its region gives the room its code.")}

    def zone(self) -> str:
        typed = self.data.get(self.add_prefix("zone")) if self.is_bound else None
        return str(typed or self.instance.zone)

    def check_rules(self, row: Meeting) -> None:
        rules.check_meeting(row)
        if row._state.adding and not region_of(row.place).letters:
            raise RegionHasNoLetters()


class AgendaItemForm(ZonedTimes):
    """A point of the agenda. Its own times are judged with the meeting's, by the formset or the page."""

    class Meta:
        model = AgendaItem
        fields = ("position", "title_kk", "title_ru", "title_en", "starts_at", "ends_at")

    def __init__(self, *args: Any, zone: str = "", **kwargs: Any) -> None:
        self._zone = zone
        super().__init__(*args, **kwargs)

    def zone(self) -> str:
        return self._zone or self.instance.meeting.zone


class AgendaFormSet(forms.BaseInlineFormSet[Any, Any, Any]):
    """A meeting's points; each lies within the meeting, whose own times may be changing with them."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "zone": self.instance.zone}

    def clean(self) -> None:
        super().clean()
        meeting: Any = self.instance
        if not (meeting.starts_at and meeting.ends_at):
            return  # told at the meeting's own fields
        gone = self.deleted_forms
        for form in self.forms:
            if form not in gone and form.cleaned_data.get("starts_at"):
                tell_errors(partial(rules.check_agenda_item, form.instance, meeting), form)


class SpeakerForm(RuledForm):
    """Who speaks to a point."""

    titles = ("role",)
    user = CodeField(
        label=_("Account"),
        queryset=User.objects.filter(is_active=True),
        to_field_name="email",
        required=False,
        help_text=_("The e-mail address of the speaker's account, if they follow the speakers' view."),
        error_messages={"invalid_choice": _("No account has this e-mail address.")},
    )

    class Meta:
        model = AgendaSpeaker
        fields = ("position", "role_kk", "role_ru", "role_en", "organisation", "user")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.user_id:
            self.initial["user"] = self.instance.user


class StreamForm(RuledForm):
    """Where the meeting is seen or heard."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("The floor")), *settings.LANGUAGES]
    )

    url = forms.URLField(label=_("Address"), assume_scheme="https")

    class Meta:
        model = VideoStream
        fields = ("position", "kind", "url", "language")

    def check_rules(self, row: VideoStream) -> None:
        check_stream(kind=row.kind, url=row.url, language=row.language)


class MaterialForm(RuledForm):
    """A document or a link. A file was kept, or refused, before the form is judged."""

    file = forms.FileField(label=_("File"), required=False)
    url = forms.URLField(label=_("Link"), assume_scheme="https", required=False)

    class Meta:
        model = Material
        fields = ("title_kk", "title_ru", "title_en", "file", "url")

    def clean_file(self) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        refusal = getattr(file, "refusal", None)
        if refusal is not None:
            raise ValidationError(str(refusal))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kept = getattr(cleaned.get("file"), "kept", None)
        if kept is not None:
            self.instance.upload = kept
        return cleaned

    def check_rules(self, row: Material) -> None:
        rules.check_material(row)
