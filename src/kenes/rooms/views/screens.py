"""The projector's and the speaker's views of a room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenes.rooms.access import meeting_by_code


def projector(request: HttpRequest, code: str) -> HttpResponse:
    """Large type for the hall: what is on stage, how to join."""
    return render(request, "rooms/projector.html", {"meeting": meeting_by_code(code)})


def speaker(request: HttpRequest, code: str) -> HttpResponse:
    """What the speaker answers now and what comes next."""
    return render(request, "rooms/speaker.html", {"meeting": meeting_by_code(code)})
