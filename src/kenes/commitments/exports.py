"""Commitments as CSV: what was promised, by whom, by when, and what became of it."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenes.commitments.models import Commitment
from kenes.commitments.queries import for_cards, promise_in
from kenes.commitments.rules import standing_on
from kenes.commitments.states import ExecutorRole
from kenes.core.languages import localized
from kenes.core.tables import csv_lines
from kenes.organisations.models import Organisation

CHUNK_ROWS = 500


def commitment_lines(commitments: QuerySet[Commitment], *, on: date) -> Iterator[str]:
    """Yield commitments × code to address, as they stand on a day, in the reader's language."""
    header = (
        _("Code"),
        _("Where it stands"),
        _("Language"),
        _("Promise"),
        _("Promised by"),
        _("Lead executor"),
        _("Co-executors"),
        _("Region"),
        _("Sphere"),
        _("Meeting"),
        _("Made at"),
        _("First due on"),
        _("Due on"),
        _("Days it slipped"),
        _("Reported on"),
        _("Address"),
    )
    rows = for_cards(commitments).iterator(chunk_size=CHUNK_ROWS)
    return csv_lines(header, (_cells(commitment, on) for commitment in rows))


def _cells(commitment: Commitment, on: date) -> tuple[object, ...]:
    promise = promise_in(commitment, get_language() or "")
    return (
        commitment.code,
        standing_on(commitment, on).label,
        promise.language,
        promise.text,
        commitment.made_by,
        "; ".join(_bodies(commitment, ExecutorRole.LEAD)),
        "; ".join(_bodies(commitment, ExecutorRole.CO_EXECUTOR)),
        localized(commitment.region, "name").text if commitment.region else "",
        commitment.sphere,
        commitment.meeting.code if commitment.meeting else "",
        commitment.made_at,
        commitment.first_due_on,
        commitment.due_on,
        (commitment.due_on - commitment.first_due_on).days,
        commitment.reported_on,
        f"{settings.PUBLIC_URL}/c/{commitment.code}",
    )


def _bodies(commitment: Commitment, role: ExecutorRole) -> list[str]:
    executors = [executor for executor in commitment.executors.all() if executor.role == role]
    return [_name(executor.organisation) for executor in executors]


def _name(body: Organisation) -> str:
    return localized(body, "name").text
