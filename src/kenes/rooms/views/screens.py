"""The projector's and the speaker's views of a room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kenes.live.contracts import Stream
from kenes.rooms.access import meeting_by_code, meeting_to_speak_at, version_of
from kenes.rooms.memory import KeptPage
from kenes.rooms.screens import screen_of
from kenes.rooms.views.shared import answer_from_memory, render_shared


@require_safe
def projector(request: HttpRequest, code: str) -> HttpResponse:
    """Large type for the hall: what is on stage, how to join. The same bytes for everybody."""
    meeting = meeting_by_code(code)
    version = version_of(meeting)

    def render_screen() -> KeptPage:
        screen = screen_of(meeting, version=version, stream=Stream.PUBLIC)
        path = reverse("rooms:projector", args=[meeting.code])
        return render_shared("rooms/projector.html", {"screen": screen}, path=path)

    return answer_from_memory(request, ("projector", meeting.code), render_screen, version=version)


@require_safe
@never_cache
def speaker(request: HttpRequest, code: str) -> HttpResponse:
    """What the speaker answers now and what comes next."""
    meeting = meeting_to_speak_at(request.user, code)
    screen = screen_of(meeting, version=version_of(meeting), stream=Stream.SPEAKER)
    return render(request, "rooms/speaker.html", {"screen": screen})
