"""Dates and numbers in Kazakh, which Django has no formats for."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format, localize, number_format


@pytest.fixture(autouse=True)
def _in_kazakh() -> object:
    with translation.override("kk"):
        yield


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATE_FORMAT", "2021 жылғы 5 ақпан"),
        ("DATETIME_FORMAT", "2021 жылғы 5 ақпан, 15:04"),
        ("SHORT_DATE_FORMAT", "05.02.2021"),
        ("SHORT_DATETIME_FORMAT", "05.02.2021 15:04"),
        ("MONTH_DAY_FORMAT", "5 ақпан"),
        ("TIME_FORMAT", "15:04"),
    ],
)
def test_a_date_is_written_as_in_official_papers(name: str, text: str) -> None:
    # Django's own catalogue has the months with a capital; the reader is not told two ways.
    assert date_format(datetime(2021, 2, 5, 15, 4, tzinfo=UTC), name).lower() == text


def test_numbers_have_a_comma_and_unbroken_thousands() -> None:
    assert number_format(1234567.5, use_l10n=True, force_grouping=True) == "1\u00a0234\u00a0567,5"
    assert localize(0.5) == "0,5"


@pytest.mark.parametrize("typed", ["05.02.2021", "05.02.21", "2021-02-05"])
def test_a_typed_date_is_understood(typed: str) -> None:
    from django.forms import DateField

    assert DateField().clean(typed) == date(2021, 2, 5)
