"""The form by which a receipt opens its question."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceiptForm(forms.Form):
    """Code and secret as they stand on the receipt."""

    code = forms.CharField(
        label=_("Number of the question"),
        max_length=40,
        help_text=_("As on the receipt, like AKM-2-0147, or in digits alone."),
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=60,
        help_text=_("Four groups of five letters and digits. Dashes and capitals do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
