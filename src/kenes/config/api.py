"""The read API under `/api/v1/`: each app's router, refusals as problem+json, ETags."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from kenes.commitments.api import router as commitments
from kenes.core.errors import KenesError
from kenes.core.listing import InvalidFilter, public
from kenes.coverage.api import router as coverage
from kenes.live.problems import problem
from kenes.organisations.api import router as organisations
from kenes.programme.api import router as programme
from kenes.questions.api import router as questions
from kenes.register.api import router as register
from kenes.territories.api import router as places


class ReadAPI(NinjaAPI):
    """Answers that succeed carry an ETag."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        return public(request, super().create_response(request, data, **options))


api = ReadAPI(
    title="Kenes",
    version="1",
    description="What Kenes shows the public, to be read by other programs. No account is needed.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for router in (programme, questions, register, commitments, coverage, places, organisations):
    api.add_router("", router)


@api.exception_handler(KenesError)
def refuse(request: HttpRequest, error: KenesError) -> HttpResponse:
    """Answer a domain's refusal as problem+json in the reader's language."""
    answer = problem(error, accept_language=request.headers.get("Accept-Language", ""))
    headers = dict(answer.headers)
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type, headers=headers)


@api.exception_handler(ValidationError)
def refuse_filters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer filters that are not of their form, by name."""
    names = sorted({str(fault["loc"][-1]) for fault in error.errors})
    return refuse(request, InvalidFilter(names=", ".join(names)))
