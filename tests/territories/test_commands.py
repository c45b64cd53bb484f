"""What the commands of the places say."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kenes.territories.models import Place
from territories.classifier import AKKOL, AKMOLA, write_csv

pytestmark = pytest.mark.django_db


def said(*words: str) -> tuple[list[str], list[str]]:
    out, err = StringIO(), StringIO()
    call_command(*words, stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


def test_an_import_says_what_was_added_changed_and_bad(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "k.csv", [AKMOLA, AKKOL, ("12", "district", "2", "р.", "а.")])
    assert said("import_places", str(path)) == (
        ["NK RK 11-2025: 3 rows: 2 added, 0 changed, 0 unchanged, 1 bad"],
        ["line 4: 12: The code must be nine digits, the first two a region's."],
    )
    assert said("import_places", str(path), "--edition", "mine")[0] == [
        "mine: 3 rows: 0 added, 0 changed, 2 unchanged, 1 bad"
    ]


def test_missing_codes_are_named_and_closed_only_when_asked(tmp_path: Path) -> None:
    said("import_places", str(write_csv(tmp_path / "k.csv", [AKMOLA, AKKOL])))
    newer = str(write_csv(tmp_path / "n.csv", [AKMOLA]))
    assert said("import_places", newer)[0][1] == (
        "1 valid codes are not in the file, left as they are: 113200000"
    )
    assert said("import_places", newer, "--close-missing")[0][1] == (
        "1 valid codes are not in the file, 1 closed: 113200000"
    )


def test_a_dry_run_says_so(tmp_path: Path) -> None:
    out, _err = said("import_places", str(write_csv(tmp_path / "k.csv", [AKMOLA])), "--dry-run")
    assert (out[-1], Place.objects.count()) == ("Dry run: nothing was written.", 0)


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_places", str(tmp_path / name))


def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "k.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(CommandError) as error:
        call_command("import_places", str(path))
    assert str(error.value) == (
        "k.xlsx: This is not a table we can read. Please send a CSV file or an .xlsx workbook."
    )


def test_the_shipped_places_are_loaded_again_without_a_change() -> None:
    assert said("load_shipped_places")[0] == ["40 added, 0 completed, 0 as they should be"]
    assert said("load_shipped_places")[0] == ["0 added, 0 completed, 40 as they should be"]
