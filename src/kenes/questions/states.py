"""The states of a question and the one table of its moves.

`MOVES` holds the whole life of a question as the design draws it; the register, merging and
appeals bring the acts for the moves that no act of today makes.
"""

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
TAKES_VOTES = frozenset({S.OPEN})


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


class AnswerForm(TextChoices):
    ALOUD = "aloud", _("Answered aloud")
    WRITTEN = "written", _("Answered in writing")
