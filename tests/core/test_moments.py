"""Moments in words, in the zone of their place, before and after the country's one zone."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from kenes.core.moments import clock, day_in_words, offset, weekday_and_date

SEMINAR = datetime(2021, 2, 12, 4, 0, tzinfo=UTC)

MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
WEEKDAYS = {
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "2021 жылғы 12 ақпан, жұма"),
        ("ru", "пятница, 12 февраля 2021 г."),
        ("en", "Friday, 12 February 2021"),
    ],
)
def test_a_day_is_told_with_its_weekday(language: str, words: str) -> None:
    with translation.override(language):
        assert day_in_words(SEMINAR, "Asia/Almaty") == weekday_and_date(date(2021, 2, 12)) == words


@pytest.mark.parametrize("month", range(1, 13))
def test_the_twelve_months_in_kazakh_and_russian(month: int) -> None:
    day = date(2021, month, 3)
    with translation.override("kk"):
        assert weekday_and_date(day).split()[3] == f"{MONTHS['kk'].split()[month - 1]},"
    with translation.override("ru"):
        assert weekday_and_date(day).split()[2] == MONTHS["ru"].split()[month - 1]


@pytest.mark.parametrize("number", range(7))
def test_the_seven_weekdays_in_kazakh_and_russian(number: int) -> None:
    day = date(2021, 2, 1 + number)
    with translation.override("kk"):
        assert weekday_and_date(day).split(", ")[1] == WEEKDAYS["kk"].split()[number]
    with translation.override("ru"):
        assert weekday_and_date(day).split(",")[0] == WEEKDAYS["ru"].split()[number]


@pytest.mark.parametrize(
    ("at", "zone", "time", "shift"),
    [
        (datetime(2021, 2, 12, 4, tzinfo=UTC), "Asia/Almaty", "10:00", "UTC+6"),
        (datetime(2021, 2, 12, 4, tzinfo=UTC), "Asia/Oral", "09:00", "UTC+5"),
        (datetime(2024, 2, 29, 17, 59, tzinfo=UTC), "Asia/Almaty", "23:59", "UTC+6"),
        (datetime(2024, 2, 29, 19, 0, tzinfo=UTC), "Asia/Almaty", "00:00", "UTC+5"),
        (datetime(2026, 11, 22, 4, tzinfo=UTC), "Asia/Qostanay", "09:00", "UTC+5"),
    ],
)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_clock_is_that_of_the_place_then(
    at: datetime, zone: str, time: str, shift: str, language: str
) -> None:
    with translation.override(language):
        assert (clock(at, zone), offset(at, zone)) == (time, shift)


def test_the_day_in_the_east_may_be_another_than_in_utc() -> None:
    with translation.override("ru"):
        assert day_in_words(datetime(2021, 2, 12, 20, tzinfo=UTC), "Asia/Almaty").startswith("суббота, 13")


def test_a_terms_last_day_is_an_element_with_its_machine_form() -> None:
    with translation.override("ru"):
        shown = Template("{{ day|on_day }}").render(Context({"day": date(2021, 2, 12)}))
    assert shown == '<time datetime="2021-02-12">пятница, 12 февраля 2021 г.</time>'
