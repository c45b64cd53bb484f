"""A policy as the clock reads it: how long a term is and how it is counted. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kenes.deadlines.errors import NoPolicyOnDay
from kenes.deadlines.states import (
    AfterHoursRule,
    Certainty,
    ExtensionStart,
    LastDayRule,
    StartRule,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a policy comes from: law, article, the edition it was read in, and how sure that is."""

    act: str
    article: str
    edition: str
    certainty: Certainty
    note: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a term may be extended, how often, from when, and the working days to tell of it."""

    unit: Unit
    count: int
    times: int = 1
    notice_within: int | None = None
    start: ExtensionStart = ExtensionStart.AFTER_LAST_DAY


@dataclass(frozen=True, slots=True)
class Policy:
    """An edition of a policy, for what is registered from `valid_from` through `valid_to`.

    `redirect_within` is in working days from registration; a redirected term starts anew.
    """

    key: str
    unit: Unit
    count: int
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
    start: StartRule = StartRule.DAY_AFTER
    after_hours: AfterHoursRule = AfterHoursRule.NEXT_WORKING_DAY
    last_day: LastDayRule = LastDayRule.NEXT_WORKING_DAY
    extension: Extension | None = None
    redirect_within: int | None = None

    def is_valid_on(self, day: date) -> bool:
        """Say whether the edition holds for what comes on a day; an empty end is open."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def policy_on(policies: Iterable[Policy], day: date) -> Policy:
    """Return the edition for what comes on `day`. Raises: NoPolicyOnDay."""
    for policy in policies:
        if policy.is_valid_on(day):
            return policy
    raise NoPolicyOnDay(day=day.isoformat())
