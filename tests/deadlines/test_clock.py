"""The clock at the edges of the law, each date counted by hand from a wall calendar."""

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from deadlines.samples import (
    APPEAL,
    APPEAL_2021,
    APPEAL_BEFORE,
    APPEAL_NOW,
    CALENDAR,
    INFORMATION,
    always,
    at,
)
from kenes.deadlines.clock import events_of_part, reckon
from kenes.deadlines.errors import (
    EventsOutOfOrder,
    ExtensionNeedsReason,
    ExtensionNotAllowed,
    ExtensionTooLate,
    ExtensionTooLong,
    NoPolicyOnDay,
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
from kenes.deadlines.policy import Policy
from kenes.deadlines.reckoning import Reckoning
from kenes.deadlines.states import Arrival, DayKind, DutyKind, Reason, Unit
from kenes.deadlines.workdays import SpecialDay


def due(*events: Event, policies: tuple[Policy, ...] = APPEAL) -> date | None:
    return reckon(events, policies, CALENDAR).due_on


def counted_days(reckoning: Reckoning) -> list[str]:
    return [f"{line.day:%m-%d}" for line in reckoning.current.lines if line.number is not None]


def reasons(reckoning: Reckoning) -> dict[str, Reason]:
    return {f"{line.day:%m-%d}": line.reason for line in reckoning.current.lines if line.number is None}


def test_nauryz_is_not_counted_and_each_day_says_why() -> None:
    told = reckon([Registered(at("2021-03-16 10:00"))], always(APPEAL_NOW), CALENDAR)
    assert told.due_on == date(2021, 4, 9)
    assert counted_days(told) == [
        *["03-17", "03-18", "03-19", "03-25", "03-26", "03-29", "03-30", "03-31", "04-01", "04-02"],
        *["04-05", "04-06", "04-07", "04-08", "04-09"],
    ]
    assert reasons(told) == {
        "03-16": Reason.REGISTRATION,
        "03-20": Reason.WEEKLY_DAY_OFF,
        **dict.fromkeys(["03-21", "03-22", "03-23", "03-24"], Reason.SPECIAL_DAY_OFF),
        **dict.fromkeys(["03-27", "03-28", "04-03", "04-04"], Reason.WEEKLY_DAY_OFF),
    }


def test_a_saturday_that_is_worked_instead_of_a_monday_is_counted_and_the_monday_is_not() -> None:
    # 5 July 2021 was moved to Saturday 3 July; 6 July is the day of the capital.
    told = reckon([Registered(at("2021-07-01 10:00"))], always(replace(APPEAL_NOW, count=3)), CALENDAR)
    assert told.due_on == date(2021, 7, 7)
    assert [(line.day.day, line.reason) for line in told.current.spans[0].lines] == [
        (2, Reason.COUNTED),
        (3, Reason.WORKS_INSTEAD),
        (4, Reason.WEEKLY_DAY_OFF),
        (5, Reason.SPECIAL_DAY_OFF),
        (6, Reason.SPECIAL_DAY_OFF),
        (7, Reason.COUNTED),
    ]


@pytest.mark.parametrize(
    ("received", "registered", "arrival"),
    [
        ("2026-02-06 17:59", date(2026, 2, 6), Arrival.IN_HOURS),
        ("2026-02-06 18:00", date(2026, 2, 6), Arrival.IN_HOURS),
        ("2026-02-06 18:01", date(2026, 2, 9), Arrival.AFTER_HOURS),
        ("2026-02-07 10:00", date(2026, 2, 9), Arrival.DAY_OFF),
        ("2026-03-06 20:00", date(2026, 3, 10), Arrival.AFTER_HOURS),
        ("2026-02-09 05:00", date(2026, 2, 9), Arrival.IN_HOURS),
    ],
)
def test_what_comes_after_hours_or_on_a_day_off_is_registered_on_the_next_working_day(
    received: str, registered: date, arrival: Arrival
) -> None:
    run = reckon([Registered(at(received))], APPEAL, CALENDAR).current
    assert (run.registered_on, run.arrival) == (registered, arrival)


@pytest.mark.parametrize(
    ("received", "registered", "arrival"),
    [
        # Friday evening, Saturday and Sunday before Law 241-VIII; Monday evening under it.
        ("2025-12-26 19:30", date(2025, 12, 26), Arrival.IN_HOURS),
        ("2025-12-27 10:00", date(2025, 12, 29), Arrival.DAY_OFF),
        ("2025-12-28 23:59", date(2025, 12, 29), Arrival.DAY_OFF),
        ("2025-12-29 18:30", date(2025, 12, 30), Arrival.AFTER_HOURS),
    ],
)
def test_before_law_241_what_came_after_hours_was_registered_that_day(
    received: str, registered: date, arrival: Arrival
) -> None:
    run = reckon([Registered(at(received))], APPEAL, CALENDAR).current
    assert (run.registered_on, run.arrival) == (registered, arrival)


def test_hours_are_those_of_the_place_on_that_day() -> None:
    # 12:30 UTC in February 2021 is 18:30 in Almaty, then UTC+6, and 17:30 in Aktobe.
    moment = at("2021-02-05 12:30", ZoneInfo("UTC"))
    policies = always(APPEAL_NOW)
    almaty = reckon([Registered(moment)], policies, CALENDAR)
    aktobe = reckon([Registered(moment)], policies, replace(CALENDAR, zone="Asia/Aqtobe"))
    assert (almaty.current.registered_on, aktobe.current.registered_on) == (
        date(2021, 2, 8),
        date(2021, 2, 5),
    )
    # Since March 2024 both are UTC+5.
    later = at("2026-02-05 12:30", ZoneInfo("UTC"))
    assert reckon([Registered(later)], policies, CALENDAR).current.registered_on == date(2026, 2, 5)


def test_the_day_after_midnight_in_the_place_is_its_own_day() -> None:
    moment = at("2026-02-05 19:30", ZoneInfo("UTC"))
    assert reckon([Registered(moment)], APPEAL, CALENDAR).current.registered_on == date(2026, 2, 6)


@pytest.mark.parametrize(
    ("received", "expected", "policy"),
    [
        # 15 calendar days after Wednesday 30 June 2021 end on Thursday 15 July.
        ("2021-06-30 10:00", date(2021, 7, 15), APPEAL_BEFORE),
        # From 1 July 2021: that day is the first; 3 July is worked, 5, 6 and 20 July are not.
        ("2021-07-01 10:00", date(2021, 7, 23), APPEAL_2021),
        # 16 December 2025 is a holiday: registered on the 17th, yet under the rule of its receipt.
        ("2025-12-15 10:00", date(2026, 1, 8), APPEAL_2021),
        ("2025-12-16 10:00", date(2026, 1, 9), APPEAL_2021),
        # Law 241-VIII is signed, not yet in force; Sunday 28 December is registered on Monday.
        ("2025-12-17 10:00", date(2026, 1, 9), APPEAL_2021),
        ("2025-12-28 10:00", date(2026, 1, 21), APPEAL_2021),
        # From 29 December 2025 on, the first day is the next one.
        ("2025-12-29 10:00", date(2026, 1, 22), APPEAL_NOW),
    ],
)
def test_the_edition_of_the_law_is_that_of_the_day_of_receipt(
    received: str, expected: date, policy: Policy
) -> None:
    told = reckon([Registered(at(received))], APPEAL, CALENDAR)
    assert (told.due_on, told.current.policy) == (expected, policy)


def test_a_last_day_that_is_off_moves_and_the_days_it_passes_are_told() -> None:
    # Received on Friday 6 March 2026; 15 calendar days end on Saturday 21 March, Nauryz through the 25th.
    told = reckon([Registered(at("2026-03-06 10:00"))], always(INFORMATION), CALENDAR)
    span = told.current.spans[-1]
    assert (span.last_day, span.due_on, span.counted) == (date(2026, 3, 21), date(2026, 3, 26), 15)
    assert [line.day.day for line in span.skipped] == [22, 23, 24, 25]


def test_a_pause_takes_the_days_after_it_through_the_day_of_resuming() -> None:
    # Paused on the 3rd counted day (Thu 5 Feb), resumed on Tue 10 Feb: four days, of them two working.
    events = [
        Registered(at("2026-02-02 10:00")),
        Paused(at("2026-02-05 15:00"), "Papers are awaited."),
        Resumed(at("2026-02-10 09:00")),
    ]
    told = reckon(events, APPEAL, CALENDAR)
    assert told.due_on == date(2026, 2, 26)
    paused = [line.day.day for line in told.current.lines if line.reason == Reason.PAUSED]
    assert paused == [6, 7, 8, 9, 10]
    assert told.current.spans[0].counted == 15


def test_a_clock_that_stands_has_no_due_date_and_keeps_what_was_counted() -> None:
    told = reckon([Registered(at("2026-02-02 10:00")), Paused(at("2026-02-05 15:00"))], APPEAL, CALENDAR)
    assert (told.due_on, told.current.spans[0].counted) == (None, 3)


def test_a_pause_after_the_last_day_changes_nothing() -> None:
    plain = due(Registered(at("2026-02-02 10:00")))
    paused = due(Registered(at("2026-02-02 10:00")), Paused(at("2026-03-05 10:00")))
    assert plain == paused == date(2026, 2, 23)


def test_an_extension_by_the_code_runs_from_the_day_of_the_decision_and_names_its_notice() -> None:
    # Two months from Fri 20 Feb 2026, the day of the decision, end on Mon 20 April.
    told = reckon(
        [Registered(at("2026-02-02 10:00")), Extended(at("2026-02-20 10:00"), 2, "An inquiry.")],
        APPEAL,
        CALENDAR,
    )
    assert told.due_on == date(2026, 4, 20)
    assert [(span.unit, span.counted) for span in told.current.spans] == [
        (Unit.WORKING_DAY, 15),
        (Unit.MONTH, 2),
    ]
    assert [(duty.kind, duty.due_on) for duty in told.current.duties] == [
        (DutyKind.REDIRECT, date(2026, 2, 5)),
        (DutyKind.EXTENSION_NOTICE, date(2026, 2, 25)),
    ]


def test_an_extension_that_ends_on_a_day_off_moves() -> None:
    # Decided on Mon 9 Feb 2026; a month later is Mon 9 March, a day off for 8 March: Tue 10 March.
    short = always(replace(APPEAL_NOW, count=5))
    events = (Registered(at("2026-02-02 10:00")), Extended(at("2026-02-09 10:00"), 1, "An inquiry."))
    assert due(*events, policies=short) == date(2026, 3, 10)


def test_an_extension_by_the_law_on_information_runs_from_the_last_day() -> None:
    # 15 days after Mon 2 March 2026 end on the 17th; 15 more on Wed 1 April, whenever it was decided.
    for day in (3, 17):
        extended = Extended(at(f"2026-03-{day:02} 10:00"), 15, "An inquiry.")
        told = due(Registered(at("2026-03-02 10:00")), extended, policies=always(INFORMATION))
        assert told == date(2026, 4, 1)


def test_an_extension_that_would_end_before_the_term_leaves_it() -> None:
    # 40 working days after Mon 2 Feb 2026 end on Fri 3 April; a month from 3 Feb would be 3 March.
    long = always(replace(APPEAL_NOW, count=40))
    plain = Registered(at("2026-02-02 10:00"))
    assert due(plain, policies=long) == date(2026, 4, 3)
    assert due(plain, Extended(at("2026-02-03 10:00"), 1, "why"), policies=long) == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("extensions", "error"),
    [
        ([Extended(at("2026-02-10 10:00"), 3, "why")], ExtensionTooLong),
        ([Extended(at("2026-02-10 10:00"), 0, "why")], ExtensionTooLong),
        ([Extended(at("2026-02-10 10:00"), 1, " ")], ExtensionNeedsReason),
        ([Extended(at("2026-02-24 10:00"), 1, "why")], ExtensionTooLate),
        (
            [Extended(at("2026-02-10 10:00"), 1, "why"), Extended(at("2026-02-11 10:00"), 1, "why")],
            ExtensionNotAllowed,
        ),
    ],
)
def test_an_extension_outside_the_policy_is_refused(extensions: list[Event], error: type[Exception]) -> None:
    with pytest.raises(error):
        due(Registered(at("2026-02-02 10:00")), *extensions)


