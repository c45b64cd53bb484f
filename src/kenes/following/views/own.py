"""The asker's own pages, by the receipt's secret: where to be told, and what is printed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenes.following.actions import confirm_digits, end_subscription, leave_contact
from kenes.following.forms import ContactForm, DigitsForm
from kenes.following.pages import answer_sheet_of, contact_of, slip_of
from kenes.following.queries import own_subscription
from kenes.following.views.following import take_turn
from kenes.following.views.shared import MAY_POST, is_done, own_of_request, own_page, see_own
from kenes.questions.errors import QuestionUnknown
from kenes.questions.views import for_the_asker_only


@for_the_asker_only
@require_http_methods(MAY_POST)
def contact(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Leave an address or a number to be told at; nobody but the letters' writer reads it."""
    question = own_of_request(request, code, secret)

    def leave(said: Mapping[str, Any]) -> str:
        take_turn(request)
        left = {"channel": said["channel"], "address": said["address"], "language": get_language() or "kk"}
        leave_contact(question, **left, at=timezone.now())
        return _("Thank you. Please confirm it by the message that is on its way.")

    form = ContactForm(request.POST or None)
    if form.is_bound and is_done(request, form, leave):
        return see_own(question, "following:contact")
    context = {"form": form, "contact": contact_of(question), "digits_form": DigitsForm()}
    return own_page(request, "following/contact.html", question, context, form)


@for_the_asker_only
@require_POST
def contact_digits(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Confirm a number by the digits that were sent to it."""
    question = own_of_request(request, code, secret)
    form = DigitsForm(request.POST)

    def confirm(said: Mapping[str, Any]) -> str:
        confirm_digits(question, digits=said["digits"], at=timezone.now())
        return _("Confirmed: you will be told.")

    if is_done(request, form, confirm):
        return see_own(question, "following:contact")
    context = {"form": ContactForm(), "contact": contact_of(question), "digits_form": form}
    return own_page(request, "following/contact.html", question, context, form)


@for_the_asker_only
@require_POST
def contact_end(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Forget the address or number that was left."""
    question = own_of_request(request, code, secret)
    subscription = own_subscription(question.code)
    if subscription is not None:
        end_subscription(subscription)
    messages.success(request, _("It is erased; nothing more is sent."))
    return see_own(question, "following:contact")


@for_the_asker_only
@require_safe
def slip(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """One small page to print, for who has neither phone nor mail."""
    question = own_of_request(request, code, secret)
    return render(request, "following/slip.html", {"slip": slip_of(question), "language": get_language()})


@for_the_asker_only
@require_safe
def answer_sheet(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """The question with its answer, to print."""
    question = own_of_request(request, code, secret)
    sheet = answer_sheet_of(question)
    if sheet is None:
        raise QuestionUnknown
    return render(request, "following/answer_sheet.html", {"sheet": sheet})
