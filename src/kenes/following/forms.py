"""Forms of following. Rules stand in the actions; a form only asks for the words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kenes.following.states import Pace
from kenes.notices.channels import has_text_channel
from kenes.notices.states import Channel

_EMAIL = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})


class FollowForm(forms.Form):
    """An address to which news of something go."""

    address = forms.CharField(label=_("E-mail address"), max_length=254, widget=_EMAIL)
    pace = forms.ChoiceField(
        label=_("How often"), choices=Pace.choices, initial=Pace.AT_ONCE, widget=forms.RadioSelect
    )
    consent = forms.BooleanField(
        label=_("I agree that this address is kept for these letters until I end them."),
        error_messages={"required": _("Without your consent the address cannot be kept.")},
    )


class ContactForm(forms.Form):
    """Where the asker of a question wishes to be told."""

    channel = forms.ChoiceField(
        label=_("By"),
        choices=[(Channel.EMAIL, _("E-mail")), (Channel.TEXT, _("Text message"))],
        initial=Channel.EMAIL,
        widget=forms.RadioSelect,
    )
    address = forms.CharField(
        label=_("E-mail address, or number with + and the country's code"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=_("I agree that it is kept for news of this question, and erased a month after its end."),
        error_messages={"required": _("Without your consent it cannot be kept.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not has_text_channel():
            self.fields["channel"].widget = forms.HiddenInput()
            self.fields["address"].label = _("E-mail address")
            self.fields["address"].widget = _EMAIL


class DigitsForm(forms.Form):
    """The digits that were sent to a number."""

    digits = forms.CharField(
        label=_("The six digits from the message"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AddressForm(forms.Form):
    """An address whose owner wishes to see all it follows."""

    address = forms.CharField(label=_("E-mail address"), max_length=254, widget=_EMAIL)


class RatingForm(forms.Form):
    """The asker's opinion of an answer."""

    score = forms.TypedChoiceField(
        label=_("How well does the answer answer your question?"),
        coerce=int,
        choices=[
            (5, _("5: completely")),
            (4, _("4: mostly")),
            (3, _("3: in part")),
            (2, _("2: hardly")),
            (1, _("1: not at all")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("A few words to the unit"),
        required=False,
        max_length=1000,
        help_text=_("They are not published."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopeningForm(forms.Form):
    """Why the answer does not answer the question."""

    reason = forms.CharField(
        label=_("What is still not answered?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
