"""Answers whose date moves with the working calendar: the lists show it, and whoever follows is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from kenes.deadlines.models import Term, TermEntry
from kenes.live.writer import change_feed
from kenes.questions.actions.leaves import log_calendar_move
from kenes.questions.actions.moves import keep
from kenes.questions.events import EventKind, QuestionEvent, tell
from kenes.questions.models import Part, Question


@contextmanager
def follow_calendar(term: Term, *, at: datetime) -> Iterator[Callable[[TermEntry], None]]:
    """Lock the room of the term's question before the term; tell of the date that the calendar moved."""
    question = Question.objects.filter(code=term.object_id).select_related("meeting").first()
    if question is None:
        yield lambda _entry: None
        return
    with change_feed(question.feed_id) as feed:
        question.refresh_from_db()

        def told(entry: TermEntry) -> None:
            keep(question, feed=feed, fields=[])
            part = Part.objects.filter(term=term).select_related("organisation").first()
            log_calendar_move(entry.term, at=at, part=part)
            detail = {"due_on": entry.due_on.isoformat(), "cause": str(entry.cause)}
            kind = EventKind.PART_MOVED if part else EventKind.DUE_CHANGED
            told_of = detail | {"part": part.public_id} if part else detail
            tell([QuestionEvent(kind, question, at, None, told_of)])

        yield told
