"""The queue as a table: one row a question, late first."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kenes.answering.rows import queue_rows
from kenes.core.tables import csv_lines
from kenes.questions.models import Question
from kenes.questions.states import QuestionState

CHUNK = 500


def queue_lines(questions: QuerySet[Question], *, today: date) -> Iterator[str]:
    """Yield the lines of the CSV file, read in chunks."""
    header = [
        _("Code"),
        _("Unit"),
        _("State"),
        _("Due on"),
        _("Working days left"),
        _("Accepted"),
        _("Version"),
        _("Meeting"),
        _("Language"),
        _("Question"),
    ]
    return csv_lines(header, _cells(questions, today))


def _cells(questions: QuerySet[Question], today: date) -> Iterator[Sequence[object]]:
    ordered = questions.select_related("meeting")
    start = 0
    while chunk := list(ordered[start : start + CHUNK]):
        for row in queue_rows(chunk, today=today):
            question = row.question
            yield [
                question.code,
                row.unit.text,
                str(QuestionState(question.state).label),
                row.due_on,
                row.days,
                row.is_accepted,
                row.version,
                row.title.text,
                question.language,
                question.text,
            ]
        start += CHUNK
