"""Questions, their moves, edits and votes."""

from django.conf import settings
from django.db import models

from kenes.live.models import FeedRow
from kenes.programme.models import Meeting, Participant
from kenes.programme.states import ParticipantKind
from kenes.questions.states import Channel, QuestionState, RefusalGround


class Question(FeedRow):
    """A question. `code` identifies and nothing more (`AKM-2-0147`); the receipt's secret is never stored.

    `votes_*` are counts kept in the transaction that changes them and tested equal to the rows.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(max_length=20, unique=True)
    serial = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=QuestionState.choices)
    text = models.TextField()
    folded = models.TextField(blank=True, default="", help_text="code and text folded, for search")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.ROOM)
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )
    asker_name = models.CharField(max_length=80, blank=True)
    is_anonymous = models.BooleanField(default=False, help_text="the name is not shown to the public")
    asked_at = models.DateTimeField()
    votes_confirmed = models.PositiveIntegerField(default=0)
    votes_guest = models.PositiveIntegerField(default=0)
    refusal_ground = models.CharField(max_length=20, choices=RefusalGround.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["feed", "version"], name="question_feed_version"),
            # Counts and filters of the register read it instead of the rows, which are wide.
            models.Index(
                fields=["meeting", "state", "language", "channel", "asked_at", "id"], name="question_register"
            ),
            models.Index(
                models.F("feed"),
                (models.F("votes_confirmed") + models.F("votes_guest")).desc(),
                models.F("id"),
                condition=models.Q(public_since__isnull=False, public_until=None),
                name="question_public_top",
            ),
            models.Index(
                fields=["feed", "-id"],
                condition=models.Q(public_since__isnull=False, public_until=None),
                name="question_public_new",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "serial"], name="question_serial_once"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state=QuestionState.STAGED),
                name="question_staged_alone",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=QuestionState.values), name="question_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=QuestionState.REFUSED) | ~models.Q(refusal_ground=""),
                name="question_refused_has_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(state=QuestionState.MERGED) ^ models.Q(merged_into=None),
                name="question_merged_has_target",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Move(models.Model):
    """A move of a question from state to state: who, when, why."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="moves")
    old = models.CharField(max_length=12, choices=QuestionState.choices, blank=True)
    new = models.CharField(max_length=12, choices=QuestionState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Edit(models.Model):
    """A moderator's edit of a question's text; the text before it is kept."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="edits")
    old_text = models.TextField()
    new_text = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.question_id} at {self.at}"


class Vote(models.Model):
    """One vote of one participant; `kind` is stamped when it is cast.

    `carried_from` names the merged question whose vote counts here too, so that a merge can be undone.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    kind = models.CharField(max_length=10, choices=ParticipantKind.choices)
    at = models.DateTimeField()
    # No index: it would cost every vote, and merges are few.
    carried_from = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "participant"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} for {self.question_id}"
