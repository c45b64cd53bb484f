"""Drafts in versions, comments, clearance, templates, and files of digital signatures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kenes.accounts.states import MembershipKind
from kenes.answering.states import TextStatus
from kenes.core.ids import new_public_id
from kenes.files.models import Upload
from kenes.organisations.models import Organisation
from kenes.questions.models import Answer, Assignment


class Draft(models.Model):
    """A unit's draft for one assignment of a question; what is written are its versions."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="draft")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft of {self.assignment_id}"


class DraftVersion(models.Model):
    """One saved version, numbered from 1; the highest number stands. Its texts are never changed."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} version {self.number}"


class DraftText(models.Model):
    """One language's text of a version; of its status is kept who set it and when."""

    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=TextStatus.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="draft_text_once"),
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(status="original"), name="draft_text_one_original"
            ),
            models.CheckConstraint(
                condition=models.Q(status="asked") | ~models.Q(text=""), name="draft_text_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}: {self.status}"


class Comment(models.Model):
    """A remark inside the unit on an answer being written; never public."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"on {self.assignment_id} at {self.at}"


class ClearanceStep(models.Model):
    """A step of a body's chain of clearance: by one kind of its people, or by those who are named."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Body")
    )
    position = models.PositiveSmallIntegerField(_("Order"), default=1)
    name = models.CharField(_("Name of the step"), max_length=120)
    kind = models.CharField(_("Cleared by"), max_length=12, choices=MembershipKind.choices, blank=True)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("Or by these people")
    )
    retired_at = models.DateTimeField(_("Out of use since"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of clearance")
        verbose_name_plural = _("steps of clearance")
        ordering = ["organisation", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "position"],
                condition=models.Q(retired_at=None),
                name="clearance_step_order",
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class Clearance(models.Model):
    """Who cleared which version at which step (none: the one step of a body that has set up no chain)."""

    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="clearances")
    step = models.ForeignKey(ClearanceStep, null=True, on_delete=models.PROTECT, related_name="clearances")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "step"], condition=models.Q(voided_at=None), name="clearance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} at {self.step_id}"


class AnswerTemplate(models.Model):
    """A text a body answers with again and again; `{code}` and its like are filled in for each question."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Body")
    )
    name = models.CharField(_("Name of the template"), max_length=120)
    text = models.TextField(_("Text"), blank=True)

    class Meta:
        verbose_name = _("template of answers")
        verbose_name_plural = _("templates of answers")
        ordering = ["organisation", "name", "id"]

    def __str__(self) -> str:
        return str(self.name)


class SignatureFile(models.Model):
    """The detached CMS file of a digital signature, shown beside the answer and not judged by us."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="signature_files")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")
    over_sha256 = models.CharField(
        max_length=64, blank=True, default="", help_text="of the text it is over, in hexadecimal"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"signature of {self.answer_id}"
