"""`{{ form }}` gives fields whose help and errors a screen reader finds."""

import re

from django import forms
from django.template import Context, Template
from django.utils.translation import override


class AskForm(forms.Form):
    text = forms.CharField(label="Question", help_text="Short.")
    name = forms.CharField(label="Name", required=False)


def rendered(form: forms.Form) -> str:
    with override("en"):
        return Template("{{ form }}").render(Context({"form": form}))


def test_a_wrong_field_names_its_help_and_its_error() -> None:
    html = rendered(AskForm({"text": ""}))
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert described[1].split() == ["id_text_helptext", "id_text_error"]
    assert set(described[1].split()) - ids == set()
    assert html.count('aria-invalid="true"') == 1


def test_the_summary_links_to_the_wrong_field() -> None:
    html = rendered(AskForm({"text": ""}))
    assert re.findall(r'<a href="#([^"]+)"', html) == ["id_text"]


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered(AskForm()).count("error-summary") == 0


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert rendered(AskForm()).count("(optional)") == 1
