"""Lists of commitments: narrowed, counted by where they stand, a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from kenes.commitments.models import Commitment, Executor
from kenes.commitments.states import RUNNING, CommitmentState, Standing
from kenes.core.folding import fold
from kenes.organisations.models import Organisation

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class CommitmentFilter:
    """What a list is narrowed to; blank is all.

    `region`: two digits; `sphere`: key; `body`: public id of an executor; `meeting`: room code;
    `campaign`: slug; `standing`: key; `since`, `until`: due from one day through another;
    `slipped`: only those whose date was moved later; `words`: what code, texts and bodies must hold.
    """

    region: str = ""
    sphere: str = ""
    body: str = ""
    meeting: str = ""
    campaign: str = ""
    standing: str = ""
    since: date | None = None
    until: date | None = None
    slipped: bool = False
    words: str = ""


def commitments_found(narrowed: CommitmentFilter, *, on: date) -> QuerySet[Commitment]:
    """Return the commitments of a filter as they stand on a day, the youngest first."""
    columns = {
        "region__kato": narrowed.region and f"{narrowed.region}0000000",
        "sphere": narrowed.sphere,
        "meeting__code": narrowed.meeting.upper(),
        "meeting__session__campaign__slug": narrowed.campaign,
        "due_on__gte": narrowed.since,
        "due_on__lte": narrowed.until,
    }
    found = Commitment.objects.filter(**{column: value for column, value in columns.items() if value})
    if narrowed.body:
        executing = Executor.objects.filter(organisation__public_id=narrowed.body)
        found = found.filter(pk__in=executing.values("commitment"))
    if narrowed.slipped:
        found = found.filter(due_on__gt=F("first_due_on"))
    for word in fold(narrowed.words.replace("\0", " ")[:LONGEST_SEARCH]).split():
        found = found.filter(folded__contains=word)
    if narrowed.standing in Standing.values:
        found = found.filter(standing_on_day(Standing(narrowed.standing), on))
    return found.order_by("-id")


def standing_on_day(standing: Standing, day: date) -> Q:
    """Return the condition of standing so on a day: the same as `rules.standing_on`, for the database."""
    running = Q(state__in=RUNNING)
    is_late = Q(reported_on__gt=F("due_on")) | Q(reported_on=None, due_on__lt=day)
    done = Q(state=CommitmentState.DONE)
    return {
        Standing.OPEN: running & ~is_late,
        Standing.LATE: running & is_late,
        Standing.KEPT: done & Q(reported_on__lte=F("due_on")),
        Standing.KEPT_LATE: done & Q(reported_on__gt=F("due_on")),
        Standing.CANCELLED: Q(state=CommitmentState.CANCELLED),
    }[standing]


def with_standing(commitments: QuerySet[Commitment], *, on: date) -> QuerySet[Commitment]:
    """Return commitments with where each stands on a day as `standing`."""
    whens = [When(standing_on_day(standing, on), then=Value(standing.value)) for standing in Standing]
    return commitments.annotate(standing=Case(*whens, output_field=CharField()))


def standing_counts(commitments: QuerySet[Commitment], *, on: date) -> dict[str, int]:
    """Return how many stand in each way on a day, and under "" how many there are: one query."""
    counts = {standing.value: Count("pk", filter=standing_on_day(standing, on)) for standing in Standing}
    return dict(commitments.order_by().aggregate(**{"": Count("pk")}, **counts))


def executing_organisations() -> QuerySet[Organisation]:
    """Return the bodies that execute a commitment, by name."""
    return Organisation.objects.filter(pk__in=Executor.objects.values("organisation")).order_by("name", "pk")
