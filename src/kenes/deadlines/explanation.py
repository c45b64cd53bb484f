"""A reckoning in words, in the reader's language: sentences with the days they are about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from kenes.core.moments import clock, date_in_words, day_in_words, weekday_and_date
from kenes.deadlines.events import Event, Extended, Paused, Redirected, Registered, Reopened, Resumed
from kenes.deadlines.policy import Policy
from kenes.deadlines.reckoning import Line, Reckoning, Run, Span
from kenes.deadlines.states import (
    Arrival,
    DayKind,
    DutyKind,
    ExtensionStart,
    Reason,
    SpanKind,
    StartRule,
    Unit,
)
from kenes.deadlines.workdays import Calendar, SpecialDay

LINE_PATTERNS = {"kk": "EEE, d MMMM", "ru": "EEE, d MMMM", "en": "EEE d MMMM"}


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day's sentence: «Mon 22 March: Nauryz, not counted», with its number where it counts."""

    day: date
    label: str
    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class ToldSpan:
    """A stretch of counting with its heading, its days and how it ends."""

    title: str
    days: tuple[ToldDay, ...]
    end: str


@dataclass(frozen=True, slots=True)
class ToldRun:
    """The term from one start: how it began, the spans, what happened, why it ended."""

    title: str
    waiting: tuple[ToldDay, ...]
    spans: tuple[ToldSpan, ...]
    events: tuple[str, ...]
    duties: tuple[str, ...]
    source: str
    certainty: str
    note: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date explained."""

    result: str
    runs: tuple[ToldRun, ...]
    calendar: str
    warnings: tuple[str, ...]


def explain(reckoning: Reckoning) -> Explanation:
    """Return the words for a reckoning in the active language."""
    due_on = reckoning.due_on
    result = (
        _sentence(_("Due on %(day)s.") % {"day": weekday_and_date(due_on)})
        if due_on
        else _("The clock stands; the due date follows when it runs again.")
    )
    calendar = reckoning.calendar
    told = tuple(_run(run, calendar, is_current=run is reckoning.current) for run in reckoning.runs)
    return Explanation(result, told, _calendar(calendar), tuple(_warnings(reckoning)))


def _calendar(calendar: Calendar) -> str:
    values = {"edition": calendar.edition, "zone": calendar.zone}
    return _("Working calendar: edition %(edition)s, clocks of %(zone)s.") % values


def _warnings(reckoning: Reckoning) -> Iterator[str]:
    if not reckoning.calendar.is_confirmed:
        yield _("No person has confirmed this edition of the calendar yet.")
    if not reckoning.is_within_known_days:
        known = date_in_words(reckoning.calendar.known_to)
        yield _("Holidays are known until %(day)s only; the date may still move.") % {"day": known}


def _run(run: Run, calendar: Calendar, *, is_current: bool) -> ToldRun:
    source = run.policy.source
    texts = [_said(source.act), _("art. %(article)s") % {"article": source.article} if source.article else ""]
    happened = run.events if run.ended_by is None else (*run.events, run.ended_by)
    return ToldRun(
        title=_beginning(run, calendar),
        waiting=tuple(_day(line) for line in run.waiting),
        spans=tuple(_span(span, run.policy) for span in run.spans),
        events=tuple(_event(event, calendar) for event in happened),
        duties=tuple(
            _sentence(_DUTIES[duty.kind]() % {"day": weekday_and_date(duty.due_on)}) for duty in run.duties
        ),
        source=", ".join(filter(None, [*texts, _said(source.edition)])),
        certainty=str(source.certainty.label),
        note=_said(source.note),
        is_current=is_current,
    )


def _beginning(run: Run, calendar: Calendar) -> str:
    values = {
        "day": day_in_words(run.received_at, calendar.zone),
        "time": clock(run.received_at, calendar.zone),
        "registered": weekday_and_date(run.registered_on),
    }
    match run.arrival:
        case Arrival.AFTER_HOURS:
            text = _("Received on %(day)s at %(time)s, after working hours; registered on %(registered)s.")
        case Arrival.DAY_OFF:
            text = _("Received on %(day)s at %(time)s, a day off; registered on %(registered)s.")
        case _:
            text = _("Received on %(day)s at %(time)s and registered the same day.")
    return _sentence(text % values)


def _span(span: Span, policy: Policy) -> ToldSpan:
    length = length_in_words(span.unit, span.count)
    if span.kind == SpanKind.EXTENSION:
        title = _extension_title(policy) % {"length": length, "reason": span.reason}
    elif policy.start == StartRule.DAY_AFTER:
        title = _("%(length)s, counted from the day after registration") % {"length": length}
    else:
        title = _("%(length)s, counted from the day of registration") % {"length": length}
    return ToldSpan(title, tuple(_day(line) for line in (*span.lines, *span.skipped)), _end(span))


def _extension_title(policy: Policy) -> str:
    if policy.extension and policy.extension.start == ExtensionStart.AFTER_DECISION:
        return _("Extended, %(length)s from the day of the decision: %(reason)s")
    return _("Extended by %(length)s: %(reason)s")


def _end(span: Span) -> str:
    if span.due_on is None or span.last_day is None:
        return _("The clock stands.")
    values = {"last": weekday_and_date(span.last_day), "due": weekday_and_date(span.due_on)}
    if span.due_on == span.last_day:
        return _sentence(_("Last day: %(due)s.") % values)
    return _sentence(_("The last day, %(last)s, is off; it moves to %(due)s.") % values)


def _said(text: str) -> str:
    """Return in the reader's language what a policy says of its source, where it is one we ship."""
    return _(text) if text else ""


