"""Forms of the desk of answers. Rules stand in the actions; a form only asks for the words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from kenes.answering.actions import DraftWords
from kenes.answering.errors import SignatureIsNoCms
from kenes.answering.models import AnswerTemplate
from kenes.answering.queries import QueueFilter
from kenes.answering.rules import (
    COMMENT_MOST,
    ROLE_MOST,
    SIGNATURE_MOST_BYTES,
    TEXT_MOST,
    CommitmentWords,
    NoCommitment,
    PromiseMark,
)
from kenes.answering.states import OBLIGATORY_LANGUAGES, BulkVerb, WorkVerb
from kenes.core.languages import LANGUAGES
from kenes.deadlines.states import TOLD_BY_A_PERSON
from kenes.files.rules import CMS, find_type
from kenes.organisations.forms import UnitField
from kenes.programme.states import SphereKey
from kenes.questions.states import RefusalGround

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LANGUAGE_CHOICES = [(code, name) for code, name in settings.LANGUAGES]
MADE, NONE = "made", "none"
PROMISE_CHOICES = [(MADE, _("Commitment: something is promised")), (NONE, _("No commitment"))]


def _say_needed(form: forms.Form, *names: str) -> None:
    """Let these fields not be called optional: the form is taken without them, the act asks for them."""
    for name in names:
        form.fields[name].is_needed = True  # type: ignore[attr-defined]


def _text(
    label: "_StrPromise", *, rows: int = 3, is_required: bool = True, most: int = 1000, lang: str = ""
) -> forms.CharField:
    attrs: dict[str, object] = {"rows": rows, "maxlength": most}
    if lang:
        attrs["lang"] = lang
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs=attrs), required=is_required, max_length=most
    )


def _day(label: "_StrPromise", *, is_required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=is_required)


class QueueFilterForm(forms.Form):
    """Narrows the queue; it stands in the address. A value that is not on offer is left out."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    sphere = forms.ChoiceField(
        label=_("Sphere"), required=False, choices=[("", _("All spheres")), *SphereKey.choices]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("In any language")), *LANGUAGE_CHOICES]
    )
    late = forms.BooleanField(label=_("Late ones only"), required=False)
    state = forms.CharField(required=False, widget=forms.HiddenInput)
    alike = forms.CharField(required=False, widget=forms.HiddenInput)
    many = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, units: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].choices = [("", _("All my units")), *units]  # type: ignore[attr-defined]

    def narrowed(self) -> QueueFilter:
        """Return what the queue is narrowed to."""
        self.is_valid()
        said = self.cleaned_data
        texts = {name: said.get(name, "") for name in ("unit", "state", "sphere", "language")}
        return QueueFilter(**texts, is_late=bool(said.get("late")))


class VersionForm(forms.Form):
    """An act on the version that the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CheckForm(VersionForm):
    """Which language's translation is confirmed."""

    language = forms.ChoiceField(choices=LANGUAGE_CHOICES, widget=forms.HiddenInput)


class TextsForm(forms.Form):
    """The texts side by side."""

    kk = _text(_("In Kazakh"), rows=12, is_required=False, most=TEXT_MOST, lang="kk")
    ru = _text(_("In Russian"), rows=12, is_required=False, most=TEXT_MOST, lang="ru")
    en = _text(_("In English"), rows=12, is_required=False, most=TEXT_MOST, lang="en")
    original = forms.ChoiceField(label=_("Written first in"), choices=LANGUAGE_CHOICES)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # What an answer must have is said when it is submitted, so that half a text can be saved.
        _say_needed(self, *OBLIGATORY_LANGUAGES)
        self.use_required_attribute = False

    def words(self) -> DraftWords:
        """Return what is to be saved; where the original is empty, the text that is there is it."""
        texts = {language: self.cleaned_data[language] for language in LANGUAGES}
        wanted = self.cleaned_data["original"]
        written = [language for language in (wanted, *LANGUAGES) if texts[language].strip()]
        return DraftWords(texts, written[0] if written else wanted)


