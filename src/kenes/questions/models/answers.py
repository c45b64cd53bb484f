"""Answers with their texts, and how askers rate them."""

from django.conf import settings
from django.db import models

from kenes.organisations.models import Organisation
from kenes.questions.models.questions import Question
from kenes.questions.states import AnswerForm, Promise

SCORE_LEAST, SCORE_MOST = 1, 5


class Answer(models.Model):
    """An answer: aloud (who said it, at which second of the recording, what in short) or in writing.

    A written one has a row of `AnswerText` for each language; `text` is the one in `language`. Of it
    `is_late` by the due date that stood when it was given (while the clock stands nothing becomes late),
    `working_days` from the registration to it (null where no calendar covers them): facts of that day,
    not recomputed.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    form = models.CharField(max_length=8, choices=AnswerForm.choices)
    answered_by = models.CharField(max_length=200, help_text="role and body of who answered")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recording_second = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    promise = models.CharField(max_length=8, choices=Promise.choices, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    retracted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    working_days = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            # Figures look up the answer that stands of very many questions: all they ask of it is here.
            models.Index(
                fields=["question", "-id", "organisation", "form", "is_late", "working_days"],
                condition=models.Q(retracted_at=None),
                name="answer_standing",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(form=AnswerForm.ALOUD) | ~models.Q(promise=""),
                name="answer_written_says_promise",
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} answer to {self.question_id}"


class AnswerText(models.Model):
    """A written answer in one language."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["answer", "language"], name="answer_text_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.language}"


class Rating(models.Model):
    """What the asker thinks of the answer: `score` from 1 (not helpful) to 5 (fully helpful)."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__range=(SCORE_LEAST, SCORE_MOST)), name="rating_score_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.answer_id}"
