"""What holds for every term, whatever the days: found by trying, not by examples."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deadlines.naive import Naive
from deadlines.samples import APPEAL_2021, APPEAL_NOW, CALENDAR, INFORMATION, always
from kenes.deadlines.clock import events_of_part, reckon
from kenes.deadlines.counting import add_months
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
from kenes.deadlines.policy import Policy
from kenes.deadlines.reckoning import Reckoning
from kenes.deadlines.states import AfterHoursRule, DayKind, Reason, StartRule, Unit
from kenes.deadlines.workdays import Calendar, SpecialDay

MONTHS = replace(APPEAL_NOW, unit=Unit.MONTH, count=2)
NOT_COUNTED = set(Reason) - {Reason.COUNTED, Reason.WORKS_INSTEAD}

moments = st.datetimes(datetime(2021, 1, 1), datetime(2026, 9, 30), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis adds the zone)
days = st.dates(date(2021, 1, 1), date(2027, 6, 30))
policies = st.builds(
    replace,
    st.sampled_from([APPEAL_2021, APPEAL_NOW, INFORMATION, MONTHS]),
    count=st.integers(1, 40),
    start=st.sampled_from(StartRule),
).map(lambda policy: replace(policy, count=policy.count % 6 + 1) if policy.unit == Unit.MONTH else policy)
calendars = st.builds(
    lambda off, worked: replace(
        CALENDAR,
        days={
            **{day: SpecialDay(day, DayKind.HOLIDAY) for day in off},
            **{day: SpecialDay(day, DayKind.WORKING) for day in worked},
        },
    ),
    st.sets(days, max_size=40),
    st.sets(days, max_size=10),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Draw what may happen to a term: an extension, pauses that end, passing on, reopening, in order."""
    at = draw(moments)
    events: list[Event] = [Registered(at)]
    if draw(st.booleans()):
        events.append(Extended(at, draw(st.integers(1, 2)), "An inquiry."))  # what each policy allows
    for kind in draw(st.lists(st.sampled_from(["pause", "redirect", "part", "reopen"]), max_size=4)):
        at += timedelta(hours=draw(st.integers(0, 24 * 20)))
        later = at + timedelta(hours=draw(st.integers(0, 24 * 20)))
        if kind == "pause":
            events += [Paused(at), Resumed(later)]
            at = later
        elif kind == "reopen":
            events.append(Reopened(at))
        else:
            events.append(Redirected(at, later, is_part=kind == "part"))
            at = at if kind == "part" else later
    return events


def told(events: list[Event], policy: Policy, calendar: Calendar = CALENDAR) -> Reckoning:
    return reckon(events, always(policy), calendar)


def due(events: list[Event], policy: Policy, calendar: Calendar = CALENDAR) -> date:
    found = told(events, policy, calendar).due_on
    assert found is not None
    return found


@given(histories(), policies, calendars, st.integers(-5, 90))
def test_adding_a_holiday_never_shortens_a_deadline(
    events: list[Event], policy: Policy, calendar: Calendar, back: int
) -> None:
    # Drawn near the due date, mostly within the term: a day of another year could not show anything.
    plain = due(events, policy, calendar)
    extra = plain - timedelta(days=back)
    more = {**calendar.days, extra: SpecialDay(extra, DayKind.HOLIDAY)}
    assert due(events, policy, replace(calendar, days=more)) >= plain


@given(histories(), policies, calendars, st.integers(-5, 90))
def test_a_holiday_published_later_comes_to_the_same_as_one_known_before(
    events: list[Event], policy: Policy, calendar: Calendar, back: int
) -> None:
    extra = due(events, policy, calendar) - timedelta(days=back)
    changed = replace(calendar, days={**calendar.days, extra: SpecialDay(extra, DayKind.HOLIDAY)})
    last = events[-1]
    at = last.received_at if isinstance(last, Redirected) else last.at
    assert due([*events, CalendarChanged(at, changed)], policy, calendar) == due(events, policy, changed)


@given(histories(), policies, calendars)
def test_the_counted_days_always_sum_to_the_term(
    events: list[Event], policy: Policy, calendar: Calendar
) -> None:
    for run in told(events, policy, calendar).runs:
        for span in run.spans:
            numbers = [line.number for line in span.lines if line.number is not None]
            if span.due_on is not None:
                assert numbers == list(range(1, span.count + 1))
            assert all((line.number is None) == (line.reason in NOT_COUNTED) for line in run.lines)


