"""The states of a question and the one table of its moves.

`MOVES` holds the whole life of a question; `ACTS` says which verb makes which of the moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kenes.accounts.states import MembershipKind


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
# A refusal is shown with its ground (of an abusive text only that), so that none is silent; a merged
# question leads to the one it lives on in, a passed on one tells its number.
HAS_PAGE = ON_PUBLIC_LIST | {S.REFUSED, S.MERGED, S.PASSED_ON}
MAY_CARRY = ON_PUBLIC_LIST
# The text is as public as it was before the move to such a state.
TEXT_AS_BEFORE = frozenset({S.MERGED, S.PASSED_ON})
ON_SPEAKER_STREAM = frozenset({S.OPEN, S.STAGED})
# A unit is at work on the answer.
UNDER_WORK = frozenset({S.ASSIGNED, S.DRAFTED, S.CLEARED})
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
    ACCEPT = "accept", _("Accept the assignment")
    DECLINE = "decline", _("Decline the assignment")
    CHANGE_DUE_DATE = "change_due_date", _("Change the date")
    EXTEND = "extend", _("Extend the term")
    PAUSE = "pause", _("Stop the clock")
    RESUME = "resume", _("Start the clock again")
    PASS_PART = "pass_part", _("Pass a part on to another unit")
    TELL_ASKER = "tell_asker", _("Note that the asker was told")
    SUBMIT_DRAFT = "submit_draft", _("Submit the draft")
    SEND_BACK = "send_back", _("Send back")
    CLEAR = "clear", _("Clear the answer")
    ANSWER_IN_WRITING = "answer_in_writing", _("Sign and publish the answer")
    MERGE = "merge", _("Merge into another question")
    UNMERGE = "unmerge", _("Undo the merge")
    PASS_ON = "pass_on", _("Pass on as a formal appeal")
    WITHDRAW = "withdraw", _("Withdraw")
    REOPEN = "reopen", _("Reopen")
    RATE = "rate", _("Rate the answer")

    @property
    def action(self) -> str:
        """The name of the action that does it, under which the record has it."""
        return _ACTIONS.get(self.value, f"{self.value}_question")


_ACTIONS = {
    "overrule": "overrule_refusal",
    "answer_aloud": "answer_aloud",
    "retract_answer": "retract_answer",
    "accept": "accept_assignment",
    "decline": "decline_assignment",
    "change_due_date": "change_question_due_date",
    "extend": "extend_due_date",
    "pause": "pause_due_date",
    "resume": "resume_due_date",
    "pass_part": "pass_part_on",
    "tell_asker": "note_asker_told",
    "submit_draft": "submit_draft",
    "send_back": "send_back",
    "clear": "clear_answer",
    "answer_in_writing": "answer_in_writing",
    "rate": "rate_answer",
}


@dataclass(frozen=True, slots=True)
class ActRule:
    """From which states a verb may be done, and the state it leads to (None: the state stays).

    An undone merge leads to where the question was; `goal` names the usual case.
    """

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
    Verb.ACCEPT: ActRule(frozenset({S.ASSIGNED}), None, is_late=True),
    Verb.DECLINE: ActRule(frozenset({S.ASSIGNED}), S.ASSIGNED, is_late=True),
    Verb.CHANGE_DUE_DATE: ActRule(frozenset({S.ASSIGNED, S.DRAFTED, S.CLEARED}), None, is_late=True),
    Verb.EXTEND: ActRule(frozenset({S.ASSIGNED, S.DRAFTED, S.CLEARED}), None, is_late=True),
    Verb.PAUSE: ActRule(UNDER_WORK, None, is_late=True),
    Verb.RESUME: ActRule(UNDER_WORK, None, is_late=True),
    Verb.PASS_PART: ActRule(UNDER_WORK, None, is_late=True),
    Verb.TELL_ASKER: ActRule(UNDER_WORK, None, is_late=True),
    Verb.SUBMIT_DRAFT: ActRule(frozenset({S.ASSIGNED}), S.DRAFTED, is_late=True),
    Verb.SEND_BACK: ActRule(frozenset({S.DRAFTED, S.CLEARED}), S.ASSIGNED, is_late=True),
    Verb.CLEAR: ActRule(frozenset({S.DRAFTED}), S.CLEARED, is_late=True),
    Verb.ANSWER_IN_WRITING: ActRule(frozenset({S.CLEARED}), S.ANSWERED, is_late=True),
    Verb.MERGE: ActRule(frozenset({S.HELD, S.OPEN}), S.MERGED, is_late=True),
    Verb.UNMERGE: ActRule(frozenset({S.MERGED}), S.OPEN, is_late=True),
    Verb.PASS_ON: ActRule(
        frozenset({S.HELD, S.OPEN, S.ASSIGNED, S.DRAFTED, S.CLEARED}), S.PASSED_ON, is_late=True
    ),
    Verb.WITHDRAW: ActRule(frozenset({S.HELD, S.OPEN, S.ASSIGNED}), S.WITHDRAWN, is_late=True),
    Verb.REOPEN: ActRule(frozenset({S.ANSWERED}), S.ASSIGNED, is_late=True),
    Verb.RATE: ActRule(frozenset({S.ANSWERED}), None, is_late=True),
}


ASKERS_OWN = frozenset({Verb.WITHDRAW, Verb.REOPEN, Verb.RATE})
# What the unit that owes the answer does with it.
UNITS_OWN = frozenset(
    {
        Verb.ACCEPT,
        Verb.DECLINE,
        Verb.SUBMIT_DRAFT,
        Verb.SEND_BACK,
        Verb.CLEAR,
        Verb.ANSWER_IN_WRITING,
    }
)
# What its head and signers decide while they owe the answer, and the moderators too.
ALSO_THE_UNITS = frozenset(
    {
        Verb.ASSIGN,
        Verb.REFUSE,
        Verb.EXTEND,
        Verb.PAUSE,
        Verb.RESUME,
        Verb.PASS_PART,
        Verb.TELL_ASKER,
        Verb.PASS_ON,
    }
)
K = MembershipKind
# Who of the unit does what. Clearing is narrowed further by the unit's own chain, where it has one.
UNIT_KINDS: Mapping[Verb, frozenset[MembershipKind]] = {
    Verb.ASSIGN: frozenset({K.HEAD}),
    Verb.ACCEPT: frozenset({K.HEAD, K.DRAFTER, K.SIGNER}),
    Verb.DECLINE: frozenset({K.HEAD, K.DRAFTER, K.SIGNER}),
    Verb.SUBMIT_DRAFT: frozenset({K.HEAD, K.DRAFTER}),
    Verb.CLEAR: frozenset({K.HEAD, K.CLEARER}),
    Verb.SEND_BACK: frozenset({K.HEAD, K.CLEARER, K.SIGNER}),
    Verb.ANSWER_IN_WRITING: frozenset({K.SIGNER}),
    Verb.EXTEND: frozenset({K.HEAD, K.SIGNER}),
    Verb.PAUSE: frozenset({K.HEAD, K.SIGNER}),
    Verb.RESUME: frozenset({K.HEAD, K.SIGNER}),
    Verb.PASS_PART: frozenset({K.HEAD, K.SIGNER}),
    Verb.TELL_ASKER: frozenset({K.HEAD, K.DRAFTER, K.SIGNER}),
    Verb.REFUSE: frozenset({K.HEAD, K.SIGNER}),
    Verb.PASS_ON: frozenset({K.HEAD, K.SIGNER}),
}
# A unit's officers by role answer for its taking the question on, and write its drafts. An
# administrator, who holds every role, does the first alone.
BY_OFFICERS_TOO = frozenset({Verb.ACCEPT, Verb.DECLINE, Verb.SUBMIT_DRAFT, Verb.TELL_ASKER})
BY_ADMINISTRATORS_TOO = frozenset({Verb.ACCEPT, Verb.DECLINE})


class PartState(StrEnum):
    """How the part of a question that another unit answers stands; `ended`: owed no more, unanswered."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ENDED = "ended"


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


class Promise(TextChoices):
    """Whether a written answer promises something; it is not signed before that is said."""

    MADE = "made", _("It makes a commitment")
    NONE = "none", _("No commitment")
