"""Bodies by name, and what stands above them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kenes.core.folding import fold
from kenes.core.languages import localized
from kenes.organisations.models import Organisation

PATH_SEPARATOR = " › "
DEEPEST_TREE = 12
LONGEST_SEARCH = 200


def search_organisations(text: str, *, kind: str = "") -> QuerySet[Organisation]:
    """Return the bodies in whose names every word of `text` stands, or whose BIN it is."""
    found = Organisation.objects.select_related("parent", "place")
    if kind:
        found = found.filter(kind=kind)
    words = fold(text.replace("\0", " ").replace("|", " ")[:LONGEST_SEARCH]).split()
    if text.strip() and not words:
        return found.none()
    for word in words:
        found = found.filter(Q(folded__contains=word) | Q(bin=word))
    return found.order_by("name", "id")


def find_organisation(public_id: str) -> Organisation | None:
    """Return the body of this public id."""
    return Organisation.objects.select_related("parent", "place").filter(public_id=public_id).first()


def ancestors_of(organisation: Organisation) -> list[Organisation]:
    """Return the bodies above one, the nearest first."""
    above: list[Organisation] = []
    parent = organisation.parent
    while parent is not None and len(above) < DEEPEST_TREE:
        above.append(parent)
        parent = parent.parent
    return above


def organisation_paths(organisations: Iterable[Organisation], language: str | None = None) -> dict[int, str]:
    """Return «Ministry › Committee» for many bodies by their pk: a query a level, not a row."""
    wanted = list(organisations)
    known = {body.pk: body for body in wanted}
    for _level in range(DEEPEST_TREE):
        missing = {body.parent_id for body in known.values() if body.parent_id} - known.keys()
        if not missing:
            break
        known.update({body.pk: body for body in Organisation.objects.filter(pk__in=missing)})
    return {body.pk: PATH_SEPARATOR.join(_names(body, known, language)) for body in wanted}


def _names(body: Organisation, known: dict[int, Organisation], language: str | None) -> list[str]:
    names: list[str] = []
    at: Organisation | None = body
    while at is not None and len(names) < DEEPEST_TREE:
        names.insert(0, localized(at, "name", language).text)
        at = known.get(at.parent_id) if at.parent_id else None
    return names
