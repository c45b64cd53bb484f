"""Questions and answers as their leaves in the record's log should tell them; texts are for `comparing`."""

from collections.abc import Iterator

from kenes.questions.actions.leaves import told_of, told_of_written
from kenes.questions.models import Answer, Question
from kenes.record.witnesses import AT_ONCE, Seen


def questions_seen() -> Iterator[Seen]:
    """Return every question as it was registered."""
    fields = ("code", "asked_at", "channel", "language", "meeting__code", "serial")
    for code, at, channel, language, meeting, serial in Question.objects.values_list(*fields).iterator():
        yield Seen(code, at, {"channel": channel, "language": language, "meeting": meeting, "serial": serial})


def answers_seen() -> Iterator[Seen]:
    """Return every answer recorded aloud, those taken back too."""
    answers = Answer.objects.filter(form="aloud").select_related("question", "organisation").order_by("id")
    for answer in answers.iterator(AT_ONCE):
        yield Seen(answer.question.code, answer.at, told_of(answer))


def written_answers_seen() -> Iterator[Seen]:
    """Return every answer in writing, with the languages of its texts."""
    answers = Answer.objects.filter(form="written").select_related("question", "organisation")
    for answer in answers.prefetch_related("texts").order_by("id").iterator(AT_ONCE):
        languages = [text.language for text in answer.texts.all()]
        yield Seen(answer.question.code, answer.at, told_of_written(answer, languages))
