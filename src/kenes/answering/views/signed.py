"""The text a digital signature is made over: before signing for the unit, afterwards for everybody."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kenes.answering.access import question_at_work, signature_shown
from kenes.answering.annexes import is_as_signed, signed_text
from kenes.answering.errors import WorkNotOpen
from kenes.answering.queries import latest_version, running_assignment, texts_of
from kenes.answering.rules import publishable, words_to_sign
from kenes.questions.states import QuestionState


@require_safe
@never_cache
@login_required
def text_to_sign(request: HttpRequest, code: str) -> HttpResponse:
    """The cleared text, byte for byte as a signature has to be made over it."""
    found = question_at_work(request.user, code, on=timezone.localdate())
    assignment = running_assignment(found)
    if assignment is None or found.state != QuestionState.CLEARED:
        raise WorkNotOpen
    rows = texts_of(latest_version(assignment))
    texts = publishable({language: (row.text, row.status) for language, row in rows.items()})
    return _file(words_to_sign(found.code, texts), found.code)


@require_safe
def text_signed(request: HttpRequest, public_id: str) -> HttpResponse:
    """The published text that a signature shown on a question's page is over."""
    signature = signature_shown(public_id)
    text = signed_text(signature.answer)
    if not is_as_signed(signature, text):
        raise WorkNotOpen
    return _file(text, signature.answer.question.code)


def _file(content: bytes, code: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}.txt"'
    return response