def _sentence(text: str) -> str:
    """A date may end in a full stop of its own («2026 г.»); the sentence needs no second one."""
    return text[:-1] if text.endswith("..") else text


def length_in_words(unit: Unit, count: int) -> str:
    """Return `15 working days`, in the active language."""
    match unit:
        case Unit.WORKING_DAY:
            text = ngettext("%(count)d working day", "%(count)d working days", count)
        case Unit.CALENDAR_DAY:
            text = ngettext("%(count)d calendar day", "%(count)d calendar days", count)
        case _:
            text = ngettext("%(count)d month", "%(count)d months", count)
    return text % {"count": count}


def _day(line: Line) -> ToldDay:
    language = get_language() or "kk"
    label = format_date(line.day, format=LINE_PATTERNS.get(language, "EEE d MMMM"), locale=language)
    return ToldDay(line.day, label, _why(line, language), line.number)


def _why(line: Line, language: str) -> str:
    match line.reason:
        case Reason.COUNTED:
            return pgettext("a day of a term", "counted")
        case Reason.SPECIAL_DAY_OFF if line.special:
            return _special(line.special, language)
        case Reason.WORKS_INSTEAD if line.special and line.special.other:
            other = date_in_words(line.special.other)
            return _("worked instead of %(day)s, counted") % {"day": other}
        case reason:
            return str(reason.label)


def _special(special: SpecialDay, language: str) -> str:
    name = special.names.get(language) or next(iter(special.names.values()), "")
    match special.kind:
        case DayKind.IN_LIEU if name:
            return _("day off in place of %(holiday)s, not counted") % {"holiday": name}
        case DayKind.MOVED_OFF if special.other:
            return _("day off moved from %(day)s, not counted") % {"day": date_in_words(special.other)}
        case _ if name:
            return _("%(holiday)s, not counted") % {"holiday": name}
        case kind:
            return _("%(holiday)s, not counted") % {"holiday": kind.label}


def _event(event: Event, calendar: Calendar) -> str:
    values = {"day": day_in_words(event.at, calendar.zone), "reason": getattr(event, "reason", "")}
    match event:
        case Paused():
            return _("%(day)s: the clock was stopped. %(reason)s") % values
        case Resumed():
            return _("%(day)s: the clock was started again.") % values
        case Extended():
            return _("%(day)s: the term was extended. %(reason)s") % values
        case Redirected(is_part=True):
            return _("%(day)s: a part was passed on to another body, with a term of its own.") % values
        case Redirected():
            return _("%(day)s: passed on to another body; the term starts anew there.") % values
        case Reopened():
            return _("%(day)s: reopened; the term starts anew. %(reason)s") % values
        case Registered():
            return _("%(day)s: received.") % values
        case _:
            return _("%(day)s: another edition of the working calendar holds.") % values


_DUTIES = {
    DutyKind.REDIRECT: lambda: _("To be passed on, if another body is competent: by %(day)s."),
    DutyKind.REDIRECT_NOTICE: lambda: _("The asker is to be told that it was passed on: by %(day)s."),
    DutyKind.EXTENSION_NOTICE: lambda: _("The asker is to be told of the extension: by %(day)s."),
}
