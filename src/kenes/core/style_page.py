"""`/style/`, in debug only: every part of the look, in both schemes."""

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenes.core.languages import LocalizedText
from kenes.core.paging import NumberedPage

SPHERES = ("civil_society", "religion", "interethnic", "youth", "family", "media")
STATES = (
    "held",
    "open",
    "staged",
    "assigned",
    "answered",
    "merged",
    "refused",
    "passed_on",
    "withdrawn",
)
COLOURS = ("paper", "surface", "sunken", "ink", "muted", "line", "accent", "gold", "danger", "good", "live")


class SampleForm(forms.Form):
    """One field of each sort."""

    text = forms.CharField(label="Question", widget=forms.Textarea, help_text="At most 600 characters.")
    name = forms.CharField(label="Name", required=False)
    email = forms.EmailField(label="E-mail address")
    language = forms.ChoiceField(
        label="Language", choices=[("kk", "Қазақша"), ("ru", "Русский")], widget=forms.RadioSelect
    )
    sphere = forms.ChoiceField(label="Sphere", choices=[(key, key) for key in SPHERES], required=False)
    anonymous = forms.BooleanField(label="Do not show my name", required=False)


def _cells(name: str, number: int) -> list[dict[str, object]]:
    return [
        {"text": name, "href": "#", "lang": "kk"},
        {"text": number, "label": "Meetings", "is_number": True},
        {"text": "2021-02-12", "label": "Day"},
    ]


def style_page(request: HttpRequest) -> HttpResponse:
    """Show the parts with sample content."""
    page: NumberedPage[Model] = NumberedPage((), number=2, size=30, total=90)
    wrong = SampleForm({"email": "no address"}, prefix="wrong")
    context = {
        "form": SampleForm(),
        "wrong_form": wrong,
        "spheres": SPHERES,
        "states": STATES,
        "colours": COLOURS,
        "columns": [
            {"label": "Region"},
            {"label": "Meetings", "is_number": True},
            {"label": "Day"},
        ],
        "rows": [_cells("Ақмола облысы", 14), _cells("Ұлытау облысы", 3)],
        "tabs": [
            {"label": "By votes", "href": "?order=top", "is_current": True, "count": 40},
            {"label": "By time", "href": "?order=new", "is_current": False, "count": None},
        ],
        "page": page,
        "fallback": LocalizedText("Жастар саясаты", "kk", is_fallback=True),
    }
    return render(request, "core/style.html", context)
