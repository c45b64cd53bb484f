"""What happens to a term. Each moment is aware; the clock reads it in the zone of the place."""

from dataclasses import dataclass
from datetime import datetime

from kenes.deadlines.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Registered:
    """It came in: the first event of a term."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands from the next day."""

    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock runs again from the next day."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """More time was given, in the unit of the policy's extension."""

    at: datetime
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Redirected:
    """It was passed on, whole or in part; `received_at` is its receipt at the other body."""

    at: datetime
    received_at: datetime
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Reopened:
    """It was answered and came back: the term starts anew."""

    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """Another edition of the calendar holds, for the whole term."""

    at: datetime
    calendar: Calendar


Event = Registered | Paused | Resumed | Extended | Redirected | Reopened | CalendarChanged
