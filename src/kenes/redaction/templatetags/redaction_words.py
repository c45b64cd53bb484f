"""Stored texts as they are read."""

from django import template

from kenes.redaction.words import in_words

register = template.Library()


@register.filter
def as_read(text: str) -> str:
    """Write what was taken out of a text in the reader's language."""
    return in_words(text or "")
