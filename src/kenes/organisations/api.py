"""Organisations in the read API."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kenes.core.errors import Forbidden
from kenes.core.languages import in_languages
from kenes.core.listing import OF_LISTS, OF_SINGLES, Asked, Json, Listed, Listing, Texts
from kenes.organisations.models import Organisation
from kenes.organisations.queries import find_organisation, search_organisations
from kenes.organisations.states import BodyKind

router = Router(tags=["organisations"])


class OrganisationOut(Schema):
    """A body."""

    id: str
    kind: BodyKind
    name: Texts
    short_name: Texts
    bin: str | None = Field(description="business identification number")
    parent: str | None = Field(description="id of the body above it")
    place: str | None = Field(description="KATO code of its place")


class OrganisationsAsked(Asked):
    """Filters of the organisations."""

    search: str = Field("", max_length=200, description="words of the name, in any language and case")
    kind: BodyKind | None = None
    place: str = Field("", pattern=r"^([0-9]{9})?$", description="KATO code of its place")


def organisations_json(organisations: Sequence[Organisation]) -> list[Json]:
    """Return bodies as the API tells them; needs `parent` and `place` at hand."""
    return [
        {
            "id": body.public_id,
            "kind": body.kind,
            "name": in_languages(body, "name"),
            "short_name": in_languages(body, "short_name"),
            "bin": body.bin or None,
            "parent": body.parent.public_id if body.parent else None,
            "place": body.place.kato if body.place else None,
        }
        for body in organisations
    ]


LISTING = Listing(
    "organisations",
    organisations_json,
    (
        "id",
        "kind",
        *(f"{name}.{language}" for name in ("name", "short_name") for language in ("kk", "ru", "en")),
        "bin",
        "parent",
        "place",
    ),
)


@router.get("/organisations.csv", include_in_schema=False)
@router.get(
    "/organisations",
    response=Listed[OrganisationOut],
    operation_id="list_organisations",
    openapi_extra=OF_LISTS,
    summary="Organisations",
)
def list_organisations(request: HttpRequest, asked: Query[OrganisationsAsked]) -> Any:
    """Ministries, committees, directorates, departments, centres and others, by id."""
    found = search_organisations(asked.search, kind=asked.kind or "").order_by("id")
    if asked.place:
        found = found.filter(place__kato=asked.place)
    return LISTING.answer(request, found, asked)


@router.get(
    "/organisations/{slug:organisation_id}",
    response=OrganisationOut,
    operation_id="show_organisation",
    openapi_extra=OF_SINGLES,
    summary="One organisation",
)
def show_organisation(request: HttpRequest, organisation_id: str) -> Json:
    """The body of an id."""
    body = find_organisation(organisation_id)
    if body is None:
        raise Forbidden
    return organisations_json([body])[0]
