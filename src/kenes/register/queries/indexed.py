"""What the search reads, and which rooms wait to be read."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

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


def waiting_feeds(*, using: str = "default") -> QuerySet[Feed]:
    """Return the feeds of rooms that have changed since the search read them."""
    read = ReadFeed.objects.filter(feed=OuterRef("pk"), rules=RULES, version__gte=OuterRef("version"))
    rooms = Meeting.objects.filter(feed=OuterRef("pk"))
    return Feed.objects.using(using).filter(~Exists(read), Exists(rooms)).order_by("pk")


def questions_waiting(*, using: str = "default") -> int:
    """Return how many questions have changed since the search read their rooms; votes count too."""
    places = dict(ReadFeed.objects.using(using).filter(rules=RULES).values_list("feed", "version"))
    feeds = waiting_feeds(using=using).values_list("pk", flat=True)
    questions = Question.objects.using(using)
    return sum(questions.filter(feed=feed, version__gt=places.get(feed, 0)).count() for feed in feeds)
