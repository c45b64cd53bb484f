"""What the asker's own pages share: the question by its receipt, an act by a form, where it leads."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kenes.core.errors import KenesError
from kenes.following.views.answers import see_other
from kenes.questions.access import question_of_receipt
from kenes.questions.attempts import take_attempt
from kenes.questions.models import Question
from kenes.questions.receipts import receipt_secret

Act = Callable[[Mapping[str, Any]], str]
MAY_POST = ["GET", "HEAD", "POST"]


def own_of_request(request: HttpRequest, code: str, secret: str) -> Question:
    take_attempt(str(request.META.get("REMOTE_ADDR", "")))
    return question_of_receipt(code, secret)


def is_done(request: HttpRequest, form: Form, act: Act) -> bool:
    """Do the act with what the form says; what it refuses stands in the form, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        told = act(form.cleaned_data)
    except KenesError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, told)
    return True


def own_page(
    request: HttpRequest, template: str, question: Question, context: Mapping[str, Any], form: Form
) -> HttpResponse:
    own = {"question": question, "secret": receipt_secret(question)}
    return render(request, template, {**own, **context}, status=422 if form.is_bound else 200)


def see_own(question: Question, name: str) -> HttpResponse:
    """Lead the asker on to a page under their receipt."""
    return see_other(name, code=question.code, secret=receipt_secret(question))
