"""Bodies are written here: no two with one number, none under itself, each found by its folded names."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from kenes.core.folding import fold
from kenes.core.languages import LANGUAGES
from kenes.organisations.errors import (
    InvalidOrganisation,
    NameMissing,
    NotABin,
    OrganisationExists,
    ParentIsBelow,
)
from kenes.organisations.models import Organisation
from kenes.organisations.plans import OrganisationPlan
from kenes.organisations.queries import ancestors_of
from kenes.organisations.rules import is_bin
from kenes.organisations.states import BodyKind
from kenes.record.actions import record_act

NAME_LIMIT = 300
SHORT_NAME_LIMIT = 80


@transaction.atomic
def create_organisation(plan: OrganisationPlan, *, by: AbstractBaseUser | None, at: datetime) -> Organisation:
    """Add a body. Raises: InvalidOrganisation and its kin, OrganisationExists."""
    organisation = Organisation()
    _fill(organisation, plan)
    organisation.save()
    _record("create_organisation", organisation, by=by, at=at)
    return organisation


@transaction.atomic
def update_organisation(
    organisation: Organisation, plan: OrganisationPlan, *, by: AbstractBaseUser | None, at: datetime
) -> Organisation:
    """Bring a body to what `plan` says. Raises: InvalidOrganisation and its kin, OrganisationExists."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _fill(held, plan)
    held.save()
    _record("update_organisation", held, by=by, at=at)
    return held


def check_plan(organisation: Organisation, plan: OrganisationPlan) -> None:
    """Say by an error why a body (a new one has no pk) cannot be what `plan` says.

    Raises: InvalidOrganisation and its kin, OrganisationExists.
    """
    names = _texts(plan.name, limit=NAME_LIMIT)
    _texts(plan.short_name, limit=SHORT_NAME_LIMIT)
    if not names:
        raise NameMissing(limit=NAME_LIMIT)
    if plan.kind not in BodyKind.values:
        raise InvalidOrganisation
    if plan.bin.strip() and not is_bin(plan.bin.strip()):
        raise NotABin
    _refuse_circle(organisation, plan.parent)
    _refuse_double(organisation, plan, names)


def _fill(organisation: Organisation, plan: OrganisationPlan) -> None:
    check_plan(organisation, plan)
    names, short = _texts(plan.name, limit=NAME_LIMIT), _texts(plan.short_name, limit=SHORT_NAME_LIMIT)
    for language in LANGUAGES:
        setattr(organisation, f"name_{language}", names.get(language))
        setattr(organisation, f"short_name_{language}", short.get(language))
    organisation.kind, organisation.bin = plan.kind, plan.bin.strip()
    organisation.parent, organisation.place = plan.parent, plan.place
    organisation.folded = _folded([*names.values(), *short.values()])


def _texts(texts: Mapping[str, str], *, limit: int) -> dict[str, str]:
    """Return the texts that are not empty, trimmed. Raises: NameMissing where one is too long."""
    cleaned = {language: " ".join(texts.get(language, "").split()) for language in LANGUAGES}
    if any(len(text) > limit for text in cleaned.values()):
        raise NameMissing(limit=limit)
    return {language: text for language, text in cleaned.items() if text}


def _refuse_circle(organisation: Organisation, parent: Organisation | None) -> None:
    if parent is None or organisation.pk is None:
        return
    if organisation.pk in {parent.pk, *(above.pk for above in ancestors_of(parent))}:
        raise ParentIsBelow


def _refuse_double(organisation: Organisation, plan: OrganisationPlan, names: dict[str, str]) -> None:
    same_name = Q(pk__in=[])
    for language, name in names.items():
        same_name |= Q(**{f"name_{language}": name})
    same = same_name & Q(place=plan.place, parent=plan.parent)
    if number := plan.bin.strip():
        same |= Q(bin=number)
    twin = Organisation.objects.exclude(pk=organisation.pk).filter(same).first()
    if twin is not None:
        raise OrganisationExists(name=str(twin))


def _folded(texts: list[str]) -> str:
    return "".join(f"|{text}" for text in dict.fromkeys(fold(text) for text in texts))[:1200]


def _record(act: str, organisation: Organisation, *, by: AbstractBaseUser | None, at: datetime) -> None:
    record_act(act=act, object_kind="organisation", object_id=organisation.public_id, by=by, at=at)
