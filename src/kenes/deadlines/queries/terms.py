"""Terms by object, and those due soon or overdue."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from kenes.deadlines.models import CalendarEdition, Term, TermEntry
from kenes.deadlines.states import EditionState


def open_terms() -> QuerySet[Term]:
    """Return the terms that still run, the nearest date first."""
    return Term.objects.filter(closed_at=None).order_by("due_on", "id")


def terms_overdue(*, on: date) -> QuerySet[Term]:
    """Return the running terms whose date lies before `on`; what is due on the day itself is not late.

    While the clock stands nothing becomes late; what was late before stays so.
    """
    runs = Q(paused_since=None) | Q(due_on__lt=F("paused_since__date"))
    return open_terms().filter(runs, due_on__lt=on)


def is_overdue(term: Term, *, on: date) -> bool:
    """Say of one running term what `terms_overdue` says of all."""
    stood_since = None if term.paused_since is None else timezone.localdate(term.paused_since)
    return term.due_on < on and (stood_since is None or term.due_on < stood_since)


def terms_due_soon(*, on: date, days: int) -> QuerySet[Term]:
    """Return the running terms due from `on` through `days` calendar days later, paused ones apart."""
    return open_terms().filter(paused_since=None, due_on__range=(on, on + timedelta(days=days)))


def open_term_of(*, object_kind: str, object_id: str) -> Term | None:
    """Return the object's running term; the youngest where several run, a part that was passed on apart."""
    found = open_terms().filter(object_kind=object_kind, object_id=object_id, part_of=None)
    return found.order_by("-id").first()


def open_terms_of(*, object_kind: str, object_ids: Iterable[str]) -> dict[str, Term]:
    """Return the running terms of many objects by their id, in one query."""
    found = open_terms().filter(object_kind=object_kind, object_id__in=list(object_ids), part_of=None)
    found = found.order_by("id")
    return {term.object_id: term for term in found}


def ledger_of(*, object_kind: str, object_id: str) -> QuerySet[TermEntry]:
    """Return every line of all the object's terms, oldest first, with who wrote it."""
    lines = TermEntry.objects.filter(term__object_kind=object_kind, term__object_id=object_id)
    return lines.select_related("term", "by").order_by("id")


def terms_behind() -> QuerySet[Term]:
    """Return the running terms by the clock whose date was reckoned by an older edition than holds."""
    published = CalendarEdition.objects.filter(calendar=OuterRef("calendar")).exclude(
        state=EditionState.DRAFT
    )
    newest = Subquery(published.order_by("-number").values("pk")[:1])
    behind = open_terms().exclude(policy_key="").alias(newest=newest).exclude(edition=F("newest"))
    return behind.order_by("id")
