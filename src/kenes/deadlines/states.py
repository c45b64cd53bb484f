"""The words of a deadline: units, rules of counting, kinds of days, states of a calendar's edition."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    """What a term is counted in."""

    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    MONTH = "month", _("months")


class StartRule(TextChoices):
    """Which day is the first that counts."""

    DAY_AFTER = "day_after", _("the day after registration")
    DAY_OF_RECEIPT = "day_of_receipt", _("the day of registration itself")


class AfterHoursRule(TextChoices):
    """When something counts as registered that came after hours or on a day off."""

    NEXT_WORKING_DAY = "next_working_day", _("on the next working day")
    DAYS_OFF_ONLY = "days_off_only", _("on the same day; on a day off, on the next working day")
    SAME_DAY = "same_day", _("on the same day")


class ExtensionStart(TextChoices):
    """From which day an extension is counted."""

    AFTER_LAST_DAY = "after_last_day", _("the day after the last day of the term")
    AFTER_DECISION = "after_decision", _("the day after the decision to extend")


class LastDayRule(TextChoices):
    """What becomes of a last day that is a day off."""

    NEXT_WORKING_DAY = "next_working_day", _("moves to the next working day")
    STAYS = "stays", _("stays as it is")


class Certainty(TextChoices):
    """How sure it is that the law says so."""

    TEXT_READ = "text_read", _("the text of the law was read")
    INTERPRETATION = "interpretation", _("our reading of the law; the text does not say it outright")
    GENERAL_KNOWLEDGE = "general_knowledge", _("from general knowledge; check it before relying on it")


class DayKind(TextChoices):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday", _("holiday")
    IN_LIEU = "in_lieu", _("day off in place of a holiday on a weekly day off")
    MOVED_OFF = "moved_off", _("day off moved here from another day")
    WORKING = "working", _("working day in place of another day")


class EditionState(TextChoices):
    """An edition of a calendar: drafted, published as a whole, confirmed by a person."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published, not yet confirmed")
    CONFIRMED = "confirmed", _("confirmed by a person")


class Arrival(TextChoices):
    """How the day of registration follows from the moment of receipt."""

    IN_HOURS = "in_hours", _("received in working hours")
    AFTER_HOURS = "after_hours", _("received after working hours")
    DAY_OFF = "day_off", _("received on a day off")


class Reason(TextChoices):
    """Why a day is counted, or is not."""

    COUNTED = "counted", _("counted")
    WORKS_INSTEAD = "works_instead", _("working day in place of another, counted")
    REGISTRATION = "registration", _("day of registration, counting starts the next day")
    AFTER_HOURS = "after_hours", _("received after working hours, not counted")
    WEEKLY_DAY_OFF = "weekly_day_off", _("weekly day off, not counted")
    SPECIAL_DAY_OFF = "special_day_off", _("day off by the calendar, not counted")
    PAUSED = "paused", _("the clock stood, not counted")
    MADE_UP = "made_up", _("added for a day on which the clock stood")


class SpanKind(TextChoices):
    """A stretch of counting."""

    TERM = "term", _("term")
    EXTENSION = "extension", _("extension")


class DutyKind(TextChoices):
    """What else is due while a term runs."""

    REDIRECT = "redirect", _("pass it on, if another body is competent")
    EXTENSION_NOTICE = "extension_notice", _("tell the asker of the extension")
    REDIRECT_NOTICE = "redirect_notice", _("tell the asker that it was passed on")


class NoticeWay(TextChoices):
    """How the asker was told of what happened to the term."""

    MESSAGE = "message", _("by the message to the address that was left")
    PAGE = "page", _("on the question's page; no address was left")
    PHONE = "phone", _("by telephone")
    PAPER = "paper", _("on paper")
    IN_PERSON = "in_person", _("in person")


# The other ways are the server's own to note.
TOLD_BY_A_PERSON = (NoticeWay.PHONE, NoticeWay.PAPER, NoticeWay.IN_PERSON)


class Cause(TextChoices):
    """What wrote a line of a term's ledger."""

    SET = "set", _("set by a person")
    CLOCK = "clock", _("reckoned by the clock")
    PAUSED = "paused", _("paused")
    RESUMED = "resumed", _("resumed")
    EXTENDED = "extended", _("extended")
    REDIRECTED = "redirected", _("passed on: the term starts anew")
    REDIRECTED_PART = "redirected_part", _("passed on in part")
    REOPENED = "reopened", _("reopened: the term starts anew")
    CALENDAR = "calendar", _("the working calendar changed")


class EventKind(TextChoices):
    """What happens to a term."""

    REGISTERED = "registered", _("registered")
    PAUSED = "paused", _("paused")
    RESUMED = "resumed", _("resumed")
    EXTENDED = "extended", _("extended")
    REDIRECTED = "redirected", _("passed on")
    REDIRECTED_PART = "redirected_part", _("passed on in part")
    REOPENED = "reopened", _("reopened")
