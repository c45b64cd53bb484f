"""The classes of answer coverage, and what they are counted by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Class(TextChoices):
    """Where a question stands; each question is in exactly one."""

    ALOUD = "answered_aloud", _("Answered aloud")
    IN_TIME = "answered_in_time", _("Answered in writing in time")
    LATE = "answered_late", _("Answered in writing late")
    NOT_YET_DUE = "not_yet_due", _("Not yet due")
    OVERDUE = "overdue", _("Overdue")
    WAITING = "waiting", _("Waiting in the room")
    REFUSED = "refused", _("Refused")
    PASSED_ON = "passed_on", _("Passed on as a formal appeal")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ANSWERED = frozenset({Class.ALOUD, Class.IN_TIME, Class.LATE})


class Dimension(TextChoices):
    """What the classes are counted by."""

    REGION = "region", _("By region")
    SESSION = "session", _("By strategic session")
    SPHERE = "sphere", _("By sphere")
    BODY = "body", _("By body")
