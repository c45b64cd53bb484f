"""Places are upserted by code, whole paths included."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kenes.territories.actions import close_places, load_shipped_places, write_places
from kenes.territories.errors import UnknownPlace
from kenes.territories.models import FormerName, Place
from kenes.territories.rows import PlaceRow, Written

pytestmark = pytest.mark.django_db

REGION = PlaceRow("110000000", "Ақмола облысы", "Акмолинская область")
DISTRICT = PlaceRow("113200000", "Ақкөл ауданы", "Аккольский район")
RURAL = PlaceRow("113230000", "Кеңес а.о.", "Кенесский с.о.")
VILLAGE = PlaceRow("113230100", "Кеңес а.", "с.Кенес")


def test_the_shipped_places_load_twice_without_a_change() -> None:
    assert load_shipped_places() == Written(added=40)
    assert load_shipped_places() == Written(unchanged=40)
    assert (Place.objects.count(), FormerName.objects.count()) == (40, 1)


def test_loading_the_shipped_places_keeps_what_an_import_wrote() -> None:
    write_places([PlaceRow("110000000", "Ақмола обл.", "Акмолинская обл.")])
    load_shipped_places()
    akmola = Place.objects.get(kato="110000000")
    assert (akmola.name_ru, akmola.name_en, akmola.letters) == ("Акмолинская обл.", "Akmola Region", "AKM")


def test_children_may_come_before_their_parents_in_one_call() -> None:
    assert write_places([VILLAGE, RURAL, DISTRICT, REGION]) == Written(added=4)
    village = Place.objects.get(kato="113230100")
    assert village.path == "110000000/113200000/113230000/113230100"
    assert village.parent == Place.objects.get(kato="113230000")
    assert (village.name_kk, village.name_ru, village.folded) == ("Кеңес а.", "с.Кенес", "|кенес а.|с.кенес")


def test_a_changed_name_is_changed_in_place_and_the_key_stays() -> None:
    write_places([REGION, DISTRICT, RURAL])
    before = dict(Place.objects.values_list("kato", "pk"))
    again = PlaceRow("113200000", "Ақкөл ауданы", "район Акколь")
    assert write_places([REGION, again, RURAL]) == Written(changed=1, unchanged=2)
    assert dict(Place.objects.values_list("kato", "pk")) == before
    assert Place.objects.get(kato="113200000").name_ru == "район Акколь"
    assert Place.objects.get(kato="113230000").parent_id == before["113200000"]


def test_what_a_source_does_not_know_stays() -> None:
    load_shipped_places()
    write_places([PlaceRow("710000000", "Астана қ.", "г.Астана")])
    astana = Place.objects.get(kato="710000000")
    assert (astana.name_ru, astana.name_en, astana.letters, astana.is_city) == (
        "г.Астана",
        "Astana",
        "AST",
        True,
    )
    assert astana.folded == "|астана к.|г.астана|astana|нур-султан|nur-sultan"


def test_a_place_without_its_parent_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(UnknownPlace) as error:
        write_places([REGION, VILLAGE])
    assert error.value.params == {"kato": "113230000"}
    assert Place.objects.count() == 0


def test_a_dry_run_counts_and_writes_nothing() -> None:
    assert write_places([REGION, DISTRICT], dry_run=True) == Written(added=2)
    assert Place.objects.count() == 0


def test_the_statements_do_not_grow_with_the_rows() -> None:
    write_places([REGION, DISTRICT])
    many = [PlaceRow(f"1132{30 + number}000", f"{number} а.о.", f"{number} с.о.") for number in range(60)]

    def statements(rows: list[PlaceRow]) -> int:
        with CaptureQueriesContext(connection) as queries:
            write_places(rows)
        return len(queries)

    assert statements(many[:1]) == statements(many[1:40]) == 5
    assert statements(many[:40]) == 2


def test_a_closed_place_keeps_its_first_closing() -> None:
    write_places([REGION, DISTRICT])
    assert close_places(["113200000"], last_day=date(2026, 1, 31)) == 1
    assert close_places(["113200000"], last_day=date(2026, 6, 30)) == 0
    assert Place.objects.get(kato="113200000").valid_to == date(2026, 1, 31)
