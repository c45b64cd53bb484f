"""The classifier is imported whole, twice without a change, with each bad row named."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kenes.deadlines.actions import open_term
from kenes.record.models import Entry
from kenes.territories.errors import UnknownColumns
from kenes.territories.imports import CHUNK, ImportReport, ImportWish, import_places
from kenes.territories.models import Place
from kenes.territories.queries import place_path
from kenes.territories.rows import Written
from shared_data import shared_file
from territories.classifier import AKKOL, AKMOLA, KENES, VILLAGE, generated, write_csv, write_official

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
TREE = [AKMOLA, AKKOL, KENES, VILLAGE]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def imported(path: Path, **wish: bool | str) -> ImportReport:
    return import_places(path, ImportWish(**wish), at=AT)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("order", [TREE, TREE[::-1]])
def test_parents_are_written_first_whatever_the_order_of_the_file(tmp_path: Path, order: list) -> None:
    report = imported(write_csv(tmp_path / "k.csv", order))
    assert (report.written, report.bad, report.edition) == (Written(added=4), [], "NK RK 11-2025")
    village = Place.objects.get(kato="113243200")
    assert place_path(village, "ru") == "Акмолинская область › Аккольский район › Кенесский с.о. › с.Кенес"


@pytest.mark.django_db
@pytest.mark.parametrize("as_numbers", [False, True])
def test_the_official_workbook_is_imported(tmp_path: Path, as_numbers: bool) -> None:
    report = imported(
        write_official(tmp_path / "k.xlsx", TREE, as_numbers=as_numbers), edition="NK RK 11-2025"
    )
    assert (report.written, report.bad) == (Written(added=4), [])
    district = Place.objects.get(kato="113200000")
    assert (district.name_kk, district.name_ru, district.level) == (
        "Ақкөл ауданы",
        "Аккольский район",
        "district",
    )


@pytest.mark.django_db
def test_a_second_import_changes_nothing_and_leaves_no_entry(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "k.csv", generated(districts=3, settlements=60))
    assert imported(path).written == Written(added=187)
    before = list(Place.objects.order_by("pk").values())
    assert imported(path).written == Written(unchanged=187)
    assert list(Place.objects.order_by("pk").values()) == before
    assert [entry.detail for entry in Entry.objects.filter(act="import_places")] == [
        {"added": 187, "changed": 0, "closed": 0, "bad": 0}
    ]


@pytest.mark.django_db
def test_a_changed_name_is_counted_as_changed(tmp_path: Path) -> None:
    imported(write_csv(tmp_path / "k.csv", TREE))
    renamed = (*AKKOL[:3], "район Акколь", AKKOL[4])
    report = imported(write_csv(tmp_path / "k.csv", [AKMOLA, renamed, KENES, VILLAGE]))
    assert report.written == Written(changed=1, unchanged=3)
    assert Place.objects.get(kato="113200000").name_ru == "район Акколь"


BAD_ROWS = [
    (
        ("11324300", "settlement", "2", "с.А", "А а."),
        "The code must be nine digits, the first two a region's.",
    ),
    (
        ("x13243000", "settlement", "2", "с.А", "А а."),
        "The code must be nine digits, the first two a region's.",
    ),
    (("", "settlement", "2", "с.А", "А а."), "The code must be nine digits, the first two a region's."),
    (("113299100", "settlement", "2", "с.А", "А а."), "The place above it, 113299000, is not known."),
    (("123200000", "district", "2", "р.", "а."), "The place above it, 120000000, is not known."),
    (("113243200", "settlement", "2", "с.Б", "Б а."), "The code stands already in line 5."),
    (
        ("113243300", "village", "2", "с.А", "А а."),
        "The level is not known: it must be oblast, district, sub_district or settlement.",
    ),
    (
        ("113243300", "district", "2", "с.А", "А а."),
        "The level is not the one that the digits of the code show.",
    ),
    (("113243300", "settlement", "7", "с.А", "А а."), "The type code must be a digit from 0 to 4."),
    (
        ("113243300", "settlement", "2", "", "А а."),
        "A name is missing: both the Kazakh and the Russian one are needed.",
    ),
    (
        ("113243300", "settlement", "2", "с.А", "  "),
        "A name is missing: both the Kazakh and the Russian one are needed.",
    ),
    (
        ("113243300", "settlement", "2", "с.Кенес", "Ке?ес а."),
        "A name has lost letters when the file was saved. Please save it as UTF-8.",
    ),
    (("113243300", "settlement", "2", "с" * 201, "А а."), "A name is longer than 200 characters."),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS)
def test_a_bad_row_is_named_with_its_line_and_the_good_ones_are_imported(
    tmp_path: Path, bad: tuple, reason: str
) -> None:
    report = imported(write_csv(tmp_path / "k.csv", [*TREE, bad]))
    assert [(row.line, row.kato, str(row.reason)) for row in report.bad] == [(6, bad[0], reason)]
    assert (report.written, report.read, Place.objects.count()) == (Written(added=4), 5, 4)


@pytest.mark.django_db
def test_what_stands_under_a_bad_row_is_bad_too_and_reported_in_the_order_of_lines(tmp_path: Path) -> None:
    nameless = (*KENES[:3], "", "")
    report = imported(write_csv(tmp_path / "k.csv", [VILLAGE, nameless, AKKOL, AKMOLA]))
    assert [(row.line, row.kato) for row in report.bad] == [(2, "113243200"), (3, "113243000")]
    assert report.written == Written(added=2)


@pytest.mark.django_db
def test_an_official_row_whose_parts_disagree_is_bad(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "k.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["te", "ab", "cd", "ef", "hij", "k", "name_kaz", "name_rus", "nn"])
    sheet.write_row(
        1, 0, ["110000000", "12", "00", "00", "000", "0", "Ақмола облысы", "Акмолинская область", 1]
    )
    book.close()
    report = imported(tmp_path / "k.xlsx")
    assert [str(row.reason) for row in report.bad] == [
        "The code is not what its parts (ab, cd, ef, hij) make."
    ]


@pytest.mark.django_db
def test_names_are_trimmed_and_their_spaces_single(tmp_path: Path) -> None:
    spaced = ("110000000", "oblast", "0", "  Акмолинская   область ", "\tАқмола\u00a0облысы")
    imported(write_csv(tmp_path / "k.csv", [spaced]))
    region = Place.objects.get()
    assert (region.name_ru, region.name_kk) == ("Акмолинская область", "Ақмола облысы")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "is_city"),
    [
        (("710000000", "oblast", "1", "г.Астана", "Астана қ."), True),
        (("110000000", "oblast", "0", "Акмолинская область", "Ақмола облысы"), False),
    ],
)
def test_a_region_of_urban_type_is_a_city(tmp_path: Path, row: tuple, is_city: bool) -> None:
    imported(write_csv(tmp_path / "k.csv", [row]))
    assert Place.objects.get().is_city == is_city


@pytest.mark.django_db
def test_a_city_district_stands_under_its_city_and_a_town_under_its_district(tmp_path: Path) -> None:
    rows = [
        ("710000000", "oblast", "1", "г.Астана", "Астана қ."),
        ("711110000", "sub_district", "1", "район Алматы", "Алматы ауданы"),
        AKMOLA,
        ("113800000", "district", "4", "Атбасарский район", "Атбасар ауданы"),
        ("113820100", "settlement", "1", "г.Атбасар", "Атбасар қ."),
    ]
    imported(write_csv(tmp_path / "k.csv", rows))
    paths = dict(Place.objects.values_list("kato", "path"))
    assert paths["711110000"] == "710000000/711110000"
    assert paths["113820100"] == "110000000/113800000/113820100"


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "k.csv", [*TREE, ("113299100", "settlement", "2", "с.А", "А а.")])
    report = imported(path, dry_run=True)
    assert (report.written, [row.line for row in report.bad]) == (Written(added=4), [6])
    assert (Place.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_code_no_longer_in_the_file_is_closed_only_when_asked(tmp_path: Path) -> None:
    imported(write_csv(tmp_path / "k.csv", TREE))
    newer = write_csv(tmp_path / "n.csv", TREE[:3])
    assert imported(newer).missing == ["113243200"]
    assert Place.objects.get(kato="113243200").valid_to is None
    report = imported(newer, close_missing=True)
    assert (report.closed, Place.objects.get(kato="113243200").valid_to) == (1, date(2026, 11, 22))
    assert imported(newer, close_missing=True).closed == 0


@pytest.mark.django_db
def test_a_place_whose_row_is_bad_is_not_taken_for_missing(tmp_path: Path) -> None:
    imported(write_csv(tmp_path / "k.csv", TREE))
    nameless = (*VILLAGE[:3], "", "")
    assert imported(write_csv(tmp_path / "n.csv", [*TREE[:3], nameless]), close_missing=True).missing == []


@pytest.mark.django_db
def test_other_columns_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("code,title\n1,2\n", encoding="utf-8")
    with pytest.raises(UnknownColumns) as error:
        imported(path)
    assert error.value.params["found"] == "code, title"


@pytest.mark.django_db(transaction=True)
def test_no_transaction_holds_more_than_a_chunk(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "k.csv", generated(districts=1, settlements=2 * CHUNK + 50))
    with CaptureQueriesContext(connection) as queries:
        imported(path)
    begun = [query["sql"] for query in queries if query["sql"].startswith("BEGIN")]
    # Region, district, rural district, three chunks of settlements, the record's entry.
    assert len(begun) == 7


@pytest.mark.django_db(transaction=True)
def test_others_write_while_an_import_runs(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "k.csv", generated(districts=4, settlements=400))
    finished = threading.Event()

    def run() -> None:
        try:
            imported(path)
        finally:
            connection.close()
            finished.set()

    importer = threading.Thread(target=run)
    importer.start()
    waits = []
    while not finished.is_set():
        begun = time.monotonic()
        open_term(object_kind="question", object_id="A", due_on=date(2026, 12, 1), by=None, at=AT)
        waits.append(time.monotonic() - begun)
    importer.join()
    assert Place.objects.count() == 1609
    assert len(waits) > 5
    assert max(waits) < 1


@pytest.mark.django_db
def test_the_official_edition_imports_twice_without_a_duplicate() -> None:
    path = shared_file("kato", "kato_nkrk11-2025_20260717.csv")
    first, second = imported(path), imported(path)
    assert (first.written, first.bad) == (Written(added=15594), [])
    assert (second.written, second.bad, second.missing) == (Written(unchanged=15594), [], [])
    assert Place.objects.count() == 15594
    assert set(Place.objects.filter(parent=None).values_list("level", flat=True)) == {"region"}
