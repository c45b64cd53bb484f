"""The states of a question and the one table of its moves.

`MOVES` holds the whole life of a question as the design draws it; the register, merging and
appeals bring the acts for the moves that no act of today makes.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionState(TextChoices):
    HELD = "held", _("Waits for a moderator")
    OPEN = "open", _("Open")
    STAGED = "staged", _("Being put to the speaker")
    ASSIGNED = "assigned", _("A written answer is due")
    DRAFTED = "drafted", _("Answer drafted")
    CLEARED = "cleared", _("Answer cleared")
    ANSWERED = "answered", _("Answered")
    MERGED = "merged", _("Merged into another question")
    REFUSED = "refused", _("Refused")
    PASSED_ON = "passed_on", _("Passed on as a formal appeal")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = QuestionState

MOVES: dict[QuestionState, frozenset[QuestionState]] = {
    S.HELD: frozenset({S.OPEN, S.ASSIGNED, S.MERGED, S.REFUSED, S.PASSED_ON, S.WITHDRAWN}),
    S.OPEN: frozenset(
        {S.HELD, S.STAGED, S.ANSWERED, S.ASSIGNED, S.MERGED, S.REFUSED, S.PASSED_ON, S.WITHDRAWN}
    ),
    S.STAGED: frozenset({S.OPEN, S.ANSWERED, S.ASSIGNED}),
    S.ASSIGNED: frozenset({S.DRAFTED, S.ASSIGNED, S.REFUSED, S.PASSED_ON, S.WITHDRAWN}),
    S.DRAFTED: frozenset({S.CLEARED, S.ASSIGNED, S.PASSED_ON}),
    S.CLEARED: frozenset({S.ANSWERED, S.ASSIGNED, S.PASSED_ON}),
    S.ANSWERED: frozenset({S.OPEN, S.STAGED, S.ASSIGNED}),
    S.MERGED: frozenset({S.HELD, S.OPEN}),
    S.REFUSED: frozenset({S.OPEN, S.ASSIGNED}),
    S.PASSED_ON: frozenset(),
    S.WITHDRAWN: frozenset(),
}

LOOSE_ENDS = frozenset({S.HELD, S.OPEN, S.STAGED})
ON_PUBLIC_LIST = frozenset({S.OPEN, S.STAGED, S.ASSIGNED, S.DRAFTED, S.CLEARED, S.ANSWERED})
# A refusal is shown with its ground (of an abusive text only that), so that none is silent.
HAS_PAGE = ON_PUBLIC_LIST | {S.REFUSED}
ON_SPEAKER_STREAM = frozenset({S.OPEN, S.STAGED})
TAKES_VOTES = frozenset({S.OPEN})


class Verb(TextChoices):
    """What a person does with a question that is there."""

    PUBLISH = "publish", _("Publish")
    HOLD = "hold", _("Take off the list")
    REFUSE = "refuse", _("Refuse")
    OVERRULE = "overrule", _("Overrule the refusal")
    EDIT = "edit", _("Edit the text")
    STAGE = "stage", _("Put to the speaker")
    UNSTAGE = "unstage", _("Take off the stage")
    ANSWER_ALOUD = "answer_aloud", _("Record the spoken answer")
    RETRACT_ANSWER = "retract_answer", _("Take the answer back")
    ASSIGN = "assign", _("Assign to a unit")
    CHANGE_DUE_DATE = "change_due_date", _("Change the date")
    WITHDRAW = "withdraw", _("Withdraw")

    @property
    def action(self) -> str:
        """The name of the action that does it, under which the record has it."""
        return _ACTIONS.get(self.value, f"{self.value}_question")


_ACTIONS = {
    "overrule": "overrule_refusal",
    "answer_aloud": "answer_aloud",
    "retract_answer": "retract_answer",
    "change_due_date": "change_question_due_date",
}


@dataclass(frozen=True, slots=True)
class ActRule:
    """From which states a verb may be done, and the state it leads to (None: the state stays)."""

    origins: frozenset[QuestionState]
    goal: QuestionState | None
    is_late: bool = False  # also after the meeting was closed


ACTS: dict[Verb, ActRule] = {
    Verb.PUBLISH: ActRule(frozenset({S.HELD}), S.OPEN),
    Verb.HOLD: ActRule(frozenset({S.OPEN}), S.HELD),
    Verb.REFUSE: ActRule(frozenset({S.HELD, S.OPEN, S.ASSIGNED}), S.REFUSED, is_late=True),
    Verb.OVERRULE: ActRule(frozenset({S.REFUSED}), S.OPEN),
    Verb.EDIT: ActRule(frozenset({S.HELD, S.OPEN, S.STAGED, S.ASSIGNED}), None, is_late=True),
    Verb.STAGE: ActRule(frozenset({S.OPEN}), S.STAGED),
    Verb.UNSTAGE: ActRule(frozenset({S.STAGED}), S.OPEN),
    Verb.ANSWER_ALOUD: ActRule(frozenset({S.OPEN, S.STAGED}), S.ANSWERED),
    Verb.RETRACT_ANSWER: ActRule(frozenset({S.ANSWERED}), S.OPEN),
    Verb.ASSIGN: ActRule(
        frozenset({S.HELD, S.OPEN, S.STAGED, S.ASSIGNED, S.REFUSED, S.ANSWERED}), S.ASSIGNED, is_late=True
    ),
    Verb.CHANGE_DUE_DATE: ActRule(frozenset({S.ASSIGNED, S.DRAFTED, S.CLEARED}), None, is_late=True),
    Verb.WITHDRAW: ActRule(frozenset({S.HELD, S.OPEN, S.ASSIGNED}), S.WITHDRAWN, is_late=True),
}


class Channel(TextChoices):
    """How a question came."""

    ROOM = "room", _("Asked in the room")
    SITE = "site", _("Sent through the page")
    PHONE = "phone", _("Taken by phone")
    PAPER = "paper", _("Taken on paper")


class RefusalGround(TextChoices):
    ABUSE = "abuse", _("Insults or threats")
    OFF_TOPIC = "off_topic", _("Not on the meeting's subject")
    REPEATED = "repeated", _("The same person has asked this already")
    PERSONAL_DATA = "personal_data", _("It discloses another person's private matters")
    ADVERTISING = "advertising", _("Advertising")
    NOT_A_QUESTION = "not_a_question", _("There is no question in it")


# Insults, another person's private matters and advertising are not repeated by a refusal.
HIDES_THE_TEXT = frozenset({RefusalGround.ABUSE, RefusalGround.PERSONAL_DATA, RefusalGround.ADVERTISING})


class AnswerForm(TextChoices):
    ALOUD = "aloud", _("Answered aloud")
    WRITTEN = "written", _("Answered in writing")
