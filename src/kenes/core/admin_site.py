"""The administration: named after the product, and choosing rows by what tells them apart."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class ChoicesView(AutocompleteJsonView):
    """Answers a search for a choice; an admin may word its rows by `choice_in_words(row)`."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        in_words = getattr(self.model_admin, "choice_in_words", str)
        return {"id": str(getattr(obj, to_field_name)), "text": in_words(obj)}


class AdministrationSite(admin.AdminSite):
    """Django's administration under the product's own name."""

    site_header = _("Kenes: administration")
    site_title = _("Kenes: administration")
    index_title = _("Everything that is prepared and kept here")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        view: Any = ChoicesView.as_view(admin_site=self)
        answer: HttpResponse = view(request)
        return answer
