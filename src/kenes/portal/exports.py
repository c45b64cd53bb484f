"""The portal's lists as CSV."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kenes.core.languages import localized
from kenes.core.tables import csv_lines
from kenes.portal.queries import RegionRow
from kenes.questions.models import Question
from kenes.questions.rules import public_state
from kenes.questions.states import QuestionState

CHUNK_ROWS = 500


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


def question_lines(questions: QuerySet[Question]) -> Iterator[str]:
    """Yield public questions × code, meeting, state, language, text, time in UTC, votes."""
    header = (
        _("Code"),
        _("Meeting"),
        _("State"),
        _("Language"),
        _("Text"),
        _("Asked at"),
        _("Votes, confirmed"),
        _("Votes, guests"),
    )
    rows = (
        (
            question.code,
            question.meeting.code,
            QuestionState(public_state(question.state)).label,
            question.language,
            question.text,
            question.asked_at,
            question.votes_confirmed,
            question.votes_guest,
        )
        for question in questions.iterator(chunk_size=CHUNK_ROWS)
    )
    return csv_lines(header, rows)
