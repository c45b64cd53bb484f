"""The moderator's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenes.rooms.access import meeting_by_code


def desk(request: HttpRequest, code: str) -> HttpResponse:
    """The queue of a room, for its moderators."""
    return render(request, "rooms/desk.html", {"meeting": meeting_by_code(code)})
