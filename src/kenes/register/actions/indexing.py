"""Keeps the words of questions and answers in step, behind the rooms: the acts themselves pay nothing.

A room's feed numbers every change without a gap and in commit order, so what was read is known by one
number; what changed since is found by the same index that the live pages are filled by.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from kenes.live.models import Feed
from kenes.questions.models import Question
from kenes.questions.queries import with_moves_at_hand
from kenes.questions.rules import is_text_shown
from kenes.register.models import Entry, ReadFeed
from kenes.register.queries import answer_texts_of, changed_since, waiting_feeds
from kenes.register.words import RULES, as_column, as_vector, stems_in

AT_ONCE = 200
WHOLE_VERSION = 2**62
_INSERT = {
    "sqlite": "INSERT INTO register_words (rowid, question, answers) VALUES (%s, %s, %s)",
    "postgresql": "INSERT INTO register_words (rowid, vector) VALUES (%s, %s::tsvector)",
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of one question: no texts where the public may not find it by its words."""

    question_id: int
    texts: tuple[str, ...]
    answers: tuple[str, ...]

    @property
    def digest(self) -> str:
        parts = "\0".join([str(RULES), *self.texts, "\1", *self.answers])
        return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def index_changed_questions(*, limit: int = AT_ONCE) -> int:
    """Read up to `limit` changed questions of each room that waits; return how many were read."""
    return sum(_index_feed(feed, limit) for feed in Feed.objects.in_bulk(waiting_feeds()).values())


def forget_index() -> None:
    """Let every room be read anew; what is there stays searchable until it is replaced."""
    with transaction.atomic():
        Entry.objects.all().update(digest="")
        ReadFeed.objects.all().delete()


def drop_words(question: Question) -> None:
    """Let a question be found by no words until it is read anew, which the worker does next.

    What a worker has begun to read of the room it does not write: it may hold the words that go.
    """
    with transaction.atomic():
        ReadFeed.objects.get_or_create(feed_id=question.feed_id)
        ReadFeed.objects.filter(feed=question.feed_id).update(drops=F("drops") + 1)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM register_words WHERE rowid = %s", [question.pk])
        Entry.objects.filter(question=question).delete()


def _index_feed(feed: Feed, limit: int) -> int:
    read, _ = ReadFeed.objects.get_or_create(feed=feed)
    place = _place_of(read)
    if read.rules != RULES:
        read.version = read.last_question = 0
    changed = list(changed_since(read)[:limit])
    stale = _stale(changed)
    # Words are made before the transaction: it holds the writers' lane for as little as may be.
    rows = [_words(reading) for reading in stale if reading.texts]
    with transaction.atomic():
        # Where another worker has read the room meanwhile, its words stand; where words went, they stay away.
        now = ReadFeed.objects.select_for_update().get(pk=feed)
        if _place_of(now) != place:
            return 0
        _write(stale, rows)
        read.rules = RULES
        read.version, read.last_question = _place_after(changed, feed, is_complete=len(changed) < limit)
        read.save()
    return len(changed)


def _place_of(read: ReadFeed) -> tuple[int, ...]:
    return (read.version, read.last_question, read.rules, read.drops)


def _place_after(changed: Sequence[Question], feed: Feed, *, is_complete: bool) -> tuple[int, int]:
    """Return how far the feed is read: all rows of a version are there once one of them is."""
    if not is_complete:
        return changed[-1].version, changed[-1].pk
    return max([feed.version, *(question.version for question in changed[-1:])]), WHOLE_VERSION


def _stale(changed: Sequence[Question]) -> list[_Reading]:
    """Return what was read of those questions whose words have changed: a vote changes none."""
    kept = dict(Entry.objects.filter(question__in=changed).values_list("question", "digest"))
    return [reading for reading in _readings(changed) if kept.get(reading.question_id) != reading.digest]


def _readings(questions: Sequence[Question]) -> list[_Reading]:
    shown = [question for question in with_moves_at_hand(questions) if is_text_shown(question)]
    answers = answer_texts_of(shown)
    public = {question.pk for question in shown}
    return [
        _reading(question, answers) if question.pk in public else _hidden(question) for question in questions
    ]


def _reading(question: Question, answers: Mapping[int, Sequence[str]]) -> _Reading:
    texts = (question.code, question.text)
    return _Reading(question.pk, texts, tuple(answers.get(question.pk, ())))


def _hidden(question: Question) -> _Reading:
    return _Reading(question.pk, (), ())


def _words(reading: _Reading) -> list[Any]:
    question, answers = stems_in(reading.texts), stems_in(reading.answers)
    if connection.vendor == "sqlite":
        return [reading.question_id, as_column(question), as_column(answers)]
    return [reading.question_id, as_vector([("A", question), ("D", answers)])]


def _write(stale: Sequence[_Reading], rows: Sequence[Sequence[Any]]) -> None:
    if not stale:
        return
    with connection.cursor() as cursor:
        ids = [(reading.question_id,) for reading in stale]
        cursor.executemany("DELETE FROM register_words WHERE rowid = %s", ids)
        cursor.executemany(_INSERT[connection.vendor], rows)
    Entry.objects.bulk_create(
        [Entry(question_id=one.question_id, digest=one.digest) for one in stale],
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=["digest"],
    )
