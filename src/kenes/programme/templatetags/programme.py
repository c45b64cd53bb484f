"""Template tags of the programme: days that have no hour."""

from datetime import date

from babel.dates import format_date
from django import template
from django.utils.translation import get_language

from kenes.core.moments import DAY_PATTERNS

register = template.Library()


@register.filter
def whole_day(on: date) -> str:
    """Return a day in words with its weekday."""
    language = get_language() or "kk"
    return format_date(on, format=DAY_PATTERNS.get(language, "full"), locale=language)
