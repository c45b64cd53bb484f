"""Commitments, who carries them out, what was reported of them, and who accepted it."""

from django.conf import settings
from django.db import models

from kenes.commitments.states import Capacity, Claim, CommitmentState, ExecutorRole
from kenes.core.append_only import AppendOnlyModel
from kenes.files.models import Upload
from kenes.links.models import End
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.programme.states import SphereKey
from kenes.territories.models import Place


class CommitmentSerial(models.Model):
    """The last serial number given under some letters: a number is never given twice."""

    letters = models.CharField(max_length=4, unique=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.letters}: {self.last_number}"


class Commitment(models.Model):
    """A promise on record: `code` is public (`C-AKM-0012`), `keeper` the body that sees to it.

    `source_*` name where it was made, `made_by` who promised it (role and body, in words). The date
    is a term of `deadlines` (kind `commitment`, its code): `due_on` repeats the ledger's last line,
    `first_due_on` its first. `reported_on` and `submitted_by` are of the submission that stands.
    `folded` holds code, texts and executors for search.
    """

    code = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=10, choices=CommitmentState.choices, default=CommitmentState.OPEN)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, help_text="it was said in")
    sphere = models.CharField(max_length=20, choices=SphereKey.choices, blank=True)
    region = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    made_by = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    first_due_on = models.DateField()
    due_on = models.DateField()
    reported_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    folded = models.TextField(blank=True, default="", editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="commitment_source"),
            models.Index(fields=["state", "due_on"], name="commitment_state_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CommitmentState.values), name="commitment_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["reported", "done"]) ^ models.Q(reported_on=None),
                name="commitment_reported_on_day",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def source(self) -> End:
        """Where the promise was made."""
        return End(self.source_kind, self.source_id)


class CommitmentText(AppendOnlyModel):
    """The promise in one language, as it was said or translated; never rewritten."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "language"], name="commitment_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.language}"


class Executor(models.Model):
    """A body that carries a commitment out, alone answering for it or taking part.

    `added_at` is empty for who was named when it was made.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="executors")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=ExecutorRole.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    added_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "organisation"], name="executor_once"),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(role=ExecutorRole.LEAD),
                name="executor_one_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.organisation_id} ({self.role})"


class Progress(AppendOnlyModel):
    """What an executing body reported: in words, and whether it claims the whole to be done."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="progress")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(max_length=10, choices=Claim.choices)
    text = models.TextField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.commitment_id} at {self.at}"


class Evidence(AppendOnlyModel):
    """What shows that something was done: a file that was checked, or a link."""

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upload=None) ^ models.Q(url=""), name="evidence_file_or_link"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Acceptance(AppendOnlyModel):
    """A second person's word that it is done: `by` is never `submitted_by`.

    The public is told `capacity` and `organisation`, never the name.
    """

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="acceptance")
    progress = models.OneToOneField(Progress, on_delete=models.PROTECT, related_name="acceptance")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(by=models.F("submitted_by")), name="acceptance_by_second_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} at {self.at}"


class Move(AppendOnlyModel):
    """A move of a commitment from state to state: who, when, why."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="moves")
    old = models.CharField(max_length=10, choices=CommitmentState.choices, blank=True)
    new = models.CharField(max_length=10, choices=CommitmentState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
