"""Places in the read API."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kenes.core.errors import Forbidden
from kenes.core.languages import in_languages
from kenes.core.listing import OF_LISTS, OF_SINGLES, Asked, Day, Json, Listed, Listing, Texts
from kenes.territories.models import Place
from kenes.territories.queries import find_place, paths_in_languages, search_places, valid_on
from kenes.territories.states import PlaceLevel

router = Router(tags=["places"])


class PlaceOut(Schema):
    """A place. `path` names it from the region down, since names repeat."""

    kato: str = Field(description="code of the classifier, nine digits")
    level: PlaceLevel
    is_city: bool
    name: Texts
    path: Texts
    parent: str | None = Field(description="KATO code of the place above it")
    letters: str | None = Field(description="regions only: they begin the codes of rooms")
    iso: str | None = Field(description="regions only: ISO 3166-2")
    valid_from: date | None
    valid_to: date | None


class PlacesAsked(Asked):
    """Filters of the places."""

    search: str = Field("", max_length=200, description="words of the name, in any language and case")
    parent: str = Field("", pattern=r"^([0-9]{9})?$", description="KATO code of the place right above")
    level: PlaceLevel | None = None
    on: Day | None = Field(None, description="only those valid on this day")


def places_json(places: Sequence[Place]) -> list[Json]:
    """Return places as the API tells them, in one query more."""
    paths = paths_in_languages(places)
    return [_place_json(place, paths[place.pk]) for place in places]


def _place_json(place: Place, path: dict[str, str]) -> Json:
    is_region = place.level == PlaceLevel.REGION
    codes = place.path.split("/")
    return {
        "kato": place.kato,
        "level": place.level,
        "is_city": place.is_city,
        "name": in_languages(place, "name"),
        "path": path,
        "parent": codes[-2] if len(codes) > 1 else None,
        "letters": place.letters or None,
        "iso": place.iso_code if is_region else None,
        "valid_from": place.valid_from,
        "valid_to": place.valid_to,
    }


LISTING = Listing(
    "places",
    places_json,
    (
        "kato",
        "level",
        "is_city",
        *(f"{name}.{language}" for name in ("name", "path") for language in ("kk", "ru", "en")),
        "parent",
        "letters",
        "iso",
        "valid_from",
        "valid_to",
    ),
)


@router.get("/places.csv", include_in_schema=False)
@router.get(
    "/places",
    response=Listed[PlaceOut],
    operation_id="list_places",
    openapi_extra=OF_LISTS,
    summary="Places, by code or as a search finds them",
)
def list_places(request: HttpRequest, asked: Query[PlacesAsked]) -> Any:
    """Places of the classifier, with their paths."""
    places = search_places(asked.search, level=asked.level or "")
    if asked.parent:
        places = places.filter(parent__kato=asked.parent)
    if asked.on:
        places = places.filter(valid_on(asked.on))
    return LISTING.answer(request, places, asked)


@router.get(
    "/places/{slug:kato}",
    response=PlaceOut,
    operation_id="show_place",
    openapi_extra=OF_SINGLES,
    summary="One place",
)
def show_place(request: HttpRequest, kato: str) -> Json:
    """The place of a KATO code."""
    place = find_place(kato)
    if place is None:
        raise Forbidden
    return places_json([place])[0]
