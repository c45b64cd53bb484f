"""How the room's views answer an act: 303 to a page, which a repeated request only reads."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a POST: fetch that page by GET."""

    status_code = 303
