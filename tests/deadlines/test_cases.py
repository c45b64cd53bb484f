"""The table of cases: by hand, by the clock and by the naive second clock.

The table began as what both clocks agreed on. Afterwards every line was gone through on a wall calendar,
from the texts of the laws and with neither clock: the days that do not count were written into `skipped`,
each with its reason, and the others numbered to the length of the term. What was written by hand is held by
itself first (no day left out, none twice, as many as the term has), then against every sentence of the
printed explanation. Days moved in July 2021, January 2025 and 2026 were compared with what was announced
of them. No lawyer has gone through it.
"""

from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from deadlines import samples
from deadlines.by_hand import NAMED, WORKED, begun_on, counted_by_hand, skipped_by_hand
from deadlines.cases import (
    Case,
    by_clock,
    by_naive,
    cases,
    counted_by_clock,
    current_run,
    edition_of,
    in_words,
    policies,
    why_by_naive,
)
from kenes.deadlines.clock import events_of_part, reckon
from kenes.deadlines.events import Redirected
from kenes.deadlines.explanation import explain
from kenes.deadlines.states import Reason, Unit

CASES = cases()


def test_there_are_more_than_two_hundred_different_cases() -> None:
    assert len({(case.policy, case.received, case.zone, case.happened) for case in CASES}) == len(CASES)
    assert len(CASES) > 200
    assert [case.name for case in CASES if not case.skipped] == []
    assert max(Counter(case.name for case in CASES).values()) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_by_hand_no_day_is_left_out_and_the_days_are_those_of_the_term(case: Case) -> None:
    counted, skipped = counted_by_hand(case), skipped_by_hand(case)
    _clock, received, steps = current_run(case)
    edition = edition_of(case.policy, received)
    more = sum(int(step[3]) for step in steps if step[0] == "extend")
    assert len(counted) == int(edition["count"]) + more
    assert counted == sorted(set(counted))
    assert set(counted) & skipped.keys() == set()
    due = date.fromisoformat(case.due)
    if more and edition["extension_unit"] == "month":  # of months only the ends are written
        counted = counted[:-more]
        due = counted[-1]
    covered = sorted(day for day in {*counted, *skipped, due} if day <= due)
    first = begun_on(case).toordinal()
    assert covered == [date.fromordinal(number) for number in range(first, due.toordinal() + 1)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_explanation_says_of_every_day_what_was_written_by_hand(case: Case) -> None:
    told = by_clock(case, NAMED)
    with translation.override("en"):
        explanation = explain(told)
    run = explanation.runs[-1]
    said = [(day.day, day.text) for day in (*run.waiting, *(day for span in run.spans for day in span.days))]
    worked = WORKED if told.current.policy.unit == Unit.WORKING_DAY else {}
    written = {day: worked.get(day, "counted") for day in counted_by_hand(case)} | skipped_by_hand(case)
    assert sorted(said) == sorted(written.items())
    due = date.fromisoformat(case.due)
    assert explanation.result == f"Due on {due:%A}, {due.day} {due:%B %Y}."
    assert ("it moves to" in run.spans[-1].end) == (due not in written)


PARTS = [case for case in CASES if case.name.startswith("redirect-part")]


@pytest.mark.parametrize("case", PARTS, ids=lambda case: case.name)
def test_the_part_that_was_passed_on_ends_when_the_whole_would_at_the_receiver(case: Case) -> None:
    whole = next(each for each in CASES if each.name == case.name.replace("-part", ""))
    (event,) = by_clock(case).current.events
    assert isinstance(event, Redirected)
    part = reckon(events_of_part(event), policies(case.policy), samples.CALENDAR)
    assert (str(part.due_on), counted_by_clock(part)) == (whole.due, whole.counted)
    assert whole.due > case.due


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
