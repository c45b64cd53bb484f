"""Where an act leads: 303, so that the browser opens the next page by GET."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


class SeeOther(HttpResponseRedirect):
    """Leads the browser on after an act."""

    status_code = 303


def see_other(name: str, **kwargs: str) -> HttpResponse:
    """Return the way to a page by its name."""
    return SeeOther(reverse(name, kwargs=kwargs))
