"""Moments in words: days with their weekday, times with their zone, in the reader's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.utils.translation import get_language

DAY_PATTERNS = {"kk": "y 'жылғы' d MMMM, EEEE", "ru": "EEEE, d MMMM y 'г.'", "en": "EEEE, d MMMM y"}
DATE_PATTERNS = {"kk": "y 'жылғы' d MMMM", "ru": "d MMMM y 'г.'", "en": "d MMMM y"}


def in_zone(at: datetime, zone: str) -> datetime:
    """Return the aware moment `at` on the clock of the IANA zone `zone`."""
    return at.astimezone(ZoneInfo(zone))


def day_in_words(at: datetime, zone: str) -> str:
    """Return the day with weekday, month in words and year."""
    return weekday_and_date(in_zone(at, zone).date())


def weekday_and_date(day: date) -> str:
    """Return a date that belongs to no zone (a term's last day) with weekday, month in words and year."""
    language = get_language() or "kk"
    return format_date(day, format=DAY_PATTERNS.get(language, "full"), locale=language)


def date_in_words(day: date) -> str:
    """Return a date with its month in words and its year."""
    language = get_language() or "kk"
    return format_date(day, format=DATE_PATTERNS.get(language, "long"), locale=language)


def clock(at: datetime, zone: str) -> str:
    """Return hours and minutes on a 24-hour clock."""
    return format_time(in_zone(at, zone), format="HH:mm", locale=get_language() or "kk")


def offset(at: datetime, zone: str) -> str:
    """Return the zone's offset from UTC at that time: `UTC+5`, `UTC+5:30`."""
    shift = in_zone(at, zone).utcoffset()
    minutes = int(shift.total_seconds() // 60) if shift else 0
    sign, (hours, rest) = "+" if minutes >= 0 else "−", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def place_in_recording(seconds: int) -> str:
    """Return a place in a recording as hours, minutes and seconds: `12:34`, `1:02:03`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
