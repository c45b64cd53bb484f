"""Bodies are saved once, by number and by name, never under themselves."""

from datetime import UTC, datetime

import pytest

from kenes.organisations.actions import create_organisation, update_organisation
from kenes.organisations.errors import (
    InvalidOrganisation,
    NameMissing,
    NotABin,
    OrganisationExists,
    ParentIsBelow,
)
from kenes.organisations.models import Organisation
from kenes.organisations.plans import OrganisationPlan
from kenes.record.models import Entry
from kenes.territories.actions import load_shipped_places
from kenes.territories.models import Place

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
BIN = "210140012347"


def a_body(russian: str = "Комитет", **stated: object) -> Organisation:
    plan = OrganisationPlan(**{"kind": "committee", "name": {"ru": russian}, **stated})  # type: ignore[arg-type]
    return create_organisation(plan, by=None, at=AT)


def test_a_body_is_kept_in_its_languages_trimmed_and_on_record() -> None:
    body = a_body(name={"kk": " Жастар  ісі комитеті ", "ru": "Комитет", "en": ""}, bin=f" {BIN} ")
    body.refresh_from_db()
    assert (body.name_kk, body.name_ru, body.name_en, body.bin) == (
        "Жастар ісі комитеті",
        "Комитет",
        None,
        BIN,
    )
    assert body.folded == "|жастар иси комитети|комитет"
    assert [(entry.act, entry.object_id) for entry in Entry.objects.all()] == [
        ("create_organisation", body.public_id)
    ]


@pytest.mark.parametrize(
    ("stated", "error"),
    [
        ({"name": {}}, NameMissing),
        ({"name": {"ru": "  "}}, NameMissing),
        ({"name": {"ru": "я" * 301}}, NameMissing),
        ({"short_name": {"ru": "я" * 81}}, NameMissing),
        ({"kind": "empire"}, InvalidOrganisation),
        ({"bin": "210140012346"}, NotABin),
        ({"bin": "900101311111"}, NotABin),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(stated: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        a_body(**stated)
    assert (Organisation.objects.count(), Entry.objects.count()) == (0, 0)


def test_one_number_is_one_body() -> None:
    a_body(bin=BIN)
    with pytest.raises(OrganisationExists) as error:
        a_body("Другой", bin=BIN)
    assert error.value.params == {"name": "Комитет"}


def test_the_same_name_at_the_same_place_is_one_body_elsewhere_another() -> None:
    load_shipped_places()
    akkol, esil = Place.objects.get(kato="113200000"), Place.objects.get(kato="114800000")
    a_body("Молодёжный центр", place=akkol)
    with pytest.raises(OrganisationExists):
        a_body("Молодёжный центр", place=akkol)
    a_body("Молодёжный центр", place=esil)
    assert Organisation.objects.count() == 2


def test_a_body_is_changed_in_place_and_on_record() -> None:
    body = a_body()
    plan = OrganisationPlan("ministry", {"ru": "Министерство", "en": "Ministry"}, {"en": "MIN"}, BIN)
    changed = update_organisation(body, plan, by=None, at=AT)
    assert (changed.pk, changed.kind, changed.name_ru, changed.short_name_en) == (
        body.pk,
        "ministry",
        "Министерство",
        "MIN",
    )
    assert list(Entry.objects.values_list("act", flat=True)) == ["create_organisation", "update_organisation"]
    assert update_organisation(changed, plan, by=None, at=AT).bin == BIN


def test_a_body_never_stands_under_itself() -> None:
    top = a_body("A")
    middle = a_body("B", parent=top)
    low = a_body("C", parent=middle)
    for parent in (top, middle, low):
        with pytest.raises(ParentIsBelow):
            update_organisation(
                top, OrganisationPlan("committee", {"ru": "A"}, parent=parent), by=None, at=AT
            )
    top.refresh_from_db()
    assert top.parent is None
