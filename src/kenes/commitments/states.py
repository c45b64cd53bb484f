"""The states of a commitment and the one table of its acts. Late is derived from dates, never a state."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CommitmentState(TextChoices):
    OPEN = "open", _("To be kept")
    REPORTED = "reported", _("Reported as done, not yet accepted")
    DONE = "done", _("Kept")
    CANCELLED = "cancelled", _("Cancelled")


S = CommitmentState

MOVES: dict[CommitmentState, frozenset[CommitmentState]] = {
    S.OPEN: frozenset({S.REPORTED, S.CANCELLED}),
    S.REPORTED: frozenset({S.DONE, S.OPEN, S.CANCELLED}),
    S.DONE: frozenset(),
    S.CANCELLED: frozenset(),
}

RUNNING = frozenset({S.OPEN, S.REPORTED})


class Verb(TextChoices):
    """What a person does with a commitment that is there."""

    REPORT = "report", _("Report progress")
    SUBMIT = "submit", _("Submit as done")
    ACCEPT = "accept", _("Accept as kept")
    RETURN = "return", _("Return")
    CHANGE_DUE_DATE = "change_due_date", _("Change the date")
    CANCEL = "cancel", _("Cancel the commitment")
    TRANSLATE = "translate", _("Add the text in another language")
    ADD_EXECUTOR = "add_executor", _("Add a co-executor")

    @property
    def action(self) -> str:
        """The name of the action that does it, under which the record has it."""
        return _ACTIONS[self]


_ACTIONS = {
    Verb.REPORT: "report_progress",
    Verb.SUBMIT: "submit_done",
    Verb.ACCEPT: "accept_done",
    Verb.RETURN: "return_done",
    Verb.CHANGE_DUE_DATE: "change_commitment_due_date",
    Verb.CANCEL: "cancel_commitment",
    Verb.TRANSLATE: "translate_commitment",
    Verb.ADD_EXECUTOR: "add_co_executor",
}


@dataclass(frozen=True, slots=True)
class ActRule:
    """From which states a verb may be done, and the state it leads to (None: the state stays)."""

    origins: frozenset[CommitmentState]
    goal: CommitmentState | None


ACTS: dict[Verb, ActRule] = {
    Verb.REPORT: ActRule(frozenset({S.OPEN}), None),
    Verb.SUBMIT: ActRule(frozenset({S.OPEN}), S.REPORTED),
    Verb.ACCEPT: ActRule(frozenset({S.REPORTED}), S.DONE),
    Verb.RETURN: ActRule(frozenset({S.REPORTED}), S.OPEN),
    Verb.CHANGE_DUE_DATE: ActRule(frozenset({S.OPEN}), None),
    Verb.CANCEL: ActRule(RUNNING, S.CANCELLED),
    Verb.TRANSLATE: ActRule(RUNNING | {S.DONE}, None),
    Verb.ADD_EXECUTOR: ActRule(frozenset({S.OPEN}), None),
}


class ExecutorRole(TextChoices):
    LEAD = "lead", _("Answers for it")
    CO_EXECUTOR = "co_executor", _("Takes part in it")


class Claim(TextChoices):
    """What a report says of the whole."""

    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")


class Capacity(TextChoices):
    """As what somebody accepted."""

    HEAD = "head", _("Head of the body")
    MODERATOR = "moderator", _("Moderator of the body's meetings")


class Standing(TextChoices):
    """Where a commitment stands on a day, told from its state and its dates: each is in exactly one."""

    OPEN = "open", _("In time so far")
    LATE = "late", _("Late")
    KEPT = "kept", _("Kept in time")
    KEPT_LATE = "kept_late", _("Kept late")
    CANCELLED = "cancelled", _("Cancelled")
