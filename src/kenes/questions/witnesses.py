"""Questions and answers as their leaves in the record's log should tell them."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from kenes.questions.actions.leaves import all_texts, told_of_written
from kenes.questions.models import Answer, Edit, Question
from kenes.record.witnesses import AT_ONCE, Seen


def questions_seen() -> Iterator[Seen]:
    """Return every question as it was asked: an edit keeps the text before it."""
    first = Edit.objects.filter(question=OuterRef("pk")).order_by("id").values("old_text")[:1]
    asked = Question.objects.annotate(first_text=Coalesce(Subquery(first), "text"))
    fields = ("code", "asked_at", "channel", "language", "meeting__code", "serial", "first_text")
    for code, at, channel, language, meeting, serial, text in asked.values_list(*fields).iterator():
        facts = {"channel": channel, "language": language, "meeting": meeting, "serial": serial}
        yield Seen(code, at, facts, text)


def answers_seen() -> Iterator[Seen]:
    """Return every answer recorded aloud, those taken back too."""
    fields = (
        "question__code",
        "at",
        "form",
        "language",
        "recording_second",
        "organisation__public_id",
        "text",
    )
    answers = Answer.objects.filter(form="aloud").order_by("id")
    for code, at, form, language, second, unit, text in answers.values_list(*fields).iterator():
        yield Seen(code, at, {"form": form, "language": language, "second": second, "unit": unit}, text)


def written_answers_seen() -> Iterator[Seen]:
    """Return every answer in writing, with its texts as the one text that was logged."""
    answers = Answer.objects.filter(form="written").select_related("question", "organisation")
    for answer in answers.prefetch_related("texts").order_by("id").iterator(AT_ONCE):
        texts = {text.language: text.text for text in answer.texts.all()}
        yield Seen(answer.question.code, answer.at, told_of_written(answer, texts), all_texts(texts))
