"""The public page of a meeting, which is its room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenes.rooms.access import meeting_by_code


def room(request: HttpRequest, code: str) -> HttpResponse:
    """The same bytes for everybody: nothing of the reader is in them."""
    return render(request, "rooms/room.html", {"meeting": meeting_by_code(code)})
