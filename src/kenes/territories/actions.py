"""Places are written here, by code: what is there is brought up to date, nothing is made twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from itertools import groupby

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.core.folding import fold
from kenes.record.actions import record_act
from kenes.territories.errors import UnknownPlace
from kenes.territories.models import FormerName, Place
from kenes.territories.rows import LANGUAGE_FIELDS, FormerNameRow, PlaceRow, Written
from kenes.territories.rules import level_of, possible_parents
from kenes.territories.shipped import shipped_districts, shipped_former_names, shipped_regions
from kenes.territories.states import PlaceLevel

STATED = tuple(field.name for field in fields(PlaceRow) if field.name != "kato")
UPDATED = (*STATED, "level", "parent", "path", "folded")
_DEPTH = {level: depth for depth, level in enumerate(PlaceLevel)}


def write_places(rows: Sequence[PlaceRow], *, keep: bool = False, dry_run: bool = False) -> Written:
    """Bring the places of `rows` (at most 500) up to date by code, parents before children.

    Level, parent and path come from the digits, the folded names from the names. With `keep` a
    value that is there already stays. Rows that are as they should be cost no write: the
    transaction, one upsert a level, holds only what is new. With `dry_run` nothing is written, and
    a parent may be missing.

    Raises: UnknownPlace, where a row's parent is neither there nor in `rows`.
    """
    wanted = {row.kato for row in rows}
    above = {code for code in wanted for code in possible_parents(code)}
    known = {place.kato: place for place in Place.objects.filter(kato__in=wanted | above)}
    existing = wanted & known.keys()
    former = _former_names(wanted)
    if not dry_run:
        _refuse_orphans(wanted, known)
    changed = [
        place
        for row in sorted(rows, key=lambda row: _DEPTH[level_of(row.kato)])
        if (place := _merged(row, known, former.get(row.kato, ()), keep=keep)) is not None
    ]
    if changed and not dry_run:
        _upsert(changed)
    added = sum(1 for place in changed if place.kato not in existing)
    return Written(added, len(changed) - added, len(rows) - len(changed))


@transaction.atomic
def close_places(katos: Sequence[str], *, last_day: date) -> int:
    """End the validity of places that a newer edition no longer has; returns how many."""
    return Place.objects.filter(kato__in=katos, valid_to=None).update(valid_to=last_day)


@transaction.atomic
def record_import(
    written: Written, *, edition: str, closed: int, bad: int, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Note on the record that an edition of the classifier was imported, with its counts."""
    record_act(
        act="import_places",
        object_kind="classifier",
        object_id=(edition or "KATO")[:40],
        by=by,
        at=at,
        detail={"added": written.added, "changed": written.changed, "closed": closed, "bad": bad},
    )


@transaction.atomic
def write_former_names(rows: Iterable[FormerNameRow]) -> None:
    """Note names of the past, by place and last day, and let search find them.

    Raises: UnknownPlace.
    """
    for row in rows:
        place = Place.objects.filter(kato=row.kato).first()
        if place is None:
            raise UnknownPlace(kato=row.kato)
        names = {name: getattr(row, name) for name in LANGUAGE_FIELDS}
        FormerName.objects.update_or_create(
            place=place, valid_to=row.valid_to, defaults={**names, "valid_from": row.valid_from}
        )
        place.folded = _folded(place, _former_names({row.kato}).get(row.kato, ()))
        place.save(update_fields=["folded"])


def load_shipped_places() -> Written:
    """Load the places that Kenes ships; what an import or a person wrote before stays as it is."""
    written = write_places(shipped_regions(), keep=True) + write_places(shipped_districts(), keep=True)
    write_former_names(shipped_former_names())
    return written


def _merged(
    row: PlaceRow, known: dict[str, Place], former: Iterable[FormerName], *, keep: bool
) -> Place | None:
    """Return the place as it should be (and make it known to its children), or None if it is so."""
    place = known.get(row.kato) or Place(kato=row.kato)
    before = {name: getattr(place, name) for name in UPDATED if name != "parent"}, place.parent_id
    for name in STATED:
        value = getattr(row, name)
        if value is not None and not (keep and before[0][name] not in ("", None, False)):
            setattr(place, name, value)
    parent = _parent(row.kato, known)
    place.level = level_of(row.kato)
    place.parent = parent
    place.path = f"{parent.path}/{row.kato}" if parent else row.kato
    place.folded = _folded(place, former)
    known[row.kato] = place
    after = {name: getattr(place, name) for name in UPDATED if name != "parent"}, place.parent_id
    return place if place.pk is None or before != after else None


def _refuse_orphans(wanted: set[str], known: Mapping[str, Place]) -> None:
    for kato in sorted(wanted):
        parents = possible_parents(kato)
        if parents and not any(code in known or code in wanted for code in parents):
            raise UnknownPlace(kato=parents[0])


def _parent(kato: str, known: Mapping[str, Place]) -> Place | None:
    return next((known[code] for code in possible_parents(kato) if code in known), None)


@transaction.atomic
def _upsert(places: Sequence[Place]) -> None:
    """Write the places in one statement a level, so that children find their parents' keys."""
    for _level, group in groupby(places, key=lambda place: place.level):
        level = list(group)
        for place in level:
            place.parent = place.parent
            place.pk = None
        Place.objects.bulk_create(
            level, update_conflicts=True, unique_fields=["kato"], update_fields=list(UPDATED)
        )


def _former_names(katos: Iterable[str]) -> dict[str, list[FormerName]]:
    names: dict[str, list[FormerName]] = {}
    for former in FormerName.objects.filter(place__kato__in=list(katos)).select_related("place"):
        names.setdefault(former.place.kato, []).append(former)
    return names


def _folded(place: Place, former: Iterable[FormerName]) -> str:
    """Return the folded names, each once, after bars, so that a search can ask for a beginning."""
    texts = [getattr(named, name) or "" for named in (place, *former) for name in LANGUAGE_FIELDS]
    folded = dict.fromkeys(fold(text) for text in texts if text)
    return "".join(f"|{text}" for text in folded)[:700]
