"""Working calendars: seeded from known holidays, edited in a draft, published as a whole, confirmed."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from kenes.deadlines.errors import EditionIsPublished, NoCalendar
from kenes.deadlines.known_holidays import KnownDay, known_days, package_edition
from kenes.deadlines.models import CalendarDay, CalendarEdition, WorkingCalendar
from kenes.deadlines.queries.calendars import COUNTRY, current_edition
from kenes.deadlines.states import EditionState
from kenes.deadlines.workdays import SpecialDay
from kenes.record.actions import record_act
from kenes.territories.models import Place

Actor = AbstractBaseUser | None


@transaction.atomic
def seed_working_calendar(*, first_year: int, last_year: int, by: Actor, at: datetime) -> CalendarEdition:
    """Give the country a calendar, published and waiting to be confirmed by a person.

    Where there is one, the years after those it knows come into the next draft; what people edited
    stays. Returns the edition that has the years.
    """
    calendar, _made = WorkingCalendar.objects.get_or_create(key=COUNTRY)
    current = current_edition(calendar)
    if current is None:
        edition = CalendarEdition.objects.create(
            calendar=calendar,
            number=1,
            known_from=date(first_year, 1, 1),
            known_to=date(last_year, 12, 31),
            note=package_edition(),
        )
        _add_days(edition, known_days(first_year, last_year))
        return publish_edition(edition, by=by, at=at)
    if current.known_to.year >= last_year:
        return current
    edition = draft_edition(calendar, by=by, at=at)
    if edition.known_to.year < last_year:
        _add_days(edition, known_days(edition.known_to.year + 1, last_year))
        edition.known_to, edition.note = date(last_year, 12, 31), package_edition()
        edition.save(update_fields=["known_to", "note"])
    return edition


@transaction.atomic
def begin_regional_calendar(place: Place, *, by: Actor, at: datetime) -> CalendarEdition:
    """Draft a calendar of a place's own from the country's; it holds there once it is published.

    Raises: NoCalendar, where the country has none yet.
    """
    source = current_edition(WorkingCalendar.objects.filter(key=COUNTRY).first())
    if source is None:
        raise NoCalendar
    calendar, _made = WorkingCalendar.objects.get_or_create(key=place.kato, defaults={"place": place})
    return draft_edition(calendar, by=by, at=at, source=source)


@transaction.atomic
def draft_edition(
    calendar: WorkingCalendar, *, by: Actor, at: datetime, source: CalendarEdition | None = None
) -> CalendarEdition:
    """Return the calendar's draft; where there is none, a copy of the edition that holds (or `source`).

    Raises: NoCalendar, where there is nothing to copy.
    """
    WorkingCalendar.objects.select_for_update().get(pk=calendar.pk)
    draft = calendar.editions.filter(state=EditionState.DRAFT).first()
    if draft is not None:
        return draft
    source = current_edition(calendar) or source
    if source is None:
        raise NoCalendar
    last = calendar.editions.order_by("-number").first()
    draft = CalendarEdition.objects.create(
        calendar=calendar,
        number=last.number + 1 if last else 1,
        known_from=source.known_from,
        known_to=source.known_to,
        weekly_days_off=source.weekly_days_off,
        closes_at=source.closes_at,
        note=source.note,
    )
    days = list(source.days.all())
    for day in days:
        day.pk, day.edition = None, draft
    CalendarDay.objects.bulk_create(days)
    _record("draft_calendar", draft, by=by, at=at)
    return draft


@transaction.atomic
def set_day(
    edition: CalendarEdition, special: SpecialDay, *, by: Actor, at: datetime, note: str = ""
) -> CalendarDay:
    """Say in a draft what a day is. Raises: EditionIsPublished."""
    _locked_draft(edition)
    names = {f"name_{language}": special.names.get(language, "") for language in ("kk", "ru", "en")}
    values = {"kind": special.kind, "other": special.other, "note": note, **names}
    row, _made = CalendarDay.objects.update_or_create(edition=edition, day=special.day, defaults=values)
    detail = {"day": special.day.isoformat(), "kind": str(special.kind)}
    _record("set_calendar_day", edition, by=by, at=at, detail=detail)
    return row


@transaction.atomic
def remove_day(edition: CalendarEdition, *, day: date, by: Actor, at: datetime) -> None:
    """Let a day of a draft be what its weekday says. Raises: EditionIsPublished."""
    _locked_draft(edition)
    edition.days.filter(day=day).delete()
    _record("remove_calendar_day", edition, by=by, at=at, detail={"day": day.isoformat()})


@transaction.atomic
def set_week(  # noqa: PLR0913 (the values of an edition)
    edition: CalendarEdition,
    *,
    weekly_days_off: str,
    closes_at: time,
    known_to: date,
    note: str,
    by: Actor,
    at: datetime,
) -> None:
    """Say in a draft which weekdays are off, when work ends, how far holidays are known.

    Raises: EditionIsPublished.
    """
    held = _locked_draft(edition)
    held.weekly_days_off, held.closes_at = weekly_days_off, closes_at
    held.known_to, held.note = known_to, note
    held.save(update_fields=["weekly_days_off", "closes_at", "known_to", "note"])
    _record("set_calendar_week", held, by=by, at=at, detail={"weekly_days_off": weekly_days_off})


@transaction.atomic
def publish_edition(edition: CalendarEdition, *, by: Actor, at: datetime) -> CalendarEdition:
    """Let the draft hold, as a whole; running terms follow by `recompute_terms`.

    Raises: EditionIsPublished.
    """
    held = _locked_draft(edition)
    held.state = edition.state = EditionState.PUBLISHED
    held.save(update_fields=["state"])
    _record("publish_calendar", held, by=by, at=at, detail={"days": held.days.count()})
    return held


@transaction.atomic
def confirm_edition(edition: CalendarEdition, *, by: AbstractBaseUser, at: datetime) -> None:
    """Note that a person has compared a published edition with the law and stands for it.

    Raises: EditionIsPublished, where it is a draft or confirmed already.
    """
    held = CalendarEdition.objects.select_for_update().get(pk=edition.pk)
    if held.state != EditionState.PUBLISHED:
        raise EditionIsPublished
    held.state = edition.state = EditionState.CONFIRMED
    held.save(update_fields=["state"])
    _record("confirm_calendar", held, by=by, at=at)


def _locked_draft(edition: CalendarEdition) -> CalendarEdition:
    held = CalendarEdition.objects.select_for_update().select_related("calendar").get(pk=edition.pk)
    if held.state != EditionState.DRAFT:
        raise EditionIsPublished
    return held


def _add_days(edition: CalendarEdition, known: list[KnownDay]) -> None:
    rows = [
        CalendarDay(
            edition=edition,
            day=each.special.day,
            kind=each.special.kind,
            other=each.special.other,
            note=each.note,
            **{f"name_{language}": each.special.names.get(language, "") for language in ("kk", "ru", "en")},
        )
        for each in known
    ]
    CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)


def _record(
    act: str, edition: CalendarEdition, *, by: Actor, at: datetime, detail: Mapping[str, object] | None = None
) -> None:
    record_act(act=act, object_kind="calendar", object_id=str(edition), by=by, at=at, detail=detail)
