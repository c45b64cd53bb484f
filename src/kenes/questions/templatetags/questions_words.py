"""Words for a question's page."""

from django import template

register = template.Library()


@register.filter
def as_clock(seconds: int) -> str:
    """Return a place in a recording as hours, minutes and seconds: `12:34`, `1:02:03`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
