"""The programme as files: meetings as CSV, and as calendars."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from kenes.core.languages import LANGUAGES, in_languages, localized
from kenes.core.tables import csv_lines
from kenes.programme.models import Meeting
from kenes.territories.queries import place_paths

CSV_COLUMNS = (
    "code",
    "title_kk",
    "title_ru",
    "title_en",
    "kind",
    "sphere",
    "second_sphere",
    "state",
    "format",
    "languages",
    "starts_at",
    "ends_at",
    "zone",
    "place_kato",
    "place",
    "campaign",
    "session",
)


def meetings_csv(meetings: Iterable[Meeting]) -> Iterator[str]:
    """Yield meetings as CSV lines; times are those at the place, with their offset; keys, not words."""
    listed = list(meetings)
    paths = place_paths([meeting.place for meeting in listed])
    return csv_lines(CSV_COLUMNS, (_csv_row(meeting, paths[meeting.place_id]) for meeting in listed))


def _csv_row(meeting: Meeting, place: str) -> tuple[object, ...]:
    zone, titles = ZoneInfo(meeting.zone), in_languages(meeting, "title")
    return (
        meeting.code,
        *(titles.get(language, "") for language in LANGUAGES),
        meeting.kind,
        meeting.sphere,
        meeting.second_sphere,
        meeting.state,
        meeting.format,
        " ".join(meeting.languages),
        meeting.starts_at.astimezone(zone),
        meeting.ends_at.astimezone(zone),
        meeting.zone,
        meeting.place.kato,
        place,
        meeting.session.campaign.slug,
        meeting.session.public_id,
    )


def meetings_calendar(
    meetings: Iterable[Meeting], *, name: str, url_of: Callable[[Meeting], str], at: datetime
) -> bytes:
    """Return meetings as a calendar in the active language, with the rules of their zones.

    An event keeps its UID for ever; SEQUENCE is the version of the meeting's row, which only grows.
    Source: RFC 5545, 3.8.4.7, 3.8.7.4 and 3.6.5; the name by RFC 7986, 5.1.
    """
    listed = list(meetings)
    paths = place_paths([meeting.place for meeting in listed])
    calendar = Calendar()
    calendar.add("prodid", "-//Kenes//Programme//KK")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for meeting in listed:
        calendar.add_component(_event(meeting, paths[meeting.place_id], url_of(meeting), at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, place: str, url: str, at: datetime) -> Event:
    zone = ZoneInfo(meeting.zone)
    event = Event()
    event.add("uid", f"{meeting.public_id}@kenes")
    event.add("dtstamp", at)
    event.add("sequence", meeting.version)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", str(localized(meeting, "title")))
    event.add("description", "\n\n".join(filter(None, [str(localized(meeting, "summary")), url])))
    event.add("location", place)
    event.add("url", url)
    event.add("status", "CONFIRMED")
    event.add("categories", [str(meeting.get_sphere_display())])
    return event
