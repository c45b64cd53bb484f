"""What the clock returns: a due date with every day that counted and every one that did not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from kenes.deadlines.events import Event
from kenes.deadlines.policy import Policy
from kenes.deadlines.states import Arrival, DutyKind, Reason, SpanKind, Unit
from kenes.deadlines.workdays import Calendar, SpecialDay


@dataclass(frozen=True, slots=True)
class Line:
    """One day (for months: the last day of one), its number in the span if it counts, and why."""

    day: date
    reason: Reason
    number: int | None = None
    special: SpecialDay | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of counting: the term itself or an extension; `last_day` before it moved off a day off.

    `last_day` and `due_on` are None where the clock stands. `skipped` are the days off after the
    last day, over which it moved.
    """

    kind: SpanKind
    unit: Unit
    count: int
    lines: tuple[Line, ...]
    last_day: date | None
    due_on: date | None
    skipped: tuple[Line, ...] = ()
    reason: str = ""

    @property
    def counted(self) -> int:
        """How many units are counted."""
        return sum(1 for line in self.lines if line.number is not None)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something else that is due, with its last day; `since` is the moment of the event that made it due."""

    kind: DutyKind
    due_on: date
    since: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """The term from one start: registration, receipt at another body, reopening.

    `began_by` is its first event; `ended_by` the event by which the term started anew.
    """

    policy: Policy
    began_by: Event
    received_at: datetime
    arrival: Arrival
    registered_on: date
    waiting: tuple[Line, ...]
    spans: tuple[Span, ...]
    duties: tuple[Duty, ...]
    events: tuple[Event, ...] = ()
    ended_by: Event | None = None

    @property
    def due_on(self) -> date | None:
        """The last day; None while the clock stands.

        An extension that is counted from its decision never ends the term earlier than it would have.
        """
        ends = [span.due_on for span in self.spans if span.due_on is not None]
        return max(ends) if len(ends) == len(self.spans) else None

    @property
    def lines(self) -> Iterator[Line]:
        """Every day, in order."""
        yield from self.waiting
        for span in self.spans:
            yield from span.lines
            yield from span.skipped


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The whole: runs in order, of which the last holds, by one edition of the calendar."""

    runs: tuple[Run, ...]
    calendar: Calendar

    @property
    def current(self) -> Run:
        """The run that holds."""
        return self.runs[-1]

    @property
    def due_on(self) -> date | None:
        """The due date; None while the clock stands."""
        return self.current.due_on

    @property
    def is_within_known_days(self) -> bool:
        """Whether the calendar knows the holidays of every day that was looked at."""
        return all(self.calendar.knows(line.day) for line in self.current.lines)
