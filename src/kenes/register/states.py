"""The groups a reader tells questions apart by, the orders of the list, the states of an export."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kenes.questions.states import HAS_PAGE, QuestionState

S = QuestionState


class Group(TextChoices):
    """What has become of a question, in the few words a reader filters by."""

    ANSWERED = "answered", _("Answered")
    ASSIGNED = "assigned", _("A written answer is due")
    OPEN = "open", _("Waiting in the room")
    REFUSED = "refused", _("Refused")
    PASSED_ON = "passed_on", _("Passed on as a formal appeal")
    MERGED = "merged", _("Merged into another question")


_STATES: dict[Group, frozenset[QuestionState]] = {
    Group.ANSWERED: frozenset({S.ANSWERED}),
    Group.ASSIGNED: frozenset({S.ASSIGNED, S.DRAFTED, S.CLEARED}),
    Group.OPEN: frozenset({S.OPEN, S.STAGED}),
    Group.REFUSED: frozenset({S.REFUSED}),
    Group.PASSED_ON: frozenset({S.PASSED_ON}),
    Group.MERGED: frozenset({S.MERGED}),
}
# Only questions with a page of their own are in the register.
GROUPS: dict[Group, frozenset[QuestionState]] = {
    group: states & HAS_PAGE for group, states in _STATES.items() if states & HAS_PAGE
}
RARE = frozenset({Group.PASSED_ON, Group.MERGED})
GROUP_OF: dict[str, Group] = {state: group for group, states in GROUPS.items() for state in states}


class Sort(TextChoices):
    """The orders of the list."""

    NEWEST = "newest", _("The newest first")
    RELEVANCE = "relevance", _("The best match first")


class ExportState(TextChoices):
    """waiting → ready, or failed."""

    WAITING = "waiting", _("Being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class ExportFormat(TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"