class DraftForm(TextsForm):
    """The texts of one question, and the version they were written over (0: none)."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BulkDraftForm(TextsForm):
    """One text for many questions; `{code}` and its like are filled in for each."""

    template = forms.ChoiceField(label=_("Template"), required=False)
    field_order = ["template", "kk", "ru", "en", "original"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[language].widget.attrs["rows"] = 6
        self.fields["kk"].help_text = _(
            "{code}, {meeting}, {day} and {unit} are filled in for each question."
        )

    def offer(self, templates: Iterable[AnswerTemplate]) -> None:
        """Offer these templates; without any the field is left out."""
        choices = [(template.public_id, template.name) for template in templates]
        if choices:
            self.fields["template"].choices = [("", _("No template")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["template"]

    @property
    def common(self) -> list[forms.BoundField]:
        """The fields of the text itself."""
        return [self[name] for name in self.fields if name != "template"]


class TranslationForm(forms.Form):
    """A translation handed in by who may not write the draft."""

    text = _text(_("The translation"), rows=10, most=TEXT_MOST)
    language = forms.ChoiceField(choices=LANGUAGE_CHOICES, widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CommentForm(forms.Form):
    """A remark for the unit."""

    text = _text(_("Comment for the unit"), most=COMMENT_MOST)


class ReasonForm(forms.Form):
    """A reason that the act requires."""

    reason = _text(_("Reason"), rows=2)


class RefuseForm(forms.Form):
    """A refusal with its ground and its text."""

    ground = forms.ChoiceField(label=_("Ground"), choices=RefusalGround.choices)
    reason = _text(_("Words to the asker"))


class PassOnForm(forms.Form):
    """Under which number the question went on as a formal appeal, and when."""

    number = forms.CharField(label=_("Number of the appeal"), max_length=60)
    on = _day(_("Registered on"))


class ExtendForm(forms.Form):
    """How much longer the term runs, in the unit of its policy, and why."""

    count = forms.IntegerField(label=_("By how many"), min_value=1, max_value=400, initial=1)
    reason = _text(_("Reason"), rows=2)

    def __init__(self, *args: object, allowed: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["count"].help_text = allowed


class PartForm(forms.Form):
    """Which part goes to which unit."""

    organisation = UnitField(
        label=_("To the unit"), help_text=_("Type a part of its name and pick it from the list.")
    )
    subject = _text(_("Which part, in words that everybody may read"), rows=2)


class ToldForm(forms.Form):
    """How a person told the asker."""

    way = forms.ChoiceField(
        label=_("The asker was told"), choices=[(way.value, way.label) for way in TOLD_BY_A_PERSON]
    )


class PartAnswerForm(forms.Form):
    """The answer to a part, in both languages, and as whom it is signed."""

    kk = _text(_("In Kazakh"), rows=8, most=TEXT_MOST, lang="kk")
    ru = _text(_("In Russian"), rows=8, most=TEXT_MOST, lang="ru")
    answered_by = forms.CharField(
        label=_("Signed by: role and body"), max_length=ROLE_MOST, help_text=_("As it is published. No name.")
    )


class OnwardForm(forms.Form):
    """Another unit that should answer."""

    organisation = UnitField(
        label=_("To the unit"), help_text=_("Type a part of its name and pick it from the list.")
    )
    reason = _text(_("Reason"), rows=2, is_required=False)


class MarkForm(forms.Form):
    """Whether the answer makes a commitment: what, who, by when."""

    promise = forms.ChoiceField(
        label=_("Does the answer make a commitment?"),
        choices=PROMISE_CHOICES,
        widget=forms.RadioSelect,
        required=False,
    )
    what_kk = _text(_("What is promised, in Kazakh"), rows=2, is_required=False, lang="kk")
    what_ru = _text(_("What is promised, in Russian"), rows=2, is_required=False, lang="ru")
    executor = UnitField(label=_("Who does it"), required=False)
    due_on = _day(_("By when"), is_required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _say_needed(self, "promise", "what_kk", "what_ru", "executor", "due_on")

    def mark(self) -> PromiseMark | None:
        """Return the mark; None where none was chosen."""
        said = self.cleaned_data
        if said["promise"] == NONE:
            return NoCommitment()
        if said["promise"] != MADE:
            return None
        texts = {"kk": said["what_kk"], "ru": said["what_ru"]}
        return CommitmentWords(texts, said["executor"], said["due_on"])


class SignForm(MarkForm):
    """The signature: as whom, with which mark, and the file of a digital signature."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    signed_as = forms.CharField(
        label=_("Signed by: role and body"), max_length=ROLE_MOST, help_text=_("As it is published. No name.")
    )
    file = forms.FileField(
        label=_("File of the digital signature"),
        required=False,
        help_text=_(
            "A detached CMS file (.p7s, .cms, .sig) over the text to be signed, which stands above as a "
            "file. It is shown beside the answer, not judged."
        ),
    )
    leave_reason = forms.CharField(
        label=_("Why personal data in it may stay"),
        required=False,
        max_length=200,
        help_text=_("Only where it names some: for example, an office's telephone."),
    )

    def clean_file(self) -> File | None:  # type: ignore[type-arg]
        """Return the file, if it is a signature, before it is kept. Raises: ValidationError."""
        file: File | None = self.cleaned_data["file"]  # type: ignore[type-arg]
        if file is None:
            return None
        if file.size > SIGNATURE_MOST_BYTES or find_type(cast("BinaryIO", file)) != CMS:
            raise forms.ValidationError(str(SignatureIsNoCms()))
        return file

    field_order = [
        "signed_as",
        "promise",
        "what_kk",
        "what_ru",
        "executor",
        "due_on",
        "file",
        "leave_reason",
        "version",
    ]


