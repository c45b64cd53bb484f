"""Template tags used by every app."""

from django import template
from django.db.models import Model

from kenes.core.languages import LocalizedText, localized

register = template.Library()


@register.filter
def text_of(row: Model, field: str) -> LocalizedText:
    """Return a translated field as a `LocalizedText` (text, language, is_fallback)."""
    return localized(row, field)
