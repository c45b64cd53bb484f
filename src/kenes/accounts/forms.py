"""What a person fills in about themselves."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenes.accounts.actions import change_profile, give_consent
from kenes.accounts.models import User
from kenes.accounts.states import Purpose

if TYPE_CHECKING:
    from django.http import HttpRequest


class SignUpForm(forms.Form):
    """What is asked for beside the e-mail address when an account is made."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("How you wish to be shown. You can leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agrees = forms.BooleanField(
        label=_("I have read the privacy notice and agree that my e-mail address and name are kept."),
        error_messages={"required": _("Without your agreement no account can be made.")},
    )

    field_order = ["email", "name", "agrees"]

    def signup(self, request: "HttpRequest", user: User) -> None:
        """Keep name, the page's language and the consent (allauth calls it with the new user)."""
        language = get_language() or settings.LANGUAGE_CODE
        change_profile(user, name=self.cleaned_data["name"], language=language)
        give_consent(user, purpose=Purpose.ACCOUNT, at=timezone.now())


class ConsentForm(forms.Form):
    """The consent asked for at the first sign-in, and after the notice has changed."""

    agrees = forms.BooleanField(
        label=_("I have read the privacy notice and agree that my e-mail address and name are kept."),
        error_messages={"required": _("Without your agreement the account cannot be used.")},
    )


class ProfileForm(forms.ModelForm[User]):
    """Name and language."""

    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("How you wish to be shown. You can leave it empty.")
        self.fields["language"].help_text = _("The language of the messages we send you.")


class EraseForm(forms.Form):
    """The confirmation that everything about the person is to be erased."""

    email = forms.EmailField(
        label=_("Type your e-mail address to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
