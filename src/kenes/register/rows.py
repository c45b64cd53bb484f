"""A question as files and other programs get it: public fields only, an asker is never named."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from kenes.core.languages import in_languages
from kenes.questions.models import Question
from kenes.questions.part_rows import parts_of
from kenes.questions.queries import with_moves_at_hand
from kenes.questions.rows import companions_of, public_row
from kenes.questions.rules import is_text_public

CHUNK_ROWS = 500

Row = dict[str, Any]


def register_rows(questions: Sequence[Question], *, using: str = "default") -> list[Row]:
    """Return questions with what stands beside them, in at most six queries; needs `meeting` at hand."""
    beside = companions_of(with_moves_at_hand(questions), using=using)
    parts = parts_of(questions, on=timezone.localdate(), using=using)
    return [_row(each, public_row(each, beside), parts.get(each.pk, [])) for each in questions]


def chunks_of(questions: QuerySet[Question]) -> Iterator[list[Question]]:
    """Yield all of a list in parts, the newest first, by key: memory stays flat however long it is."""
    rows = questions.select_related(
        "meeting__session__region", "meeting__session__campaign", "meeting__place"
    ).order_by("-pk")
    chunk = list(rows[:CHUNK_ROWS])
    while chunk:
        yield chunk
        chunk = list(rows.filter(pk__lt=chunk[-1].pk)[:CHUNK_ROWS]) if len(chunk) == CHUNK_ROWS else []


def _row(question: Question, row: Row, parts: list[Row]) -> Row:
    meeting, is_public = question.meeting, is_text_public(question)
    del row["by"]
    return {
        "code": question.code,
        "meeting": meeting.code,
        "title": in_languages(meeting, "title"),
        "region": meeting.session.region.kato[:2],
        "spheres": [sphere for sphere in (meeting.sphere, meeting.second_sphere) if sphere],
        **row,
        "text": row["text"] if is_public else None,
        # What a part is about may say what the question's text must not.
        "parts": parts if is_public else [{**part, "subject": None} for part in parts],
        "refusal": question.refusal_ground or None,
    }
