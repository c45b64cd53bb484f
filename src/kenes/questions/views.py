"""A question's public page, the receipt, and the asker's own view."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenes.commitments.pages import Card, cards_of
from kenes.commitments.queries import commitments_of
from kenes.core.errors import Forbidden
from kenes.deadlines.explanation import explain
from kenes.deadlines.queries import ledger_of, notices_of, reckoning_of
from kenes.links.models import End
from kenes.live.cookies import claim_of_request
from kenes.questions.access import (
    own_question,
    question_of_receipt,
    question_to_hand_over,
    question_with_page,
    room_of_code,
)
from kenes.questions.actions import withdraw_question
from kenes.questions.attempts import take_attempt
from kenes.questions.errors import QuestionUnknown
from kenes.questions.forms import ReceiptForm
from kenes.questions.models import Question
from kenes.questions.pages import own_link, qr_of, question_page_of, short_link
from kenes.questions.proofs import proof_of, signed_receipt
from kenes.questions.queries import last_term_of
from kenes.questions.receipts import receipt_secret
from kenes.questions.rules import is_held_for_personal_data, is_possible
from kenes.questions.states import HAS_PAGE, Verb

View = Callable[..., HttpResponse]


def for_the_asker_only(view: View) -> View:
    """Keep the page out of caches, indexes and other sites' logs: its address may hold a secret."""

    @wraps(view)
    def private(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return private


@require_safe
def question(request: HttpRequest, code: str) -> HttpResponse:
    """A question as anyone may read it, with its answer and its way so far."""
    found = question_with_page(code)
    if found.code != code:
        return redirect("questions:question", code=found.code, permanent=True)
    context = {
        "page": question_page_of(found),
        "promises": _promises(found),
        "qr": qr_of(short_link(found.code)),
        "section": "questions",
    }
    return render(request, "questions/question.html", context)


@require_safe
def due(request: HttpRequest, code: str) -> HttpResponse:
    """How the date of the written answer was counted, day by day, and every date that stood."""
    found = question_with_page(code)
    term = last_term_of(found)
    if term is None:
        raise QuestionUnknown
    reckoning = reckoning_of(term)
    context = {
        "question": found,
        "zone": found.meeting.zone,
        "explanation": explain(reckoning) if reckoning else None,
        "ledger": ledger_of(object_kind="question", object_id=found.code).filter(term__part_of=None),
        "parts": [
            (part, explain(told))
            for part in found.parts.select_related("organisation", "term__edition__calendar")
            if (told := reckoning_of(part.term))
        ],
        "notices": notices_of(object_kind="question", object_id=found.code),
        "section": "questions",
    }
    return render(request, "questions/due.html", context)


@for_the_asker_only
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt, for who asked or just entered it for somebody; anybody else is asked for the secret."""
    found = _own_of_browser(request, code)
    if found is None and request.method != "POST":
        found = question_to_hand_over(request.user, code, at=timezone.now())
    if found is None:
        return _ask_for_secret(request, code)
    secret = receipt_secret(found)
    link = own_link(found.code, secret)
    context = {
        "page": question_page_of(found, is_own=True),
        "promises": _promises(found),
        "secret": secret,
        "link": link,
        "qr": qr_of(link),
        "proof": proof_of(found),
        "is_held_for_personal_data": is_held_for_personal_data(found),
    }
    return render(request, "questions/receipt.html", context)


@for_the_asker_only
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The asker's view, for the browser or account that asked; anybody else is asked for the secret."""
    found = _own_of_browser(request, code)
    return _own_page(request, found) if found else _ask_for_secret(request, code)


@for_the_asker_only
@require_http_methods(["GET", "HEAD", "POST"])
def find_own(request: HttpRequest) -> HttpResponse:
    """A form for whoever holds a receipt on paper."""
    return _ask_for_secret(request, "")


@for_the_asker_only
@require_safe
def own_by_secret(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """The asker's view by the link of the receipt."""
    return _own_page(request, _by_secret(request, code, secret))


@for_the_asker_only
@require_safe
def receipt_file(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """The signed receipt with its proof, to keep and to check anywhere."""
    found = _by_secret(request, code, secret)
    document = signed_receipt(found)
    if document is None:
        raise QuestionUnknown
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.json"'
    return response


@for_the_asker_only
@require_POST
def withdraw(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Withdraw a question by its receipt."""
    found = _by_secret(request, code, secret)
    withdraw_question(found, at=timezone.now())
    return _see_own(found)


def _own_page(request: HttpRequest, found: Question) -> HttpResponse:
    context = {
        "page": question_page_of(found, is_own=True),
        "promises": _promises(found),
        "secret": receipt_secret(found),
        "may_withdraw": is_possible(Verb.WITHDRAW, state=found.state, meeting=found.meeting),
        "is_public": found.state in HAS_PAGE,
        "is_held_for_personal_data": is_held_for_personal_data(found),
        "proof": proof_of(found),
    }
    return render(request, "questions/own.html", context)


def _promises(found: Question) -> list[Card]:
    return cards_of(commitments_of(End("question", found.code)), on=timezone.localdate())


def _see_own(found: Question) -> HttpResponse:
    response = redirect("questions:own_by_secret", code=found.code, secret=receipt_secret(found))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _ask_for_secret(request: HttpRequest, code: str) -> HttpResponse:
    form = ReceiptForm(request.POST if request.method == "POST" else None, initial={"code": code[:40]})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            found = _by_secret(request, typed["code"], typed["secret"])
        except Forbidden:
            form.add_error(None, _("No receipt has this number with this secret. Please check both."))
        else:
            return _see_own(found)
    return render(request, "questions/find_own.html", {"form": form}, status=422 if form.is_bound else 200)


def _by_secret(request: HttpRequest, code: str, secret: str) -> Question:
    take_attempt(request.META.get("REMOTE_ADDR", ""))
    return question_of_receipt(code, secret)


def _own_of_browser(request: HttpRequest, code: str) -> Question | None:
    if request.method == "POST":
        return None
    room = room_of_code(code)
    claim = claim_of_request(request, room, at=timezone.now()) if room else None
    return own_question(code, user=request.user, participant_id=claim.participant_id if claim else None)