def test_a_whole_redirect_starts_the_term_anew_at_the_receiver() -> None:
    # Received there on Thu 5 Feb 2026 after hours: registered on Friday, the 15th day is Fri 27 Feb.
    redirect = Redirected(at("2026-02-04 10:00"), at("2026-02-05 19:00"))
    told = reckon([Registered(at("2026-02-02 10:00")), redirect], APPEAL, CALENDAR)
    assert told.due_on == date(2026, 2, 27)
    assert [run.due_on for run in told.runs] == [date(2026, 2, 23), date(2026, 2, 27)]
    assert (told.runs[0].ended_by, told.current.began_by) == (redirect, redirect)


def test_a_part_redirect_leaves_the_senders_term_and_begins_one_of_its_own() -> None:
    redirect = Redirected(at("2026-02-04 10:00"), at("2026-02-05 10:00"), is_part=True)
    assert due(Registered(at("2026-02-02 10:00")), redirect) == date(2026, 2, 23)
    assert due(*events_of_part(redirect)) == date(2026, 2, 26)


def test_a_redirect_across_a_change_of_law_takes_the_law_of_the_receivers_day() -> None:
    redirect = Redirected(at("2021-06-30 10:00"), at("2021-07-01 10:00"))
    told = reckon([Registered(at("2021-06-29 10:00")), redirect], APPEAL, CALENDAR)
    assert [run.policy for run in told.runs] == [APPEAL_BEFORE, APPEAL_2021]
    assert told.due_on == date(2021, 7, 23)


