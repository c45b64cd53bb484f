"""The numbers of commitments, each with its definition: by meeting, region, sphere and executing body.

Each commitment stands in exactly one way on a day, so the classes sum to all that were made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kenes.commitments.models import Commitment
from kenes.commitments.queries import standing_on_day
from kenes.commitments.states import Standing
from kenes.core.figure import Figure

UNIT = _("commitments")
MADE = Figure(
    "commitments.made",
    _("Promises put on record: made in answers, aloud at meetings, or in reports; cancelled ones too."),
    UNIT,
    _("Made"),
)
KEPT = Figure(
    "commitments.kept",
    _("Submitted as done, with evidence, by the date that stood, and accepted by a second person."),
    UNIT,
    _("Kept in time"),
)
KEPT_LATE = Figure(
    "commitments.kept_late",
    _("Submitted as done after the date that stood, and accepted by a second person."),
    UNIT,
    _("Kept late"),
)
OPEN = Figure(
    "commitments.open",
    _("Not done, their date not passed; also what was submitted by its date and waits for acceptance."),
    UNIT,
    _("In time so far"),
)
LATE = Figure(
    "commitments.late",
    _("Not done though their date has passed, or submitted after it and not accepted yet."),
    UNIT,
    _("Late"),
)
CANCELLED = Figure(
    "commitments.cancelled", _("Given up, with a reason that everybody can read."), UNIT, _("Cancelled")
)
SLIPPED = Figure(
    "commitments.slipped",
    _("Their date stands later than the one first promised, whatever became of them."),
    UNIT,
    _("Date moved later"),
)
FIGURES: Mapping[Standing, Figure] = {
    Standing.OPEN: OPEN,
    Standing.LATE: LATE,
    Standing.KEPT: KEPT,
    Standing.KEPT_LATE: KEPT_LATE,
    Standing.CANCELLED: CANCELLED,
}
ALL_FIGURES = (MADE, *FIGURES.values(), SLIPPED)
# What commitments are counted by, and the column that says it.
DIMENSIONS = {
    "meeting": "meeting__code",
    "region": "region__kato",
    "sphere": "sphere",
    "body": "executors__organisation__public_id",
}


@dataclass(frozen=True, slots=True)
class CommitmentCounts:
    """How many commitments stand in each way on a day, and how many slipped."""

    open: int = 0
    late: int = 0
    kept: int = 0
    kept_late: int = 0
    cancelled: int = 0
    slipped: int = 0

    @property
    def made(self) -> int:
        """All of them: the sum of the ways to stand."""
        return self.open + self.late + self.kept + self.kept_late + self.cancelled


def commitment_counts(commitments: QuerySet[Commitment], *, on: date) -> CommitmentCounts:
    """Return the counts of some commitments on a day, in one query."""
    return CommitmentCounts(**commitments.order_by().aggregate(**_sums(on)))


def commitment_counts_by(
    dimension: str, commitments: QuerySet[Commitment], *, on: date
) -> dict[str, CommitmentCounts]:
    """Return the counts by a key of `DIMENSIONS`, in one query.

    A commitment with several executing bodies counts in each; one without a meeting or a region
    under "".
    """
    rows = commitments.order_by().values(key=F(DIMENSIONS[dimension])).annotate(**_sums(on))
    names = _sums(on)
    told: list[dict[str, Any]] = [dict(row) for row in rows]
    return {row["key"] or "": CommitmentCounts(**{name: row[name] for name in names}) for row in told}


def _sums(on: date) -> dict[str, Count]:
    conditions = {standing.value: standing_on_day(standing, on) for standing in Standing}
    conditions["slipped"] = Q(due_on__gt=F("first_due_on"))
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}
