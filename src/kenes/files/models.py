"""Uploads, checked before they are kept."""

from django.conf import settings
from django.db import models

from kenes.core.ids import new_public_id
from kenes.files.states import FindingKind, Treatment


class Upload(models.Model):
    """A file kept under a name of ours; the sender's name is only a label."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    file = models.FileField(upload_to="uploads/%Y/%m/", max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.original_name


class UploadFinding(models.Model):
    """Something the sender's file told beside its content, and whether the kept copy still does.

    What it said (a name, a place) is not kept.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=20, choices=FindingKind.choices)
    treatment = models.CharField(max_length=8, choices=Treatment.choices)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.treatment}"
