"""The public page of a meeting, which is its room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from kenes.rooms.access import meeting_by_code, version_of
from kenes.rooms.memory import KeptPage, further_pages, pages
from kenes.rooms.pages import ORDERS, room_page
from kenes.rooms.views.shared import answer_from_memory, render_shared


@require_safe
def room(request: HttpRequest, code: str) -> HttpResponse:
    """The same bytes for everybody: nothing of the reader is in them."""
    meeting = meeting_by_code(code)
    if code != meeting.code:
        return redirect("rooms:room", code=meeting.code, permanent=True)
    version = version_of(meeting)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else ORDERS[0]
    after = request.GET.get("after", "")

    def render() -> KeptPage:
        page = room_page(meeting, version=version, order=order, after=after)
        path = reverse("rooms:room", args=[meeting.code])
        return render_shared("rooms/room.html", {"page": page}, path=path, streams=list(page.streams))

    memory = further_pages if after else pages
    key = ("room", meeting.code, order, after)
    return answer_from_memory(request, key, render, version=version, memory=memory)


def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """The address on the projector and in the QR: to the room in the reader's language."""
    return redirect("rooms:room", code=meeting_by_code(code).code)
