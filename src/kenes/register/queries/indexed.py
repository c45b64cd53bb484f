"""What the search reads, and which rooms wait to be read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connections
from django.db.models import Q, QuerySet

from kenes.live.models import Feed
from kenes.programme.models import Meeting
from kenes.questions.models import Answer, AnswerText, Question
from kenes.register.models import ReadFeed
from kenes.register.words import RULES


def answer_texts_of(questions: Iterable[Question], *, using: str = "default") -> dict[int, list[str]]:
    """Return the texts of each question's published answers in all their languages.

    Those taken back are left out.
    """
    texts: dict[int, list[str]] = defaultdict(list)
    ids = [question.pk for question in questions]
    standing = Answer.objects.using(using).filter(question__in=ids, retracted_at=None).order_by("id")
    for question_id, text in standing.values_list("question", "text"):
        texts[question_id].append(text)
    translated = AnswerText.objects.using(using).filter(answer__in=standing.values("pk")).order_by("id")
    for question_id, text in translated.values_list("answer__question", "text"):
        if text not in texts[question_id]:
            texts[question_id].append(text)
    return dict(texts)


def waiting_feeds(*, using: str = "default") -> Sequence[int]:
    """Return the ids of the feeds of rooms with questions that have changed since the search read them."""
    # Plain SQL: the worker asks it after every commit, and Django would take ten times as long to compose it.
    with connections[using].cursor() as cursor:
        cursor.execute(_WAITING, [RULES])
        return [feed_id for (feed_id,) in cursor.fetchall()]


_WAITING = f"""
SELECT feed.id FROM {Feed._meta.db_table} feed
JOIN {Meeting._meta.db_table} room ON room.feed_id = feed.id
LEFT JOIN {ReadFeed._meta.db_table} place ON place.feed_id = feed.id AND place.rules = %s
WHERE EXISTS (
    SELECT 1 FROM {Question._meta.db_table} question
    WHERE question.feed_id = feed.id AND question.version >= COALESCE(place.version, 0)
    AND (question.version > COALESCE(place.version, 0) OR question.id > COALESCE(place.last_question, 0))
)
ORDER BY feed.id
"""  # noqa: S608


def changed_since(read: ReadFeed) -> QuerySet[Question]:
    """Return the questions of the feed behind the place to which it is read, in order."""
    later = Q(version__gt=read.version) | Q(version=read.version, pk__gt=read.last_question)
    # The second condition says nothing new, but it is the one an index can seek.
    rows = Question.objects.filter(later, feed=read.feed_id, version__gte=read.version)
    return rows.order_by("version", "pk")


def questions_waiting(*, using: str = "default") -> int:
    """Return how many questions have changed since the search read their rooms; votes count too."""
    places = {place.feed_id: place for place in ReadFeed.objects.using(using).filter(rules=RULES)}
    waiting = (places.get(feed_id, ReadFeed(feed_id=feed_id)) for feed_id in waiting_feeds(using=using))
    return sum(changed_since(place).using(using).count() for place in waiting)
