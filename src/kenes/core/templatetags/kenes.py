"""Template tags used by every app."""

from datetime import date

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kenes.core import moments
from kenes.core.languages import LocalizedText, localized

register = template.Library()


@register.filter
def text_of(row: Model, field: str) -> LocalizedText:
    """Return a translated field as a `LocalizedText` (text, language, is_fallback)."""
    return localized(row, field)


@register.filter
def on_day(day: date) -> SafeString:
    """Return a date that belongs to no zone (a term's last day) as `<time>`, in words with its weekday."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), moments.weekday_and_date(day))
