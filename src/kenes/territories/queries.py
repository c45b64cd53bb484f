"""Places by code, by day, by name; each with its path, since names repeat."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import get_language

from kenes.core.folding import fold
from kenes.core.languages import LANGUAGES, localized
from kenes.territories.models import Place
from kenes.territories.rules import ONE_ZONE, zone_of_clock
from kenes.territories.states import PlaceLevel

PATH_SEPARATOR = " › "
LONGEST_SEARCH = 200
# The bar parts the folded names; NUL is taken by no database.
_NO_WORDS = str.maketrans("|\0", "  ")


def places_valid_on(on: date) -> QuerySet[Place]:
    """Return the places whose code was valid on a day; an empty end is open."""
    return Place.objects.filter(valid_on(on))


def valid_on(on: date) -> Q:
    """Return the condition of being valid on a day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    not_ended = Q(valid_to=None) | Q(valid_to__gte=on)
    return begun & not_ended


def regions_on(on: date) -> QuerySet[Place]:
    """Return the regions and cities of republican significance as they were on a day, by code."""
    return places_valid_on(on).filter(level=PlaceLevel.REGION).order_by("kato")


def find_place(kato: str) -> Place | None:
    """Return the place of this code."""
    return Place.objects.filter(kato=kato).first()


def find_region(number: str) -> Place | None:
    """Return the region of these two digits."""
    return Place.objects.filter(kato=f"{number}0000000", level=PlaceLevel.REGION).first()


def search_places(text: str, *, within: Place | None = None, level: str = "") -> QuerySet[Place]:
    """Return the places in whose names every word of `text` stands, in any language or keyboard.

    Those whose name begins with the text come first, then higher levels, then by code. Nine digits
    find the code itself. An empty text finds all.
    """
    found = Place.objects.all()
    if within is not None:
        found = found.filter(path__startswith=f"{within.path}/")
    if level:
        found = found.filter(level=level)
    words = fold(text.translate(_NO_WORDS)[:LONGEST_SEARCH]).split()
    if text.strip() and not words:
        return found.none()
    for word in words:
        found = found.filter(Q(folded__contains=word) | Q(kato=word))
    return found.alias(rank=_rank(" ".join(words)), depth=_depth()).order_by("rank", "depth", "kato")


def place_paths(places: Iterable[Place], language: str | None = None) -> dict[int, str]:
    """Return the path of names from the region down for many places by their pk, in one query."""
    wanted = list(places)
    codes = {code for place in wanted for code in place.path.split("/") if code}
    names = {
        place.kato: localized(place, "name", language).text for place in Place.objects.filter(kato__in=codes)
    }
    return {place.pk: PATH_SEPARATOR.join(_names(place, names, language)) for place in wanted}


def paths_in_languages(places: Iterable[Place]) -> dict[int, dict[str, str]]:
    """Return the paths of many places by their pk, each in all languages, in one query."""
    wanted = list(places)
    codes = {code for place in wanted for code in place.path.split("/") if code}
    names = {
        place.kato: {language: localized(place, "name", language).text for language in LANGUAGES}
        for place in Place.objects.filter(kato__in=codes)
    }
    return {place.pk: _path_in_languages(place, names) for place in wanted}


def place_path(place: Place, language: str | None = None) -> str:
    """Return the names from the region down: «Акмолинская область › Аккольский район › …»."""
    return place_paths([place], language or get_language())[place.pk]


def zone_of(place: Place, on: date) -> str:
    """Return the IANA zone of the clocks at a place on a day; its region's. Store it, not the offset."""
    region = place if place.level == PlaceLevel.REGION else find_region(place.number)
    return zone_of_clock((region.zone if region else "") or ONE_ZONE, on=on)


def name_on(place: Place, on: date, language: str | None = None) -> str:
    """Return the name that the place bore on a day (Nur-Sultan in 2021)."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    former = place.former_names.filter(begun, valid_to__gte=on).order_by("valid_to").first()
    return localized(former or place, "name", language).text


def _path_in_languages(place: Place, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    steps = [names[code] for code in place.path.split("/") if code in names]
    return {language: PATH_SEPARATOR.join(step[language] for step in steps) for language in LANGUAGES}


def _names(place: Place, names: dict[str, str], language: str | None) -> list[str]:
    codes = place.path.split("/") if place.path else []
    return [names[code] for code in codes if code in names] or [localized(place, "name", language).text]


def _rank(text: str) -> Case:
    begins = Q(folded__contains=f"|{text}")
    return Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())


def _depth() -> Case:
    whens = [When(level=level, then=Value(depth)) for depth, level in enumerate(PlaceLevel.values)]
    return Case(*whens, default=Value(9), output_field=IntegerField())
