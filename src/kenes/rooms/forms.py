"""Forms of the room and of its desk. Rules stand in the actions; a form only asks for the words."""

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import KenesError
from kenes.core.languages import localized
from kenes.following.rules import clean_contact
from kenes.organisations.forms import UnitField
from kenes.programme.models import AgendaSpeaker, Meeting
from kenes.programme.queries import agenda_of
from kenes.programme.states import Audience, Publishing
from kenes.questions.rules import NAME_MOST, TEXT_MOST
from kenes.questions.states import Channel, RefusalGround

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LANGUAGE_CHOICES = [(code, name) for code, name in settings.LANGUAGES]


def _text(
    label: "_StrPromise", *, rows: int = 4, is_required: bool = True, most: int = TEXT_MOST
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, widget=widget, required=is_required, max_length=most)


class AskForm(forms.Form):
    """A question of somebody in the room."""

    text = _text(_("Your question"))
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=NAME_MOST,
        help_text=_("As others may see it: with your body and place if you wish."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of the question"), choices=LANGUAGE_CHOICES)
    anonymous = forms.BooleanField(
        label=_("Do not show my name"),
        required=False,
        help_text=_("The moderator sees it, the public does not."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["language"].initial = get_language()
        # Whether a text will do is said by the act, in its own words.
        self.use_required_attribute = False


class EnterForm(AskForm):
    """A question that an operator enters for somebody."""

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(key, Channel(key).label) for key in (Channel.PHONE, Channel.PAPER)]
    )
    contact = forms.CharField(
        label=_("Where they wish to be told"),
        required=False,
        max_length=254,
        help_text=_(
            "An e-mail address or a number, only if they agree; kept for news of this question alone."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["channel", "text", "name", "language", "anonymous", "contact"]

    def clean_contact(self) -> str:
        """Return an address or a number that can be written to, or nothing."""
        contact: str = self.cleaned_data["contact"]
        if not contact:
            return ""
        try:
            return clean_contact(contact)
        except KenesError as error:
            raise forms.ValidationError(str(error)) from None


class ReasonForm(forms.Form):
    """A reason that the act requires."""

    reason = _text(_("Reason"), rows=2, most=1000)


class RefuseForm(forms.Form):
    """A refusal with its ground."""

    ground = forms.ChoiceField(label=_("Ground"), choices=RefusalGround.choices)
    reason = _text(_("Words to the asker"), rows=2, is_required=False, most=1000)


class EditForm(forms.Form):
    """A moderator's edit; the text before it is kept."""

    text = _text(_("Text of the question"))
    reason = _text(_("Why it is edited"), rows=2, is_required=False, most=1000)


class SaidForm(forms.Form):
    """Something said in the meeting: by a speaker of the agenda, or by whom role and body tell."""

    speaker = forms.ChoiceField(required=False)
    answered_by = forms.CharField(
        label=_("Or: role and body"), required=False, max_length=200, help_text=_("No name is needed.")
    )
    language = forms.ChoiceField(choices=LANGUAGE_CHOICES)

    def __init__(self, *args: object, meeting: Meeting, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.speakers = {
            str(speaker.pk): speaker for item in agenda_of(meeting) for speaker in item.speakers.all()
        }
        choices = [(key, role_and_body(speaker)) for key, speaker in self.speakers.items()]
        speaker = self.fields["speaker"]
        if isinstance(speaker, forms.ChoiceField):
            speaker.choices = [("", _("Somebody else")), *choices]
        self.fields["language"].initial = get_language()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not cleaned.get("speaker") and not cleaned.get("answered_by"):
            self.add_error("answered_by", _("Choose who said it, or type the role and the body."))
        return cleaned

    @property
    def chosen(self) -> AgendaSpeaker | None:
        """The agenda's speaker who said it, if one was picked."""
        return self.speakers.get(self.cleaned_data.get("speaker", ""))


class AnswerForm(SaidForm):
    """An answer given aloud."""

    summary = _text(_("What was answered, in short"))
    second = forms.IntegerField(
        label=_("Second of the recording"), required=False, min_value=0, max_value=86_400
    )
    leave_reason = forms.CharField(
        label=_("Why personal data in it may stay"),
        required=False,
        max_length=200,
        help_text=_("Only where it names some: for example, an office's telephone."),
    )
    field_order = ["speaker", "answered_by", "summary", "language", "second", "leave_reason"]

    def __init__(self, *args: object, meeting: Meeting, **kwargs: object) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["speaker"].label = _("Who answered")
        self.fields["language"].label = _("Language of the summary")


class PromiseForm(SaidForm):
    """A promise made aloud: what, who keeps it, by when, and who said it."""

    text = _text(_("What was promised"), rows=3, most=1000)
    organisation = UnitField(
        label=_("Who keeps it"), help_text=_("Type a part of its name and pick it from the list.")
    )
    co_executor = UnitField(
        label=_("Who takes part in it"), required=False, help_text=_("More can be added on its page later.")
    )
    due_on = forms.DateField(
        label=_("By when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    item = forms.ChoiceField(
        label=_("Announced in a report"),
        required=False,
        help_text=_("For a key task that a report on the agenda names."),
    )
    field_order = [
        "text",
        "language",
        "organisation",
        "co_executor",
        "due_on",
        "speaker",
        "answered_by",
        "item",
    ]

    def __init__(self, *args: object, meeting: Meeting, **kwargs: object) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        items = [(item.public_id, localized(item, "title").text) for item in agenda_of(meeting)]
        item = self.fields["item"]
        if isinstance(item, forms.ChoiceField):
            item.choices = [("", _("No, said beside the reports")), *items]
        self.fields["language"].label = _("Language it was said in")
        self.fields["speaker"].label = _("Who promised it")
        self.use_required_attribute = False

    @property
    def made_by(self) -> str:
        """Role and body of who promised it, as typed or as the agenda has them."""
        typed: str = self.cleaned_data["answered_by"]
        return typed or (role_and_body(self.chosen) if self.chosen else "")


def role_and_body(speaker: AgendaSpeaker) -> str:
    """Return how a speaker is named: by role and body."""
    body = str(speaker.organisation) if speaker.organisation else ""
    return ", ".join(filter(None, [str(speaker.role), body]))


class AssignForm(forms.Form):
    """A unit, and the date by which it answers in writing where that is to be earlier than the clock's."""

    organisation = UnitField(
        label=_("Responsible unit"), help_text=_("Type a part of its name and pick it from the list.")
    )
    due_on = forms.DateField(
        label=_("Answer due on"),
        required=False,
        help_text=_("The clock's date, from the question's registration. An earlier one may be set."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = _text(_("Remark to the unit"), rows=2, is_required=False, most=1000)


class DueDateForm(forms.Form):
    """Another date of a written answer; a later one needs a reason."""

    due_on = forms.DateField(
        label=_("Answer due on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = _text(_("Reason"), rows=2, is_required=False, most=1000)


class ExtendForm(forms.Form):
    """More time for a written answer, within what its policy gives."""

    count = forms.IntegerField(label=_("By how many"), min_value=1, max_value=366)
    reason = _text(_("Reason"), rows=2, most=1000)

    def __init__(self, *args: object, allowed: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["count"].help_text = allowed


class MergeForm(forms.Form):
    """The question in which another lives on."""

    into = forms.CharField(
        label=_("Number of the question it lives on in"),
        max_length=40,
        help_text=_("As on the list, like AKM-2-0147, or in digits alone."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    reason = _text(_("Remark"), rows=2, is_required=False, most=1000)


class PassOnForm(forms.Form):
    """Number and date under which the state's appeal system has the question."""

    number = forms.CharField(label=_("Number of the appeal"), max_length=60)
    on = forms.DateField(
        label=_("Date of the appeal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AnnouncementForm(forms.Form):
    """A short text to everybody, in the languages there is time for."""

    kk = forms.CharField(label=_("In Kazakh"), required=False, max_length=500)
    ru = forms.CharField(label=_("In Russian"), required=False, max_length=500)
    en = forms.CharField(label=_("In English"), required=False, max_length=500)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not any(cleaned.values()):
            self.add_error(None, _("Please write the announcement in at least one language."))
        return cleaned


class PolicyForm(forms.Form):
    """What becomes of questions, and who may ask and vote."""

    publishing = forms.ChoiceField(label=_("New questions"), choices=Publishing.choices)
    ask = forms.ChoiceField(label=_("Who may ask"), choices=Audience.choices)
    vote = forms.ChoiceField(label=_("Who may vote"), choices=Audience.choices)


class EmptyForm(forms.Form):
    """An act that asks for nothing."""
