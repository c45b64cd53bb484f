"""What the figures are narrowed to: a filter as it stands in the address. Blank is everything."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """`campaign`: slug; `session`: public id; `meeting`: code; `region`: two digits; `sphere`: key;
    `body`: public id of the body that owes or gave the answer; `since`, `until`: days on which questions
    were asked, both included, in the instance's zone.
    """

    campaign: str = ""
    session: str = ""
    meeting: str = ""
    region: str = ""
    sphere: str = ""
    body: str = ""
    since: date | None = None
    until: date | None = None

    def before(self) -> "Scope | None":
        """Return the same for the period of the same length just before; None where the period is open."""
        if self.since is None or self.until is None or self.until < self.since:
            return None
        length = self.until - self.since + ONE_DAY
        return replace(self, since=self.since - length, until=self.since - ONE_DAY)

    def query(self) -> dict[str, str]:
        """Return what stands in the address."""
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in named.items()
            if value
        }