def test_reopening_starts_the_term_anew() -> None:
    told = reckon(
        [Registered(at("2026-02-02 10:00")), Reopened(at("2026-04-01 10:00"), "Not answered.")],
        APPEAL,
        CALENDAR,
    )
    assert told.due_on == date(2026, 4, 22)


def test_a_changed_calendar_holds_for_the_whole_term() -> None:
    day = date(2026, 2, 10)
    changed = replace(CALENDAR, edition="KZ-2", days={**CALENDAR.days, day: SpecialDay(day, DayKind.HOLIDAY)})
    events = [Registered(at("2026-02-02 10:00")), CalendarChanged(at("2026-02-12 10:00"), changed)]
    told = reckon(events, APPEAL, CALENDAR)
    assert (told.due_on, told.calendar.edition) == (date(2026, 2, 24), "KZ-2")


def test_days_beyond_the_calendar_are_told_to_be_unknown() -> None:
    inside = reckon([Registered(at("2026-11-02 10:00"))], APPEAL, CALENDAR)
    beyond = reckon([Registered(at("2026-12-28 10:00"))], APPEAL, CALENDAR)
    assert (inside.is_within_known_days, beyond.is_within_known_days) == (True, False)


def test_a_calendar_may_close_earlier() -> None:
    early = replace(CALENDAR, closes_at=time(13, 0))
    run = reckon([Registered(at("2026-02-05 14:00"))], APPEAL, early).current
    assert run.registered_on == date(2026, 2, 6)


@pytest.mark.parametrize(
    "events",
    [
        [],
        [Paused(at("2026-02-03 10:00"))],
        [Registered(at("2026-02-02 10:00")), Registered(at("2026-02-03 10:00"))],
        [Registered(at("2026-02-02 10:00")), Resumed(at("2026-02-03 10:00"))],
        [Registered(at("2026-02-02 10:00")), Paused(at("2026-02-01 10:00"))],
        [
            Registered(at("2026-02-02 10:00")),
            Paused(at("2026-02-03 10:00")),
            Paused(at("2026-02-04 10:00")),
        ],
        [
            Registered(at("2026-02-02 10:00")),
            Redirected(at("2026-02-04 10:00"), at("2026-02-03 10:00"), is_part=True),
        ],
    ],
)
def test_events_that_do_not_follow_from_each_other_are_refused(events: list[Event]) -> None:
    with pytest.raises(EventsOutOfOrder):
        reckon(events, APPEAL, CALENDAR)


def test_a_day_without_a_policy_is_refused() -> None:
    with pytest.raises(NoPolicyOnDay):
        due(Registered(at("2021-06-30 10:00")), policies=(APPEAL_NOW,))
