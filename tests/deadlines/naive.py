"""A second clock, written apart from the first and as plainly as can be: lists of days and an index.

It knows no explanation and shares no code with `kenes.deadlines`; where both agree with the written table,
a slip would have to be made three times.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
FIRST, LAST = date(2020, 12, 1), date(2027, 12, 31)


@dataclass
class Naive:
    """Counts by three sets of days: what is off, what is worked on a weekend, and when work ends."""

    off: set[date]
    worked: set[date]
    closes: time = time(18, 0)
    span: list[date] = field(init=False)
    working: list[date] = field(init=False)

    def __post_init__(self) -> None:
        days = (LAST - FIRST).days
        self.span = [FIRST + DAY * number for number in range(days + 1)]
        self.working = [
            day for day in self.span if day in self.worked or (day.weekday() < 5 and day not in self.off)
        ]

    def from_(self, day: date) -> date:
        return min(each for each in self.working if each >= day)

    def registered(self, local: datetime, *, by_hours: bool = True) -> date:
        late = by_hours and local.time() > self.closes and local.date() in self.working
        return self.from_(local.date() + (DAY if late else DAY * 0))

    def counted(self, unit: str, count: int, first: date, stood: set[date]) -> tuple[list[date], date]:
        """Return the days that count from `first` (for months their ends), and the last day of the term."""
        if unit == "month":
            ends = [first - DAY + relativedelta(months=number) for number in range(1, count + 1)]
            last = ends[-1]
            while (last - ends[-1]).days < len([day for day in stood if first <= day <= last]):
                last += DAY
            return ends, last
        source = self.working if unit == "working_day" else self.span
        found = [day for day in source if day >= first and day not in stood][:count]
        return found, found[-1]


def stood_days(pauses: list[tuple[date, date]]) -> set[date]:
    """Return the days after each pause's first through its last."""
    return {since + DAY * number for since, until in pauses for number in range(1, (until - since).days + 1)}