@given(histories(), policies, calendars)
def test_every_day_from_receipt_to_the_due_date_is_told_once(
    events: list[Event], policy: Policy, calendar: Calendar
) -> None:
    run = told(events, policy, calendar).current
    assume(all(span.unit != Unit.MONTH for span in run.spans))  # months tell their ends alone
    first = calendar.local(run.received_at).date()
    listed = [line.day for line in run.lines]
    assert run.due_on is not None
    length = (run.due_on - first).days + 1
    whole = [first + timedelta(days=number) for number in range(length)]
    # The end of a span stands among its counted days, or is where the skipped days behind them lead to.
    ends = {span.due_on for span in run.spans if span.due_on is not None} | {run.due_on}
    assert sorted([*listed, *(ends - set(listed))]) == whole
    assert listed == sorted(listed)


@given(moments, st.integers(0, 400), policies, calendars)
def test_a_later_registration_never_ends_earlier(
    at: datetime, hours: int, policy: Policy, calendar: Calendar
) -> None:
    later = at + timedelta(hours=hours)
    assert due([Registered(later)], policy, calendar) >= due([Registered(at)], policy, calendar)


@given(histories(), policies, calendars)
def test_a_term_that_moves_its_last_day_never_ends_on_a_day_off(
    events: list[Event], policy: Policy, calendar: Calendar
) -> None:
    reckoning = told(events, policy, calendar)
    assert reckoning.due_on is not None
    assert calendar.is_working(reckoning.due_on)


@given(moments, st.integers(0, 500), st.integers(0, 500), policies, calendars)
def test_a_redirect_starts_anew_whatever_came_before(
    at: datetime, hours: int, way: int, policy: Policy, calendar: Calendar
) -> None:
    sent = at + timedelta(hours=hours)
    received = sent + timedelta(hours=way)
    whole = Redirected(sent, received)
    anew = due([Registered(received)], policy, calendar)
    assert due([Registered(at), Paused(at), whole], policy, calendar) == anew
    part = replace(whole, is_part=True)
    assert due(list(events_of_part(part)), policy, calendar) == anew
    assert due([Registered(at), part], policy, calendar) == due([Registered(at)], policy, calendar)


@given(moments, st.integers(0, 1000), st.integers(0, 1000), policies, calendars)
def test_a_pause_never_shortens_and_one_within_a_day_changes_nothing(
    at: datetime, hours: int, length: int, policy: Policy, calendar: Calendar
) -> None:
    since = at + timedelta(hours=hours)
    plain = due([Registered(at)], policy, calendar)
    assert (
        due([Registered(at), Paused(since), Resumed(since + timedelta(hours=length))], policy, calendar)
        >= plain
    )
    assert due([Registered(at), Paused(since), Resumed(since)], policy, calendar) == plain


@given(moments, st.integers(1, 2), calendars)
def test_an_extension_never_ends_earlier_and_a_longer_one_no_earlier_than_a_shorter(
    at: datetime, count: int, calendar: Calendar
) -> None:
    plain = due([Registered(at)], APPEAL_NOW, calendar)
    short = due([Registered(at), Extended(at, 1, "why")], APPEAL_NOW, calendar)
    chosen = due([Registered(at), Extended(at, count, "why")], APPEAL_NOW, calendar)
    assert plain <= short <= chosen


@settings(max_examples=50)
@given(moments, policies, calendars)
def test_the_naive_clock_agrees(at: datetime, policy: Policy, calendar: Calendar) -> None:
    off = {day for day, special in calendar.days.items() if special.is_off}
    clock = Naive(off, set(calendar.days) - off)
    by_hours = policy.after_hours == AfterHoursRule.NEXT_WORKING_DAY
    first = clock.registered(calendar.local(at).replace(tzinfo=None), by_hours=by_hours)
    if policy.start == StartRule.DAY_AFTER:
        first += timedelta(days=1)
    _found, last = clock.counted(str(policy.unit.value), policy.count, first, set())
    assert due([Registered(at)], policy, calendar) == clock.from_(last)


@given(days, st.integers(1, 30))
def test_months_end_on_the_same_day_or_the_months_last(day: date, count: int) -> None:
    end = add_months(day, count)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == count
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@pytest.mark.parametrize("policy", [APPEAL_NOW, INFORMATION, MONTHS])
def test_the_same_input_gives_the_same_explanation(policy: Policy) -> None:
    events: list[Event] = [Registered(datetime(2026, 3, 2, 5, 0, tzinfo=UTC))]
    assert told(events, policy) == told(events, policy)
