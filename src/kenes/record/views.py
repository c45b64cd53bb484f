"""The public pages of the record: heads, checking a receipt, comparing heads, the export."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kenes.core.errors import Forbidden
from kenes.core.paging import numbered_page
from kenes.record.exports import export_page
from kenes.record.forms import HeadsForm, ReceiptForm
from kenes.record.models import Leaf, TreeHead
from kenes.record.queries import inclusion_of, latest_head
from kenes.record.receipts import inclusion_as_json
from kenes.record.signing import Signed, fingerprint, public_key
from kenes.record.verdicts import (
    CONTINUED,
    CONTINUED_LABEL,
    PLACE_LABELS,
    STEP_LABELS,
    consistency_between,
    verdict_of,
)

HEADS_A_PAGE = 24


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Heads, the key's fingerprint, and the check of a receipt (posted only without JavaScript)."""
    form = ReceiptForm(request.POST, request.FILES) if request.method == "POST" else ReceiptForm()
    verdict = verdict_of(form.cleaned_data["receipt"]) if form.is_bound and form.is_valid() else None
    heads_form = HeadsForm(request.GET if "old" in request.GET else None)
    asked = heads_form.cleaned_data if heads_form.is_valid() else None
    number = request.GET.get("page", "")
    context = {
        "form": form,
        "verdict": verdict,
        "heads_form": heads_form,
        "is_asked": asked is not None,
        "consistency": consistency_between(asked["old"], asked["new"]) if asked else None,
        "page": numbered_page(
            TreeHead.objects.order_by("-id"),
            number=int(number) if number.isdecimal() else 1,
            size=HEADS_A_PAGE,
        ),
        "latest": latest_head(),
        "key": public_key(),
        "fingerprint": fingerprint(public_key()),
        "zone": settings.TIME_ZONE,
        "words": _words(),
    }
    is_refused = form.is_bound and not form.is_valid()
    return render(request, "record/record.html", context, status=422 if is_refused else 200)


@require_safe
def leaf(request: HttpRequest, digest: str) -> HttpResponse:
    """One leaf by its hash, as JSON, with its proof under the latest head (null until one covers it)."""
    found = Leaf.objects.filter(digest=digest.lower()).first()
    if found is None:
        raise Forbidden
    proof = inclusion_of(found)
    document = {
        "leaf": found.body,
        "index": found.index,
        "inclusion": None if proof is None else inclusion_as_json(proof),
    }
    return JsonResponse(document)


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """The proof between the heads of two sizes, as JSON."""
    form = HeadsForm(request.GET)
    between = consistency_between(**form.cleaned_data) if form.is_valid() else None
    if between is None:
        raise Forbidden
    heads = {
        name: Signed(head.statement, head.signature, head.public_key).as_json()
        for name, head in (("old", between.old), ("new", between.new))
    }
    return JsonResponse({**heads, "hashes": list(between.hashes)})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """A page of the whole log as lines of JSON; its last line says where the next one begins."""
    first = request.GET.get("from", "")
    lines = export_page(int(first) if first.isdecimal() and len(first) < 16 else 0)
    body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    response = HttpResponse(body, content_type="application/x-ndjson; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="record.ndjson"'
    return response


def _words() -> dict[str, dict[str, str]]:
    """Return the labels that the script in the page needs, in its language."""
    return {
        "steps": {str(step): str(label) for step, label in STEP_LABELS.items()}
        | {CONTINUED: str(CONTINUED_LABEL)},
        "places": {str(place): str(label) for place, label in PLACE_LABELS.items()},
    }
