"""The words of the work on a written answer: how a text stands, and who may do what in which state."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kenes.accounts.states import MembershipKind
from kenes.questions.states import ACTS, UNDER_WORK, UNIT_KINDS, QuestionState, Verb

# A signed answer stands in both; English besides.
OBLIGATORY_LANGUAGES = ("kk", "ru")


class TextStatus(TextChoices):
    """How one language's text of a draft stands."""

    ORIGINAL = "original", _("Original")
    ASKED = "asked", _("Translation asked")
    TRANSLATED = "translated", _("Translated, to be checked")
    CHECKED = "checked", _("Translation checked")


class WorkVerb(TextChoices):
    """What a person of the unit does at the desk of answers."""

    ACCEPT = "accept", _("Accept the assignment")
    DECLINE = "decline", _("Decline the assignment")
    SAVE = "save", _("Save the draft")
    COMMENT = "comment", _("Comment")
    ASK_TRANSLATION = "ask_translation", _("Ask for a translation")
    FINISH_TRANSLATION = "finish_translation", _("Hand in the translation")
    CHECK_TRANSLATION = "check_translation", _("Confirm the translation")
    SUBMIT = "submit", _("Submit to clearance")
    CLEAR = "clear", _("Clear the answer")
    SEND_BACK = "send_back", _("Send back")
    SIGN = "sign", _("Sign and publish")
    ASSIGN_ONWARD = "assign_onward", _("Assign onward")
    EXTEND = "extend", _("Extend the term")
    PAUSE = "pause", _("Stop the clock")
    RESUME = "resume", _("Start the clock again")
    PASS_PART = "pass_part", _("Pass a part on to another unit")
    TELL_ASKER = "tell_asker", _("Note that the asker was told")
    REFUSE = "refuse", _("Refuse")
    PASS_ON = "pass_on", _("Pass on as a formal appeal")


K = MembershipKind
S = QuestionState

_ANYBODY = frozenset(MembershipKind)
_WRITERS = frozenset({K.DRAFTER, K.HEAD, K.CLEARER})


@dataclass(frozen=True, slots=True)
class WorkRule:
    """Which kinds of the unit's people may do it, in which states of the question."""

    kinds: frozenset[MembershipKind]
    states: frozenset[QuestionState]


def _as_the_register(verb: Verb) -> WorkRule:
    """Take kinds and states from the register's own tables, so that page and register say the same."""
    return WorkRule(UNIT_KINDS[verb], ACTS[verb].origins & UNDER_WORK)


# Clearing is narrowed further by the step that comes next, which may name anybody of the unit.
WORK: Mapping[WorkVerb, WorkRule] = {
    WorkVerb.ACCEPT: _as_the_register(Verb.ACCEPT),
    WorkVerb.DECLINE: _as_the_register(Verb.DECLINE),
    WorkVerb.SAVE: WorkRule(_WRITERS, frozenset({S.ASSIGNED, S.DRAFTED})),
    WorkVerb.COMMENT: WorkRule(_ANYBODY, UNDER_WORK),
    WorkVerb.ASK_TRANSLATION: WorkRule(_WRITERS, frozenset({S.ASSIGNED, S.DRAFTED})),
    WorkVerb.FINISH_TRANSLATION: WorkRule(_WRITERS | {K.MEMBER}, frozenset({S.ASSIGNED, S.DRAFTED})),
    WorkVerb.CHECK_TRANSLATION: WorkRule(_WRITERS | {K.SIGNER}, UNDER_WORK),
    WorkVerb.SUBMIT: _as_the_register(Verb.SUBMIT_DRAFT),
    WorkVerb.CLEAR: WorkRule(_ANYBODY, ACTS[Verb.CLEAR].origins),
    WorkVerb.SEND_BACK: _as_the_register(Verb.SEND_BACK),
    WorkVerb.SIGN: _as_the_register(Verb.ANSWER_IN_WRITING),
    WorkVerb.ASSIGN_ONWARD: _as_the_register(Verb.ASSIGN),
    WorkVerb.EXTEND: _as_the_register(Verb.EXTEND),
    WorkVerb.PAUSE: _as_the_register(Verb.PAUSE),
    WorkVerb.RESUME: _as_the_register(Verb.RESUME),
    WorkVerb.PASS_PART: _as_the_register(Verb.PASS_PART),
    WorkVerb.TELL_ASKER: _as_the_register(Verb.TELL_ASKER),
    WorkVerb.REFUSE: _as_the_register(Verb.REFUSE),
    WorkVerb.PASS_ON: _as_the_register(Verb.PASS_ON),
}
# An administrator stands in for an officer in these.
BY_STAND_INS = frozenset({WorkVerb.ACCEPT, WorkVerb.DECLINE})


class BulkVerb(TextChoices):
    """What is done with many questions at once."""

    ACCEPT = "accept", _("Accept")
    DRAFT = "draft", _("Answer with one text")
    CHECK = "check", _("Confirm the translations")
    CLEAR = "clear", _("Clear the answers")
    SIGN = "sign", _("Sign and publish")
    ASSIGN_ONWARD = "assign_onward", _("Assign onward")
