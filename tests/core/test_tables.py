"""CSV that spreadsheets open without harm."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from kenes.core.tables import csv_lines, formula_safe


@pytest.mark.parametrize(
    "text", ["=1+1", "+7", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", '=HYPERLINK("http://x")']
)
def test_a_text_that_a_spreadsheet_would_run_is_put_behind_an_apostrophe(text: str) -> None:
    assert formula_safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (-5, "-5"),
        (1.5, "1.5"),
        (True, "1"),
        (False, "0"),
        (date(2021, 2, 12), "2021-02-12"),
        (datetime(2021, 2, 12, 4, tzinfo=UTC), "2021-02-12T04:00:00+00:00"),
        ("Ақкөл", "Ақкөл"),
        ("a=b", "a=b"),
    ],
)
def test_other_values_stay_as_they_are(value: object, text: str) -> None:
    assert formula_safe(value) == text


def test_a_file_has_a_bom_crlf_and_quotes_what_needs_it() -> None:
    assert "".join(csv_lines(["code", "text"], [["A-1", 'a,"b"\nc'], ["A-2", "=x"]])) == (
        '\ufeffcode,text\r\nA-1,"a,""b""\nc"\r\nA-2,\'=x\r\n'
    )


def test_what_is_written_is_read_back() -> None:
    rows = [["Ақкөл", "a;b", "line\nbreak", 'quote"'], ["", " ", "x", "y"]]
    text = "".join(csv_lines(list("abcd"), rows)).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == rows
