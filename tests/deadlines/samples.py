"""Calendars and policies for the tests of the clock, written out by hand from the known holidays."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kenes.deadlines.policy import Extension, Policy, Source
from kenes.deadlines.states import AfterHoursRule, Certainty, DayKind, ExtensionStart, StartRule, Unit
from kenes.deadlines.workdays import Calendar, SpecialDay

ALMATY = ZoneInfo("Asia/Almaty")

HOLIDAYS_2021 = (
    "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 07-06 07-20 08-30 12-01 12-16 12-17"
)
IN_LIEU_2021 = "01-04 03-24 05-03 05-10"
HOLIDAYS_2025 = "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 06-06 07-06 08-30 10-25 12-16"
IN_LIEU_2025 = "03-10 03-24 03-25 07-07 09-01 10-27"
HOLIDAYS_2026 = "01-01 01-02 01-07 03-08 03-21 03-22 03-23 05-01 05-07 05-09 05-27 07-06 10-25 12-16"
IN_LIEU_2026 = "03-09 03-24 03-25 05-11 10-26"


def days(year: int, text: str, kind: DayKind) -> dict[date, SpecialDay]:
    found = [date.fromisoformat(f"{year}-{word}") for word in text.split()]
    return {day: SpecialDay(day, kind) for day in found}


def exchange(worked: date, off: date) -> dict[date, SpecialDay]:
    return {
        worked: SpecialDay(worked, DayKind.WORKING, other=off),
        off: SpecialDay(off, DayKind.MOVED_OFF, other=worked),
    }


CALENDAR = Calendar(
    edition="KZ-1",
    zone="Asia/Almaty",
    days={
        **days(2021, HOLIDAYS_2021, DayKind.HOLIDAY),
        **days(2021, IN_LIEU_2021, DayKind.IN_LIEU),
        **exchange(date(2021, 7, 3), date(2021, 7, 5)),
        **days(2025, HOLIDAYS_2025, DayKind.HOLIDAY),
        **days(2025, IN_LIEU_2025, DayKind.IN_LIEU),
        **exchange(date(2025, 1, 5), date(2025, 1, 3)),
        **days(2026, HOLIDAYS_2026, DayKind.HOLIDAY),
        **days(2026, IN_LIEU_2026, DayKind.IN_LIEU),
    },
    known_from=date(2021, 1, 1),
    known_to=date(2026, 12, 31),
)
TWO_MONTHS = Extension(Unit.MONTH, 2, notice_within=3, start=ExtensionStart.AFTER_DECISION)
CODE = Source("Administrative Procedure Code", "76", "December 2025", Certainty.TEXT_READ)
APPEAL_NOW = Policy(
    "appeal", Unit.WORKING_DAY, 15, CODE, date(2025, 12, 29), extension=TWO_MONTHS, redirect_within=3
)
APPEAL_2021 = replace(
    APPEAL_NOW,
    valid_from=date(2021, 7, 1),
    valid_to=date(2025, 12, 28),
    start=StartRule.DAY_OF_RECEIPT,
    after_hours=AfterHoursRule.DAYS_OFF_ONLY,
)
APPEAL_BEFORE = Policy(
    "appeal",
    Unit.CALENDAR_DAY,
    15,
    Source("Law 221-III", "8", "", Certainty.GENERAL_KNOWLEDGE),
    valid_to=date(2021, 6, 30),
    extension=Extension(Unit.CALENDAR_DAY, 30, notice_within=3),
    redirect_within=3,
)
APPEAL = (APPEAL_BEFORE, APPEAL_2021, APPEAL_NOW)
INFORMATION = Policy(
    "info_request",
    Unit.CALENDAR_DAY,
    15,
    CODE,
    extension=Extension(Unit.CALENDAR_DAY, 15, notice_within=3),
    redirect_within=3,
)


def always(policy: Policy) -> tuple[Policy, ...]:
    """Return the policy as one edition without ends."""
    return (replace(policy, valid_from=None, valid_to=None),)


def at(text: str, zone: ZoneInfo = ALMATY) -> datetime:
    """Return the moment of a local time `2021-03-16 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
