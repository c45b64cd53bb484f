"""Who owes an answer, or a part of it, and what became of the duty: reopened, passed on as an appeal."""

from django.conf import settings
from django.db import models

from kenes.core.ids import new_public_id
from kenes.deadlines.models import Term
from kenes.organisations.models import Organisation
from kenes.questions.models.questions import Question


class Assignment(models.Model):
    """A unit that owes a written answer; the date is a term of `deadlines` (kind `question`, its code)."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["question", "-id", "organisation"], name="assignment_last")]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(ended_at=None), name="assignment_runs_alone"
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None, decline_reason="")
                | models.Q(declined_at__isnull=False, ended_at__isnull=False) & ~models.Q(decline_reason=""),
                name="assignment_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} → {self.organisation_id}"


class Part(models.Model):
    """A part of a question that another unit answers, by a term of its own.

    The unit of the whole answers the rest. `subject` says which part. Answered, it has texts in Kazakh
    and Russian; ended without an answer where the whole came to an end before.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    term = models.OneToOneField(Term, on_delete=models.PROTECT, related_name="+")
    subject = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer_kk = models.TextField(blank=True)
    answer_ru = models.TextField(blank=True)
    is_late = models.BooleanField(default=False, help_text="answered after the part's last day")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "organisation"],
                condition=models.Q(ended_at=None),
                name="part_runs_once_a_unit",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by="", answer_kk="", answer_ru="")
                | models.Q(answered_at__isnull=False, ended_at__isnull=False)
                & ~models.Q(answered_by="")
                & ~models.Q(answer_kk="")
                & ~models.Q(answer_ru=""),
                name="part_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} in part → {self.organisation_id}"


class Reopening(models.Model):
    """Its asker's «this is no answer»: once, with a reason."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="reopening")
    reason = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.question_id} at {self.at}"


class PassedOn(models.Model):
    """A question that the state's appeal system has taken over, under its number and of its date."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="passed_on")
    number = models.CharField(max_length=60)
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.question_id} as {self.number}"
