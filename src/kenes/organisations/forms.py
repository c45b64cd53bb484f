"""A body picked by typing: a plain text field with a list to pick from, which works without JavaScript."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kenes.core.folding import fold
from kenes.organisations.models import Organisation
from kenes.organisations.queries import PATH_SEPARATOR, organisation_paths, search_organisations

MOST_OFFERED = 300
MOST_NAMED = 4


class UnitInput(forms.TextInput):
    """A text field whose list offers the bodies by their paths."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the field and its list."""
        list_id = f"{(attrs or {}).get('id', name)}_list"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        bodies = organisation_paths(Organisation.objects.order_by("name")[:MOST_OFFERED])
        options = format_html_join("", '<option value="{}"></option>', ((path,) for path in bodies.values()))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class UnitField(forms.CharField):
    """A body by its path, its name or enough of it to be the only one."""

    widget = UnitInput

    def clean(self, value: Any) -> Any:
        """Return the body. Raises: ValidationError where none or several are meant."""
        typed = super().clean(value)
        return self._found(typed) if typed else None

    def _found(self, typed: str) -> Organisation:
        paths = self._paths(typed)
        wanted = fold(typed)
        exact = [body for body, path in paths if wanted in {fold(path), fold(path.split(PATH_SEPARATOR)[-1])}]
        found = exact or [body for body, _path in paths]
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No body has this name. Please pick one from the list."))
        named = "; ".join(path for body, path in paths if body in found[:MOST_NAMED])
        raise ValidationError(
            _("Several bodies have such a name: %(named)s. Please type more of it."), params={"named": named}
        )

    @staticmethod
    def _paths(typed: str) -> Sequence[tuple[Organisation, str]]:
        name = typed.rsplit(PATH_SEPARATOR.strip(), maxsplit=1)[-1]
        found = list(search_organisations(name)[:MOST_OFFERED])
        paths = organisation_paths(found)
        whole = fold(typed)
        listed = [(body, paths[body.pk]) for body in found]
        return [pair for pair in listed if fold(pair[1]) == whole] or listed
