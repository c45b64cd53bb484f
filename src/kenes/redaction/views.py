"""The review of personal data in an object's texts, for those who may: server-rendered, no script."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kenes.redaction.actions import see_originals
from kenes.redaction.forms import ReviewForm, seen_of
from kenes.redaction.hits import Hit
from kenes.redaction.pieces import Piece, pieces_of
from kenes.redaction.queries import kept_originals, spans_of, unreviewed_hits
from kenes.redaction.states import Outcome
from kenes.redaction.subjects import Made, Reviewed, ReviewedText, Verdict, subject_of


@dataclass(frozen=True, slots=True)
class TextPage:
    """One text with its findings marked and the form of its decisions."""

    text: ReviewedText
    pieces: list[Piece]
    form: ReviewForm
    seen: str
    can_take_all: bool


@require_safe
@never_cache
def review(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """All texts of the object, what was found in them and what was taken out."""
    found = subject_of(kind).find(object_id, user=request.user)
    return _page(request, found)


@require_POST
@never_cache
def decide(request: HttpRequest, kind: str, object_id: str, field: str) -> HttpResponse:
    """Keep the decisions about one text; `all` takes out all that was found, with one press."""
    subject = subject_of(kind)
    found = subject.find(object_id, user=request.user)
    text = found.text_of(field)
    hits = _hits(found, text)
    form = ReviewForm(request.POST, text=text, hits=hits, prefix=field)
    if request.POST.get("all") == seen_of(text) and hits and not text.is_draft:
        made = [Made(hit, Outcome.REDACT) for hit in hits]
    elif form.is_valid():
        made = form.made
    else:
        return _page(request, found, bound=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    by = request.user if isinstance(request.user, AbstractBaseUser) else None
    subject.decide(object_id, Verdict(field, text.text, made, by, timezone.now()))
    messages.success(request, _("The decisions about personal data are kept."))
    return _see_other(_back(request, found))


@require_POST
@never_cache
def originals(request: HttpRequest, kind: str, object_id: str) -> HttpResponse:
    """Show what is kept of the texts before; each look stands in the record."""
    found = subject_of(kind).find(object_id, user=request.user)
    if not isinstance(request.user, AbstractBaseUser):
        return _see_other(_review_address(found))
    seen = see_originals(kind, found.object_id, by=request.user, at=timezone.now())
    return render(request, "redaction/originals.html", {"reviewed": found, "seen": seen})


def _page(
    request: HttpRequest, found: Reviewed, *, bound: ReviewForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    name, argument, query = found.back
    context = {
        "reviewed": found,
        "texts": [_text_page(found, text, bound) for text in found.texts],
        "spans": list(spans_of(found.object_kind, found.object_id)),
        "is_kept": kept_originals(found.object_kind, found.object_id)
        .filter(kept_until__gt=timezone.now())
        .exists(),
        "back": f"{reverse(name, args=[argument])}?{query}",
    }
    return render(request, "redaction/review.html", context, status=status)


def _text_page(found: Reviewed, text: ReviewedText, bound: ReviewForm | None) -> TextPage:
    hits = _hits(found, text)
    is_bound = bound is not None and bound.text.field == text.field
    form = bound if bound is not None and is_bound else ReviewForm(text=text, hits=hits, prefix=text.field)
    can_take_all = bool(hits) and not text.is_draft
    return TextPage(text, pieces_of(text.text, hits), form, seen_of(text), can_take_all)


def _hits(found: Reviewed, text: ReviewedText) -> list[Hit]:
    return unreviewed_hits(found.object_kind, found.object_id, text.text)


def _back(request: HttpRequest, found: Reviewed) -> str:
    asked = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if is_ours else _review_address(found)


def _review_address(found: Reviewed) -> str:
    return reverse("redaction:review", args=[found.object_kind, found.object_id])


def _see_other(address: str) -> HttpResponse:
    response = redirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response
