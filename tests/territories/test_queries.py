"""Places by day, by name, with their path; the shipped ones as the example."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kenes.territories.actions import load_shipped_places, write_places
from kenes.territories.models import Place
from kenes.territories.queries import (
    find_region,
    name_on,
    place_path,
    place_paths,
    places_valid_on,
    regions_on,
    search_places,
    zone_of,
)
from kenes.territories.rows import PlaceRow
from kenes.territories.states import PlaceLevel

pytestmark = pytest.mark.django_db


@pytest.fixture
def _shipped() -> None:
    load_shipped_places()
    write_places(
        [
            PlaceRow("113230000", "Жамбыл а.о.", "Жамбылский с.о."),
            PlaceRow("113230100", "Жамбыл а.", "с.Жамбыл"),
            PlaceRow("113430000", "Жамбыл а.о.", "Жамбылский с.о."),
            PlaceRow("113430100", "Жамбыл а.", "с.Жамбыл"),
        ]
    )


def katos(places: list[Place]) -> list[str]:
    return [place.kato for place in places]


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize(
    ("on", "regions", "cities"),
    [
        (date(2021, 2, 12), 14, 3),
        (date(2022, 6, 7), 14, 3),
        (date(2022, 6, 8), 17, 3),
        (date(2026, 11, 22), 17, 3),
    ],
)
def test_the_regions_are_those_of_the_day(on: date, regions: int, cities: int) -> None:
    found = regions_on(on)
    assert [found.filter(is_city=is_city).count() for is_city in (False, True)] == [regions, cities]


@pytest.mark.usefixtures("_shipped")
def test_the_regions_of_june_2022_are_the_new_ones() -> None:
    new = set(katos(list(regions_on(date(2022, 6, 8))))) - set(katos(list(regions_on(date(2021, 2, 12)))))
    assert new == {"100000000", "330000000", "620000000"}


@pytest.mark.usefixtures("_shipped")
def test_a_town_that_became_a_city_later_was_no_district_before() -> None:
    assert places_valid_on(date(2021, 7, 26)).filter(kato="111600000").count() == 0
    assert places_valid_on(date(2021, 7, 27)).filter(kato="111600000").count() == 1


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize(
    ("on", "name"),
    [(date(2021, 2, 12), "Нур-Султан"), (date(2019, 3, 22), "Астана"), (date(2022, 9, 17), "Астана")],
)
def test_a_place_is_called_as_on_the_day(on: date, name: str) -> None:
    assert name_on(Place.objects.get(kato="710000000"), on, "ru") == name


@pytest.mark.usefixtures("_shipped")
def test_letters_numbers_tiles_and_zones_of_the_regions_are_whole() -> None:
    regions = list(Place.objects.filter(level=PlaceLevel.REGION))
    letters = [region.letters for region in regions]
    assert len(set(letters)) == len(regions) == 20
    assert {len(text) for text in letters} == {3}
    assert all(text.isascii() and text.isupper() for text in letters)
    assert len({(region.tile_column, region.tile_row) for region in regions}) == 20
    assert {region.zone for region in regions} <= available_timezones()
    akmola = find_region("11")
    assert akmola is not None
    assert (akmola.letters, akmola.iso_code, akmola.name_en) == ("AKM", "KZ-11", "Akmola Region")


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize(
    ("kato", "on", "hours"),
    [
        ("110000000", date(2021, 2, 12), 6),
        ("113200000", date(2021, 2, 12), 6),
        ("390000000", date(2024, 2, 29), 6),
        ("390000000", date(2024, 3, 1), 5),
        ("270000000", date(2021, 2, 12), 5),
        ("470000000", date(2021, 2, 12), 5),
        ("430000000", date(2021, 2, 12), 5),
        ("110000000", date(2026, 11, 22), 5),
    ],
)
def test_the_zone_of_a_place_gives_the_clock_of_the_day(kato: str, on: date, hours: int) -> None:
    zone = ZoneInfo(zone_of(Place.objects.get(kato=kato), on))
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=zone)
    assert noon.utcoffset() == timedelta(hours=hours)


@pytest.mark.usefixtures("_shipped")
def test_the_zone_of_west_kazakhstan_has_its_own_name_until_march_2024() -> None:
    west = Place.objects.get(kato="270000000")
    assert [zone_of(west, day) for day in (date(2024, 2, 29), date(2024, 3, 1))] == [
        "Asia/Oral",
        "Asia/Almaty",
    ]


@pytest.mark.usefixtures("_shipped")
def test_a_path_names_every_place_from_the_region_down() -> None:
    place = Place.objects.get(kato="113230100")
    assert place_path(place, "ru") == "Акмолинская область › Аккольский район › Жамбылский с.о. › с.Жамбыл"
    with translation.override("kk"):
        assert place_path(place) == "Ақмола облысы › Ақкөл ауданы › Жамбыл а.о. › Жамбыл а."
    assert place_path(place, "en").split(" › ")[:2] == ["Akmola Region", "Akkol District"]


@pytest.mark.usefixtures("_shipped")
def test_homonyms_differ_by_their_paths_and_all_paths_take_one_query() -> None:
    found = list(search_places("с.жамбыл"))
    assert katos(found) == ["113230100", "113430100"]
    with CaptureQueriesContext(connection) as queries:
        paths = place_paths(found, "ru")
    assert (len(set(paths.values())), len(queries)) == (2, 1)


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("typed", ["Ақкөл", "аккол", "АККОЛЬСКИЙ", "akkol", "113200000", "район акколь"])
def test_a_place_is_found_in_every_language_and_from_every_keyboard(typed: str) -> None:
    assert katos(list(search_places(typed, level=PlaceLevel.DISTRICT))) == ["113200000"]


@pytest.mark.usefixtures("_shipped")
def test_a_former_name_still_finds_the_place() -> None:
    assert katos(list(search_places("нур-султан"))) == ["710000000"]


@pytest.mark.usefixtures("_shipped")
def test_names_that_begin_with_the_text_come_first_then_higher_levels() -> None:
    assert katos(list(search_places("жамбыл")))[0] == "310000000"
    assert katos(list(search_places("жамбыл", within=find_region("11")))) == [
        "113230000",
        "113430000",
        "113230100",
        "113430100",
    ]


@pytest.mark.usefixtures("_shipped")
@pytest.mark.parametrize("typed", ["%", "_", "|", "' OR 1=1 --", "\x00", "я" * 5000])
def test_a_strange_search_finds_nothing_and_breaks_nothing(typed: str) -> None:
    assert list(search_places(typed, level=PlaceLevel.DISTRICT)) == []
