"""Terms with their ledger, what happened to them, the working calendars and the policies they follow."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kenes.core.append_only import AppendOnlyModel
from kenes.core.ids import new_public_id
from kenes.deadlines.states import (
    AfterHoursRule,
    Cause,
    Certainty,
    DayKind,
    DutyKind,
    EditionState,
    EventKind,
    ExtensionStart,
    LastDayRule,
    NoticeWay,
    StartRule,
    Unit,
)
from kenes.territories.models import Place


class WorkingCalendar(models.Model):
    """The calendar of a territory, or of the whole country where it names no place.

    `key` is the KATO code of the place, or `KZ`.
    """

    key = models.CharField(_("Key"), max_length=9, unique=True)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Place")
    )

    class Meta:
        verbose_name = _("working calendar")
        verbose_name_plural = _("working calendars")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(self.place or self.key)


class CalendarEdition(models.Model):
    """An edition of a calendar: drafted, published as a whole, never changed afterwards.

    The published one with the highest number holds. Holidays are known from `known_from` through
    `known_to`; `weekly_days_off` are ISO weekdays (`67`: Saturday and Sunday).
    """

    calendar = models.ForeignKey(
        WorkingCalendar, on_delete=models.PROTECT, related_name="editions", verbose_name=_("Working calendar")
    )
    number = models.PositiveIntegerField(_("Number"))
    state = models.CharField(
        _("State"), max_length=12, choices=EditionState.choices, default=EditionState.DRAFT
    )
    known_from = models.DateField(_("Holidays are known from"))
    known_to = models.DateField(_("Holidays are known until"))
    weekly_days_off = models.CharField(_("Weekly days off"), max_length=6, default="67")
    closes_at = models.TimeField(_("The working day ends at"), default=time(18, 0))
    note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("edition of a calendar")
        verbose_name_plural = _("editions of calendars")
        ordering = ["calendar", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["calendar"], condition=models.Q(state="draft"), name="edition_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=EditionState.values), name="edition_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar.key}-{self.number}"


class CalendarDay(models.Model):
    """A day that differs from its weekday, and the day it was exchanged with."""

    edition = models.ForeignKey(
        CalendarEdition, on_delete=models.CASCADE, related_name="days", verbose_name=_("Edition")
    )
    day = models.DateField(_("Day"))
    kind = models.CharField(_("Kind"), max_length=12, choices=DayKind.choices)
    name = models.CharField(_("Name of the day"), max_length=200, blank=True)
    other = models.DateField(_("Exchanged with"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["edition", "day"]
        constraints = [models.UniqueConstraint(fields=["edition", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class DeadlinePolicy(models.Model):
    """An edition of a policy, for what is registered from `valid_from` through `valid_to`.

    `*_within` are working days. `act`, `article`, `edition` and `certainty` say where it comes from.
    """

    key = models.CharField(_("Key"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    unit = models.CharField(_("Counted in"), max_length=16, choices=Unit.choices)
    count = models.PositiveSmallIntegerField(_("How many"))
    start = models.CharField(_("First day that counts"), max_length=16, choices=StartRule.choices)
    after_hours = models.CharField(
        _("What comes after hours is registered"), max_length=20, choices=AfterHoursRule.choices
    )
    last_day = models.CharField(_("A last day that is off"), max_length=20, choices=LastDayRule.choices)
    extension_unit = models.CharField(
        _("Extension counted in"), max_length=16, choices=Unit.choices, blank=True
    )
    extension_count = models.PositiveSmallIntegerField(_("Longest extension"), default=0)
    extension_times = models.PositiveSmallIntegerField(_("How often it may be extended"), default=1)
    extension_start = models.CharField(
        _("First day of an extension"),
        max_length=20,
        choices=ExtensionStart.choices,
        default=ExtensionStart.AFTER_LAST_DAY,
    )
    notice_within = models.PositiveSmallIntegerField(
        _("The asker is told of it within, working days"), null=True, blank=True
    )
    redirect_within = models.PositiveSmallIntegerField(
        _("Passed on within, working days"), null=True, blank=True
    )
    act = models.CharField(_("Act"), max_length=200)
    article = models.CharField(_("Article"), max_length=60)
    edition = models.CharField(_("Edition of the act"), max_length=200, blank=True)
    certainty = models.CharField(_("How sure it is"), max_length=20, choices=Certainty.choices)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("policy of terms")
        verbose_name_plural = _("policies of terms")
        ordering = ["key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="policy_edition_once"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(valid_from=None), name="policy_first_edition_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Term(models.Model):
    """The term of one object named by (kind, public id). `due_on` repeats the ledger's last line.

    A term by the clock names its policy and calendar and the edition its date was reckoned by. Of a
    part that was passed on, `part_of` is the whole's term. `paused_since` repeats the last event.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    policy_key = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    calendar = models.ForeignKey(WorkingCalendar, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(CalendarEdition, null=True, on_delete=models.PROTECT, related_name="+")
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    paused_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="term_object"),
            models.Index(fields=["due_on"], condition=models.Q(closed_at=None), name="term_open_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(policy_key="", calendar=None, edition=None, paused_since=None)
                | ~models.Q(policy_key="") & models.Q(calendar__isnull=False, edition__isnull=False),
                name="term_clock_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_id} due {self.due_on}"


class TermEvent(AppendOnlyModel):
    """What happened to a term by the clock. `detail` holds the event's own values; never changed."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class Notice(models.Model):
    """That the asker is to be told of an event by a day, and by when and how they were.

    Untold, `told_at` is empty; the row falls due like a term does, and follows the calendar as long as the
    term runs. Told, `due_on` stands as it was then.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="notices")
    event = models.OneToOneField(TermEvent, on_delete=models.PROTECT, related_name="notice")
    kind = models.CharField(max_length=20, choices=DutyKind.choices)
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=12, choices=NoticeWay.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(told_at=None), name="notice_untold")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_at=None, way="")
                | models.Q(told_at__isnull=False) & ~models.Q(way=""),
                name="notice_told_in_a_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_on}"


class TermEntry(AppendOnlyModel):
    """A line of the ledger: the due date before and after, by whom, when and why. Never changed.

    `edition` is the calendar's edition by which the clock reckoned it.
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="entries")
    old_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    cause = models.CharField(max_length=20, choices=Cause.choices, default=Cause.SET)
    edition = models.ForeignKey(CalendarEdition, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.due_on}"
