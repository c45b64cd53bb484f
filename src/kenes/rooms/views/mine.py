"""The personal page: own questions, own votes; and the forms that work without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kenes.rooms.access import meeting_by_code


def mine(request: HttpRequest, code: str) -> HttpResponse:
    """Own questions with their receipts, own votes, and forms with a fresh key."""
    return render(request, "rooms/mine.html", {"meeting": meeting_by_code(code)})


@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a question by a form."""
    return redirect("rooms:mine", code=meeting_by_code(code).code)


@require_POST
def vote(request: HttpRequest, code: str, question_code: str) -> HttpResponse:
    """Vote for a question by a form."""
    return redirect("rooms:mine", code=meeting_by_code(code).code)
