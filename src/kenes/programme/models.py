"""The programme: campaigns, strategic sessions of a region, meetings and what belongs to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kenes.core.ids import new_public_id
from kenes.files.models import Upload
from kenes.live.models import FeedRow
from kenes.organisations.models import Organisation
from kenes.programme.errors import PeriodReversed
from kenes.programme.states import (
    AgendaState,
    Audience,
    MeetingFormat,
    MeetingKind,
    MeetingState,
    ParticipantKind,
    Publishing,
    SphereKey,
    StreamKind,
)
from kenes.territories.models import Place


class Campaign(models.Model):
    """A ministry's days in the regions, for a period. `slug` stands in addresses."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(_("Address in the site"), max_length=60, unique=True)
    title = models.CharField(_("Title"), max_length=200)
    summary = models.TextField(blank=True)
    host = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("Host")
    )
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    spheres = models.JSONField(default=list, help_text="keys of the spheres it covers")
    intended_meetings = models.PositiveIntegerField(null=True, blank=True)
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="campaign_period",
                violation_error_message=PeriodReversed.message,
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class RegionTarget(models.Model):
    """How many meetings a campaign means to hold in a region."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="region_targets")
    region = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("Region"))
    intended_meetings = models.PositiveIntegerField(_("Intended number of meetings"))

    class Meta:
        verbose_name = _("intended number of a region")
        verbose_name_plural = _("intended numbers of regions")
        constraints = [models.UniqueConstraint(fields=["campaign", "region"], name="region_target_once")]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.intended_meetings}"


class StrategicSession(models.Model):
    """A campaign's session in one region; closed when all its meetings are."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("Campaign")
    )
    region = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("Region"))
    title = models.CharField(_("Title"), max_length=200)
    summary = models.TextField(blank=True)
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))

    class Meta:
        verbose_name = _("strategic session")
        verbose_name_plural = _("strategic sessions")
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="session_period",
                violation_error_message=PeriodReversed.message,
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class RoomSerial(models.Model):
    """The last meeting number given in a region, over all campaigns: a number is never given twice."""

    region = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="+")
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.region_id}: {self.last_number}"


class Meeting(FeedRow):
    """A meeting and its room. `code` is the room's: region letters and number (`AKM-2`), never reused.

    It is a row of its own feed: what the room shows of it travels like any other change.
    `starts_at`, `ends_at` are in UTC; `zone` is the IANA zone of the place at that time. `folded` holds
    its code and titles for search.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(StrategicSession, on_delete=models.PROTECT, related_name="meetings")
    code = models.CharField(_("Code"), max_length=12, unique=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    sphere = models.CharField(_("Sphere"), max_length=20, choices=SphereKey.choices)
    second_sphere = models.CharField(max_length=20, choices=SphereKey.choices, blank=True)
    title = models.CharField(_("Title"), max_length=250)
    folded = models.TextField(blank=True, default="", editable=False)
    summary = models.TextField(blank=True)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meetings")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="meetings")
    format = models.CharField(max_length=12, choices=MeetingFormat.choices, default=MeetingFormat.ONLINE)
    languages = models.JSONField(default=list, help_text="codes of the languages spoken")
    starts_at = models.DateTimeField(_("Starts"), db_index=True)
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40, default="Asia/Almaty")
    state = models.CharField(
        _("State"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    publishing = models.CharField(max_length=10, choices=Publishing.choices, default=Publishing.AT_ONCE)
    who_may_ask = models.CharField(max_length=10, choices=Audience.choices, default=Audience.ANYONE)
    who_may_vote = models.CharField(max_length=10, choices=Audience.choices, default=Audience.ANYONE)
    closed_at = models.DateTimeField(null=True, blank=True)
    present = models.PositiveIntegerField(default=0, help_text="people present, rounded")
    present_most = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="the most at once while it was open, rounded; null: not counted",
    )
    question_serial = models.PositiveIntegerField(default=0, help_text="the last question's serial number")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["feed", "version"], name="meeting_feed_version")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_period",
                violation_error_message=PeriodReversed.message,
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MeetingState.values), name="meeting_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class AgendaItem(FeedRow):
    """A point of a meeting's agenda. `public_id` is its code in the feed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda", verbose_name=_("Meeting")
    )
    position = models.PositiveSmallIntegerField(_("Order"))
    title = models.CharField(_("Title"), max_length=300)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    state = models.CharField(
        _("State"), max_length=10, choices=AgendaState.choices, default=AgendaState.PLANNED
    )
    state_changed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="taken off the agenda; the row stays as a tombstone of the feed"
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["feed", "version"], name="agendaitem_feed_version")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="agenda_item_period",
                violation_error_message=PeriodReversed.message,
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AgendaState.values), name="agenda_item_state_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class AgendaSpeaker(models.Model):
    """Who speaks to a point: a role and a body; a person's account only where they wish to be named."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.role)


class Material(models.Model):
    """A document or link for a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=200)
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(blank=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upload=None) ^ models.Q(url=""), name="material_file_or_link"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class VideoStream(models.Model):
    """Where a meeting is seen or heard. `language` of the interpretation, blank for the floor."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="streams")
    kind = models.CharField(max_length=16, choices=StreamKind.choices)
    url = models.URLField()
    language = models.CharField(_("Language"), max_length=2, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("stream")
        verbose_name_plural = _("streams")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.url}"


class Participant(models.Model):
    """Somebody in a meeting's room: a guest (one device) or a signed-in account's person."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField(max_length=10, choices=ParticipantKind.choices, default=ParticipantKind.GUEST)
    name = models.CharField(max_length=80, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    joined_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=models.Q(user__isnull=False),
                name="participant_account_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
