"""The portal's lists as CSV."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kenes.core.languages import localized
from kenes.core.tables import csv_lines
from kenes.portal.queries import RegionRow


def region_lines(rows: Sequence[RegionRow]) -> Iterator[str]:
    """Yield regions × code, name, meetings, questions, answered."""
    header = (_("Code"), _("Region"), _("Meetings"), _("Questions"), _("Answered"))
    return csv_lines(
        header,
        [
            (
                row.region.kato,
                localized(row.region, "name"),
                row.meetings,
                row.counts.asked,
                row.counts.answered,
            )
            for row in rows
        ],
    )
