"""The table of cases: by the clock and by the naive second clock, each counted day written out."""

from collections import Counter
from datetime import date

import pytest

from deadlines.cases import (
    Case,
    by_clock,
    by_naive,
    cases,
    counted_by_clock,
    current_run,
    in_words,
    why_by_naive,
)
from kenes.deadlines.states import Reason, Unit

CASES = cases()

# Counted by hand on a wall calendar, apart from both clocks: the edges of the law.
BY_HAND = {
    "nauryz-2021-12": "2021-04-02",
    "nauryz-2021-17": "2021-04-08",
    "moved-july-2021-04": "2021-07-07",
    "moved-july-2021-06": "2021-07-09",
    "moved-january-2025-04": "2025-01-09",
    "law-july-2021-07": "2021-07-15",
    "law-july-2021-08": "2021-07-23",
    "law-july-2021-14": "2021-07-16",
    "law-july-2021-17": "2021-07-30",
    "law-december-2025-08": "2026-01-08",
    "law-december-2025-09": "2026-01-09",
    "law-december-2025-10": "2026-01-09",
    "hours-16": "2026-03-02",
    "hours-18": "2026-04-16",
    "zone-07": "2021-02-22",
    "zone-08": "2021-04-05",
    "extension-06": "2026-04-23",
    "extension-07": "2026-03-02",
    "extension-09": "2026-03-16",
    "redirect-08": "2021-07-23",
    "redirect-11": "2026-03-02",
    "redirect-part-02": "2026-02-23",
    "pause-05": "2026-02-26",
    "pause-18": "2026-03-30",
    "pause-19": "2026-05-04",
    "reopen-03": "2026-05-28",
    "calendar-06": "2026-02-23",
    "calendar-08": "2026-05-13",
}


def test_the_edges_counted_by_hand_stand_in_the_table() -> None:
    due = {case.name: case.due for case in CASES}
    assert {name: due[name] for name in BY_HAND} == BY_HAND


def test_there_are_more_than_two_hundred_different_cases() -> None:
    assert len({(case.policy, case.received, case.zone, case.happened) for case in CASES}) == len(CASES)
    assert len(CASES) > 200
    assert max(Counter(case.name for case in CASES).values()) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_clock_counts_as_the_table_says(case: Case) -> None:
    told = by_clock(case)
    assert (str(told.due_on), counted_by_clock(told)) == (case.due, case.counted)
    for span in told.current.spans:
        assert span.counted == span.count
        if span.unit != Unit.MONTH:
            days = [line.day for line in span.lines]
            assert days == [date.fromordinal(days[0].toordinal() + number) for number in range(len(days))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_day_is_told_once_with_the_reason_of_the_wall_calendar(case: Case) -> None:
    told = by_clock(case).current
    spans = [span for span in told.spans if span.unit != Unit.MONTH]
    lines = [*told.waiting, *(line for span in spans for line in (*span.lines, *span.skipped))]
    assert [line for line in lines if line.reason not in why_by_naive(case, line.day)] == []
    # In working days a day off is never counted, and one that is worked in place of another says so.
    wall = current_run(case)[0]
    for line in [line for span in spans if span.unit == Unit.WORKING_DAY for line in span.lines]:
        if line.number is not None:
            assert line.day in wall.working
            assert (line.reason == Reason.WORKS_INSTEAD) == (line.day in wall.worked)
    days = [line.day for line in lines]
    assert days == [date.fromordinal(days[0].toordinal() + number) for number in range(len(days))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_naive_clock_counts_as_the_table_says(case: Case) -> None:
    assert by_naive(case) == (case.due, case.counted)


def test_days_are_written_by_month() -> None:
    assert in_words([date(2026, 2, 3), date(2026, 2, 4), date(2026, 3, 2)]) == "2026-02: 3 4 2026-03: 2"
