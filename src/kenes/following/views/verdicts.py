"""The asker's verdict on an answer, by the receipt's secret: rating it, reopening the question once."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kenes.following.forms import RatingForm, ReopeningForm
from kenes.following.views.shared import MAY_POST, is_done, own_of_request, own_page, see_own
from kenes.questions.actions import rate_answer, reopen_question
from kenes.questions.views import for_the_asker_only


@for_the_asker_only
@require_http_methods(MAY_POST)
def rating(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Rate the answer."""
    question = own_of_request(request, code, secret)

    def rate(said: Mapping[str, Any]) -> str:
        rate_answer(question, score=said["score"], comment=said["comment"], at=timezone.now())
        return _("Thank you: the unit sees your rating without your name.")

    form = RatingForm(request.POST or None)
    if form.is_bound and is_done(request, form, rate):
        return see_own(question, "questions:own_by_secret")
    return own_page(request, "following/rating.html", question, {"form": form}, form)


@for_the_asker_only
@require_http_methods(MAY_POST)
def reopening(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Reopen the question once, with a reason."""
    question = own_of_request(request, code, secret)

    def reopen(said: Mapping[str, Any]) -> str:
        reopen_question(question, reason=said["reason"], at=timezone.now())
        return _("Your question is open again; a new answer is due.")

    form = ReopeningForm(request.POST or None)
    if form.is_bound and is_done(request, form, reopen):
        return see_own(question, "questions:own_by_secret")
    return own_page(request, "following/reopening.html", question, {"form": form}, form)
