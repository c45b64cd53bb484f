"""The clock: from what happened to a term, a policy and a calendar to its due date, day by day.

A pure function: the same events, policies and calendar give the same due date and explanation.

Source: Administrative Procedure Code of Kazakhstan (350-VI): art. 64(3), what comes after hours or on
a day off is registered on the next working day; art. 76(1)–(3) and (5), the term, its start,
its extension from the day of the decision, its last day; art. 65, passing on within three working
days, the term anew at the receiver.
The code says nothing of a pause: the day on which the clock is stopped still counts, the days after it
through the day on which it is started again do not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from kenes.deadlines.counting import Pause, count_span, day_off_line
from kenes.deadlines.errors import (
    EventsOutOfOrder,
    ExtensionNeedsReason,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooLong,
)
from kenes.deadlines.events import (
    CalendarChanged,
    Event,
    Extended,
    Paused,
    Redirected,
    Registered,
    Reopened,
    Resumed,
)
from kenes.deadlines.policy import Policy, policy_on
from kenes.deadlines.reckoning import Duty, Line, Reckoning, Run, Span
from kenes.deadlines.states import (
    AfterHoursRule,
    Arrival,
    DutyKind,
    ExtensionStart,
    Reason,
    SpanKind,
    StartRule,
)
from kenes.deadlines.workdays import ONE_DAY, Calendar


def reckon(events: Sequence[Event], policies: Sequence[Policy], calendar: Calendar) -> Reckoning:
    """Return the due date with its explanation.

    `policies` are the editions of one policy; each run takes the one that holds on the day of its
    receipt. `events` are in the order of their time and begin with `Registered`.

    Raises: EventsOutOfOrder, NoPolicyOnDay, ExtensionNotAllowed, ExtensionTooLong,
    ExtensionTooLate, ExtensionNeedsReason, CalendarHasNoWorkingDay.
    """
    stages = _stages(events)
    for event in events:
        if isinstance(event, CalendarChanged):
            calendar = event.calendar
    runs = tuple(_run(stage, policies, calendar) for stage in stages)
    return Reckoning(runs, calendar)


def events_of_part(event: Redirected) -> tuple[Event, ...]:
    """Return the events with which the part that was passed on begins its own term at the receiver."""
    return (Registered(event.received_at),)


@dataclass(slots=True)
class _Stage:
    """The events of one run."""

    began_by: Event
    received_at: datetime
    events: list[Event] = field(default_factory=list)
    ended_by: Event | None = None


def _stages(events: Sequence[Event]) -> list[_Stage]:
    _refuse_disorder(events)
    stages = [_Stage(events[0], events[0].at)]
    for event in events[1:]:
        restart = _restart(event)
        if restart is None:
            stages[-1].events.append(event)
        else:
            stages[-1].ended_by = event
            stages.append(_Stage(event, restart))
    return stages


def _restart(event: Event) -> datetime | None:
    """Return the moment from which the term starts anew by this event."""
    if isinstance(event, Redirected) and not event.is_part:
        return event.received_at
    return event.at if isinstance(event, Reopened) else None


def _refuse_disorder(events: Sequence[Event]) -> None:
    begins = [isinstance(event, Registered) for event in events]
    if not events or begins != [True, *[False] * (len(events) - 1)]:
        raise EventsOutOfOrder
    if any((_restart(first) or first.at) > second.at for first, second in pairwise(events)):
        raise EventsOutOfOrder
    if any(isinstance(event, Redirected) and event.received_at < event.at for event in events):
        raise EventsOutOfOrder


def _run(stage: _Stage, policies: Iterable[Policy], calendar: Calendar) -> Run:
    policy = policy_on(policies, calendar.local(stage.received_at).date())
    arrival, registered_on = _registration(stage.received_at, policy, calendar)
    pauses = _pauses(stage.events, calendar)
    first = registered_on + ONE_DAY if policy.start == StartRule.DAY_AFTER else registered_on
    spans = [count_span(SpanKind.TERM, (policy.unit, policy.count), first, policy, calendar, pauses)]
    extensions = [event for event in stage.events if isinstance(event, Extended)]
    for number, event in enumerate(extensions, start=1):
        extended = _extended(event, number, spans[-1], policy, calendar, pauses)
        if extended is not None:
            spans.append(extended)
    return Run(
        policy=policy,
        began_by=stage.began_by,
        received_at=stage.received_at,
        arrival=arrival,
        registered_on=registered_on,
        waiting=_waiting(stage.received_at, arrival, registered_on, policy, calendar),
        spans=tuple(spans),
        duties=_duties(registered_on, stage, policy, calendar),
        events=tuple(stage.events),
        ended_by=stage.ended_by,
    )


def _registration(at: datetime, policy: Policy, calendar: Calendar) -> tuple[Arrival, date]:
    """Return how it came and the day on which it counts as registered.

    Source: Administrative Procedure Code, art. 64(3).
    """
    local = calendar.local(at)
    day = local.date()
    if policy.after_hours == AfterHoursRule.SAME_DAY:
        return Arrival.IN_HOURS, day
    if not calendar.is_working(day):
        return Arrival.DAY_OFF, calendar.first_working(day)
    if policy.after_hours == AfterHoursRule.NEXT_WORKING_DAY and local.time() > calendar.closes_at:
        return Arrival.AFTER_HOURS, calendar.first_working(day + ONE_DAY)
    return Arrival.IN_HOURS, day


def _waiting(
    at: datetime, arrival: Arrival, registered_on: date, policy: Policy, calendar: Calendar
) -> tuple[Line, ...]:
    """Return the days before the first that may count: from receipt to registration."""
    lines = []
    day = calendar.local(at).date()
    while day < registered_on:
        after_hours = arrival == Arrival.AFTER_HOURS and calendar.is_working(day)
        lines.append(Line(day, Reason.AFTER_HOURS) if after_hours else day_off_line(day, calendar))
        day += ONE_DAY
    if policy.start == StartRule.DAY_AFTER:
        lines.append(Line(registered_on, Reason.REGISTRATION, special=calendar.days.get(registered_on)))
    return tuple(lines)


def _pauses(events: Iterable[Event], calendar: Calendar) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    since: date | None = None
    for event in events:
        if isinstance(event, Paused):
            if since is not None:
                raise EventsOutOfOrder
            since = calendar.local(event.at).date()
        elif isinstance(event, Resumed):
            if since is None:
                raise EventsOutOfOrder
            pauses.append(Pause(since, calendar.local(event.at).date()))
            since = None
    if since is not None:
        pauses.append(Pause(since, None))
    return tuple(pauses)


def _extended(
    event: Extended,
    number: int,
    before: Span,
    policy: Policy,
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> Span | None:
    """Return the extension's span; None while the clock stands before it.

    Source: Administrative Procedure Code, art. 76(3): by a decision with reasons, up to two months
    from the day on which it is taken.
    """
    allowed = policy.extension
    if allowed is None or number > allowed.times:
        raise ExtensionNotAllowed
    if not 0 < event.count <= allowed.count:
        raise ExtensionTooLong(count=f"{allowed.count} {allowed.unit.label}")
    if not event.reason.strip():
        raise ExtensionNeedsReason
    if before.due_on is None:
        return None
    decided_on = calendar.local(event.at).date()
    if decided_on > before.due_on:
        raise ExtensionTooLate
    length = (allowed.unit, event.count)
    from_decision = allowed.start == ExtensionStart.AFTER_DECISION
    first = (decided_on if from_decision else before.due_on) + ONE_DAY
    return count_span(SpanKind.EXTENSION, length, first, policy, calendar, pauses, reason=event.reason)


def _duties(registered_on: date, stage: _Stage, policy: Policy, calendar: Calendar) -> tuple[Duty, ...]:
    """Return what else is due: passing on, and telling the asker at once that it was; telling of extensions.

    Source: Administrative Procedure Code, art. 65 (the day itself; off, the next working day), 76(3).
    """
    duties = []
    if policy.redirect_within is not None:
        last = calendar.after_working_days(registered_on, policy.redirect_within)
        duties.append(Duty(DutyKind.REDIRECT, last))
    if policy.extension is not None and policy.extension.notice_within is not None:
        for event in stage.events:
            if not isinstance(event, Extended):
                continue
            decided_on = calendar.local(event.at).date()
            last = calendar.after_working_days(decided_on, policy.extension.notice_within)
            duties.append(Duty(DutyKind.EXTENSION_NOTICE, last, event.at))
    for event in (stage.began_by, *stage.events):
        if isinstance(event, Redirected):
            passed_on = calendar.first_working(calendar.local(event.at).date())
            duties.append(Duty(DutyKind.REDIRECT_NOTICE, passed_on, event.at))
    return tuple(duties)
