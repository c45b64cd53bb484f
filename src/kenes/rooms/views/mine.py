"""The personal page: own questions and votes; and the acts of those whose browser runs no script."""

from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kenes.core.errors import KenesError
from kenes.live.contracts import Claim, Writer
from kenes.live.cookies import claim_of_request, set_claim_cookie
from kenes.live.origins import refuse_foreign_act
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.programme.rules import may_moderate, may_speak
from kenes.questions.live import AskWriter, UnvoteWriter, VoteWriter
from kenes.rooms.access import meeting_by_code
from kenes.rooms.actions import act_by_form
from kenes.rooms.forms import AskForm
from kenes.rooms.pages import ORDERS
from kenes.rooms.personal import personal_page
from kenes.rooms.queries import room_of
from kenes.rooms.views.answers import SeeOther


@require_safe
@never_cache
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """Own questions with their receipts, own votes, and forms with a fresh key."""
    return _page(request, meeting_by_code(code), form=AskForm())


# These two rest on the room's cookie, not on the session: same-origin is checked instead of a token,
# since the public page that holds their forms is the same for everybody.
@csrf_exempt
@require_POST
@never_cache
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a question by a form."""
    _refuse_foreign(request)
    meeting = meeting_by_code(code)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, form=form, status=422)
    participant = _participant(request, meeting, name=form.cleaned_data["name"])
    try:
        asked = _act(request, AskWriter(), meeting, participant, body=form.cleaned_data)
    except KenesError as error:
        form.add_error(None, str(error))
        return _known(_page(request, meeting, form=form, status=error.status), meeting, participant)
    response = SeeOther(f"{reverse('rooms:mine', args=[meeting.code])}?asked={asked['code']}")
    return _known(response, meeting, participant)


@csrf_exempt
@require_POST
@never_cache
def vote(request: HttpRequest, code: str, question_code: str) -> HttpResponse:
    """Vote for a question by a form, or take the vote back (`take_back`)."""
    _refuse_foreign(request)
    meeting = meeting_by_code(code)
    participant = _participant(request, meeting, name="")
    writer = UnvoteWriter() if "take_back" in request.POST else VoteWriter()
    # Votes are equal when repeated: one that came without a key stands or does not stand.
    response: HttpResponse = SeeOther(f"{reverse('rooms:mine', args=[meeting.code])}#{question_code}")
    try:
        _act(request, writer, meeting, participant, body={}, target=question_code, key=uuid4())
    except KenesError as error:
        response = _page(request, meeting, form=AskForm(), status=error.status, refusal=error)
    return _known(response, meeting, participant)


def _refuse_foreign(request: HttpRequest) -> None:
    # Both kinds of request have `headers` and `scheme`, which is all that is looked at.
    refuse_foreign_act(cast("Any", request))


def _act(request: HttpRequest, writer: Writer, meeting: Meeting, participant: Participant, **act: Any) -> Any:
    act.setdefault("key", _key(request.POST.get("key", "")))
    return act_by_form(writer, room_of(meeting), participant, at=timezone.now(), **act)


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _participant(request: HttpRequest, meeting: Meeting, *, name: str) -> Participant:
    """Return who acts; a browser that has not joined yet joins as a guest, or as the account's person."""
    claim = claim_of_request(request, room_of(meeting), at=timezone.now())
    previous = Participant.objects.filter(pk=claim.participant_id).first() if claim else None
    user = request.user if request.user.is_authenticated else None
    return join_meeting(meeting, name=name, user=user, previous=previous, at=timezone.now())


def _known(response: HttpResponse, meeting: Meeting, participant: Participant) -> HttpResponse:
    room = room_of(meeting)
    set_claim_cookie(response, room, Claim(participant.pk, participant.kind, room.feed_id), at=timezone.now())
    return response


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    form: AskForm,
    status: int = 200,
    refusal: KenesError | None = None,
) -> HttpResponse:
    claim = claim_of_request(request, room_of(meeting), at=timezone.now())
    order = request.GET.get("order", "")
    page = personal_page(
        meeting,
        claim=claim,
        order=order if order in ORDERS else ORDERS[0],
        after=request.GET.get("after", ""),
    )
    asked, user = request.GET.get("asked", ""), request.user
    context = {
        "page": page,
        "form": form,
        "key": uuid4(),
        "asked": asked if asked in {own.question.code for own in page.own} else "",
        "may_moderate": may_moderate(user, meeting),
        "may_speak": may_speak(user, meeting),
        "refusal": refusal,
    }
    return render(request, "rooms/mine.html", context, status=status)
