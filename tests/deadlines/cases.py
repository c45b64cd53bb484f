"""The table of cases, and what it takes to play them by the clock and by the naive one."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from deadlines import samples
from deadlines.naive import DAY, Naive, stood_days
from kenes.deadlines.clock import reckon
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
from kenes.deadlines.models import DeadlinePolicy
from kenes.deadlines.policy import Policy
from kenes.deadlines.queries.clocked import as_policy
from kenes.deadlines.reckoning import Reckoning
from kenes.deadlines.shipped import lines_of, shipped_policies
from kenes.deadlines.states import DayKind, Reason
from kenes.deadlines.workdays import Calendar, SpecialDay

TABLE = Path(__file__).with_name("cases.csv")


@dataclass(frozen=True)
class Case:
    """A line of the table. `happened` is `verb moment [value]`, joined by `;`, in local time.

    Of the run that holds: `counted`, the days that count, and `skipped`, the others with their reasons,
    written by hand (`deadlines.by_hand` reads both).
    """

    name: str
    policy: str
    received: str
    zone: str
    happened: str
    due: str
    counted: str
    skipped: str
    note: str

    @property
    def steps(self) -> list[list[str]]:
        return [step.split() for step in self.happened.split(";") if step.strip()]


def cases() -> list[Case]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Case(**line) for line in csv.DictReader(file)]


def policies(key: str) -> tuple[Policy, ...]:
    return tuple(as_policy(DeadlinePolicy(**row)) for row in shipped_policies() if row["key"] == key)


def by_clock(case: Case, calendar: Calendar = samples.CALENDAR) -> Reckoning:
    zone = ZoneInfo(case.zone)
    first = calendar = replace(calendar, zone=case.zone)
    events: list[Event] = [Registered(samples.at(case.received, zone))]
    for verb, day, hour, *rest in case.steps:
        moment = samples.at(f"{day} {hour}", zone)
        if verb in ("redirect", "part"):
            other = samples.at(f"{rest[0]} {rest[1]}", zone)
            events.append(Redirected(moment, other, is_part=verb == "part"))
        elif verb == "holiday":
            extra = date.fromisoformat(rest[0])
            days = {**calendar.days, extra: SpecialDay(extra, DayKind.HOLIDAY)}
            calendar = replace(calendar, days=days)
            events.append(CalendarChanged(moment, calendar))
        elif verb == "extend":
            events.append(Extended(moment, int(rest[0]), "An inquiry."))
        else:
            events.append({"pause": Paused, "resume": Resumed, "reopen": Reopened}[verb](moment))
    return reckon(events, policies(case.policy), first)


def counted_by_clock(told: Reckoning) -> str:
    return in_words(line.day for line in told.current.lines if line.number is not None)


def by_naive(case: Case) -> tuple[str, str]:
    """Return the due date and the counted days of the run that holds."""
    clock, received, steps = current_run(case)
    return _run(clock, case.policy, received, steps)


def current_run(case: Case) -> tuple[Naive, datetime, list[list[str]]]:
    """Return the naive clock of a case, and receipt and later steps of the run that holds."""
    off = {day for day, special in samples.CALENDAR.days.items() if special.is_off}
    worked = {day for day, special in samples.CALENDAR.days.items() if not special.is_off}
    off |= {date.fromisoformat(step[3]) for step in case.steps if step[0] == "holiday"}
    clock = Naive(off, worked)
    received = datetime.fromisoformat(case.received)
    steps = case.steps
    for number, step in enumerate(steps):
        if step[0] == "redirect":
            received, steps = datetime.fromisoformat(f"{step[3]} {step[4]}"), case.steps[number + 1 :]
        elif step[0] == "reopen":
            received, steps = datetime.fromisoformat(f"{step[1]} {step[2]}"), case.steps[number + 1 :]
    return clock, received, steps


def why_by_naive(case: Case, day: date) -> set[Reason]:
    """Return for which reasons a day of the current run may be named, by the naive clock's own sets."""
    clock, received, steps = current_run(case)
    registered = _registered(clock, received, edition_of(case.policy, received))
    begun = [date.fromisoformat(step[1]) for step in steps if step[0] == "pause"]
    ended = [date.fromisoformat(step[1]) for step in steps if step[0] == "resume"]
    if day in stood_days(list(zip(begun, ended, strict=True))):
        return {Reason.PAUSED}
    if day < registered and day in clock.working:
        return {Reason.AFTER_HOURS}
    if day in clock.working:
        starts = {Reason.REGISTRATION} if day == registered else set()
        return starts | {Reason.COUNTED} | ({Reason.WORKS_INSTEAD} if day in clock.worked else set())
    return {Reason.COUNTED, Reason.SPECIAL_DAY_OFF if day in clock.off else Reason.WEEKLY_DAY_OFF}


def edition_of(key: str, received: datetime) -> dict[str, str]:
    return next(
        line
        for line in lines_of("policies.csv")
        if line["key"] == key
        and (line["valid_from"] or "0") <= received.date().isoformat() <= (line["valid_to"] or "9")
    )


def _registered(clock: Naive, received: datetime, line: dict[str, str]) -> date:
    return clock.registered(received, by_hours=line["after_hours"] == "next_working_day")


def _run(clock: Naive, key: str, received: datetime, steps: list[list[str]]) -> tuple[str, str]:
    line = edition_of(key, received)
    begun = [date.fromisoformat(step[1]) for step in steps if step[0] == "pause"]
    ended = [date.fromisoformat(step[1]) for step in steps if step[0] == "resume"]
    stood = stood_days(list(zip(begun, ended, strict=True)))
    first = _registered(clock, received, line) + (DAY if line["start"] == "day_after" else DAY * 0)
    found, last = clock.counted(line["unit"], int(line["count"]), first, stood)
    due = clock.from_(last)
    for step in steps:
        if step[0] == "extend":
            from_decision = line["extension_start"] == "after_decision"
            since = date.fromisoformat(step[1]) if from_decision else due
            more, last = clock.counted(line["extension_unit"], int(step[3]), since + DAY, stood)
            found, due = [*found, *more], clock.from_(last)
    return due.isoformat(), in_words(found)


def in_words(days: Iterable[date]) -> str:
    """Return `2026-02: 3 4 5 2026-03: 2`: the days of each month after its year and month."""
    months: dict[str, list[str]] = {}
    for day in days:
        months.setdefault(f"{day:%Y-%m}:", []).append(str(day.day))
    return " ".join(f"{month} {' '.join(numbers)}" for month, numbers in months.items())
