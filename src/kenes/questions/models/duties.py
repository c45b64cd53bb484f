"""Who owes an answer, and what became of the duty: reopened by its asker, passed on as an appeal."""

from django.conf import settings
from django.db import models

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
