"""Words for a question's page."""

from django import template

from kenes.core.moments import place_in_recording

register = template.Library()


@register.filter
def as_clock(seconds: int) -> str:
    """Return a place in a recording as hours, minutes and seconds: `12:34`, `1:02:03`."""
    return place_in_recording(seconds)
