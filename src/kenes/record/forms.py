"""Forms of the record's page: a receipt to check, two heads to compare."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenes.record.checks import MOST_CHARACTERS, Receipt, read_receipt
from kenes.record.errors import ReceiptUnreadable


class ReceiptForm(forms.Form):
    """A receipt as text or as the file that was downloaded."""

    text = forms.CharField(
        label=_("The receipt's text"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(label=_("Or its file"), required=False, help_text=_("The file that you saved."))

    def clean(self) -> dict[str, Any]:
        """Put what was read under `receipt`."""
        given: dict[str, Any] = self.cleaned_data
        upload = given.get("file")
        try:
            text = upload.read(MOST_CHARACTERS).decode() if upload else given.get("text") or ""
            receipt: Receipt = read_receipt(text)
        except (ReceiptUnreadable, UnicodeDecodeError):
            raise forms.ValidationError(str(ReceiptUnreadable())) from None
        return {**given, "receipt": receipt}


class HeadsForm(forms.Form):
    """Two signed heads, by the number of their entries."""

    old = forms.IntegerField(label=_("Entries in the earlier head"), min_value=0)
    new = forms.IntegerField(label=_("Entries in the later head"), min_value=0)