class BulkSignForm(MarkForm):
    """One signature for many answers."""

    signed_as = forms.CharField(
        label=_("Signed by: role and body"), max_length=ROLE_MOST, help_text=_("As it is published. No name.")
    )
    field_order = ["signed_as", "promise", "what_kk", "what_ru", "executor", "due_on"]


class EmptyForm(forms.Form):
    """An act that asks for nothing."""


FORMS: Mapping[WorkVerb, type[forms.Form]] = {
    WorkVerb.DECLINE: ReasonForm,
    WorkVerb.SAVE: DraftForm,
    WorkVerb.COMMENT: CommentForm,
    WorkVerb.FINISH_TRANSLATION: TranslationForm,
    WorkVerb.CHECK_TRANSLATION: CheckForm,
    WorkVerb.ASK_TRANSLATION: CheckForm,
    WorkVerb.SUBMIT: VersionForm,
    WorkVerb.CLEAR: VersionForm,
    WorkVerb.SEND_BACK: ReasonForm,
    WorkVerb.SIGN: SignForm,
    WorkVerb.ASSIGN_ONWARD: OnwardForm,
    WorkVerb.EXTEND: ExtendForm,
    WorkVerb.PAUSE: ReasonForm,
    WorkVerb.PASS_PART: PartForm,
    WorkVerb.TELL_ASKER: ToldForm,
    WorkVerb.REFUSE: RefuseForm,
    WorkVerb.PASS_ON: PassOnForm,
}

BULK_FORMS: Mapping[BulkVerb, type[forms.Form]] = {
    BulkVerb.ACCEPT: EmptyForm,
    BulkVerb.DRAFT: BulkDraftForm,
    BulkVerb.CHECK: EmptyForm,
    BulkVerb.CLEAR: EmptyForm,
    BulkVerb.SIGN: BulkSignForm,
    BulkVerb.ASSIGN_ONWARD: OnwardForm,
}
