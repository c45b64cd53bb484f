"""What may be followed, how often a person is told, and what they are told of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a subscription is about. `own` is the asker's: made by the receipt's secret alone."""

    OWN = "own", _("My own question")
    QUESTION = "question", _("A question")
    MEETING = "meeting", _("A meeting")
    SESSION = "session", _("A strategic session")
    SEARCH = "search", _("A search of the register")


class Pace(TextChoices):
    """How often a subscriber is told."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all together")


class SubscriptionState(TextChoices):
    """`asked`: nothing but the confirmation is sent before the person confirmed."""

    ASKED = "asked", _("Waits to be confirmed")
    RUNNING = "running", _("Confirmed")


class Kind(TextChoices):
    """What happened to a question, as the questions tell it; what is due soon or overdue, its terms do."""

    REGISTERED = "registered", _("registered")
    PUBLISHED = "published", _("put on the public list")
    ASSIGNED = "assigned", _("assigned to a unit")
    DUE_CHANGED = "due_changed", _("due on another day")
    PAUSED = "paused", _("the clock stopped")
    PART_PASSED = "part_passed", _("passed on in part")
    PART_MOVED = "part_moved", _("due in part on another day")
    PART_ANSWERED = "part_done", _("answered in part")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused")
    OVERRULED = "overruled", _("taken up again after a refusal")
    REOPENED = "reopened", _("reopened by its asker")
    MERGED = "merged", _("merged into another question")
    UNMERGED = "unmerged", _("on its own again")
    PASSED_ON = "passed_on", _("passed on as a formal appeal")
    WITHDRAWN = "withdrawn", _("withdrawn by its asker")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    PART_SOON = "part_soon", _("due soon in part")
    PART_LATE = "part_late", _("overdue in part")


# The asker knows what they did themselves; what is due soon is the unit's to know.
TOLD_TO_ASKER = frozenset(Kind) - {Kind.REGISTERED, Kind.DUE_SOON, Kind.PART_SOON}
TOLD_TO_FOLLOWERS = frozenset(Kind) - {Kind.REGISTERED, Kind.DUE_SOON, Kind.PART_SOON}
# Of a part that another unit answers: the whole's unit and term are not meant.
OF_PARTS = frozenset({Kind.PART_PASSED, Kind.PART_MOVED, Kind.PART_ANSWERED, Kind.PART_SOON, Kind.PART_LATE})
# Told once for each date, however long it lasts.
OF_DATES = frozenset({Kind.DUE_SOON, Kind.OVERDUE, Kind.PART_SOON, Kind.PART_LATE})
# Of a whole meeting, session or search: what is new, and what was answered.
TOLD_OF_MANY = frozenset({Kind.REGISTERED, Kind.PUBLISHED, Kind.ANSWERED})
# After these nothing more is expected: the contact is kept only for the time of reopening.
ENDS = frozenset({Kind.ANSWERED, Kind.REFUSED, Kind.PASSED_ON, Kind.WITHDRAWN})
