"""Forms of the portal's lists; they stand in the address."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class QuestionFilterForm(forms.Form):
    """Narrows the list of questions; what else narrows it goes along unseen."""

    q = forms.CharField(label=_("Words or a code"), required=False, max_length=200)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("In any language")), *settings.LANGUAGES]
    )
    region = forms.CharField(required=False, widget=forms.HiddenInput)
    campaign = forms.CharField(required=False, widget=forms.HiddenInput)
    meeting = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.CharField(required=False, widget=forms.HiddenInput)
