"""The words of the work on a written answer: how a text stands, and who may do what in which state."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kenes.accounts.states import MembershipKind
from kenes.questions.states import QuestionState

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
    REFUSE = "refuse", _("Refuse")
    PASS_ON = "pass_on", _("Pass on as a formal appeal")


K = MembershipKind
S = QuestionState

UNDER_WORK = frozenset({S.ASSIGNED, S.DRAFTED, S.CLEARED})
_ANYBODY = frozenset(MembershipKind)
_WRITERS = frozenset({K.DRAFTER, K.HEAD, K.CLEARER})


@dataclass(frozen=True, slots=True)
class WorkRule:
    """Which kinds of the unit's people may do it, in which states of the question."""

    kinds: frozenset[MembershipKind]
    states: frozenset[QuestionState]


# Clearing is narrowed further by the step that comes next.
WORK: Mapping[WorkVerb, WorkRule] = {
    WorkVerb.ACCEPT: WorkRule(frozenset({K.HEAD, K.DRAFTER, K.SIGNER}), frozenset({S.ASSIGNED})),
    WorkVerb.DECLINE: WorkRule(frozenset({K.HEAD, K.DRAFTER, K.SIGNER}), frozenset({S.ASSIGNED})),
    WorkVerb.SAVE: WorkRule(_WRITERS, frozenset({S.ASSIGNED, S.DRAFTED})),
    WorkVerb.COMMENT: WorkRule(_ANYBODY, UNDER_WORK),
    WorkVerb.ASK_TRANSLATION: WorkRule(_WRITERS, frozenset({S.ASSIGNED, S.DRAFTED})),
    WorkVerb.FINISH_TRANSLATION: WorkRule(_WRITERS | {K.MEMBER}, frozenset({S.ASSIGNED, S.DRAFTED})),
    WorkVerb.CHECK_TRANSLATION: WorkRule(_WRITERS | {K.SIGNER}, UNDER_WORK),
    WorkVerb.SUBMIT: WorkRule(frozenset({K.DRAFTER, K.HEAD}), frozenset({S.ASSIGNED})),
    WorkVerb.CLEAR: WorkRule(_ANYBODY, frozenset({S.DRAFTED})),
    WorkVerb.SEND_BACK: WorkRule(frozenset({K.CLEARER, K.HEAD, K.SIGNER}), frozenset({S.DRAFTED, S.CLEARED})),
    WorkVerb.SIGN: WorkRule(frozenset({K.SIGNER}), frozenset({S.CLEARED})),
    WorkVerb.ASSIGN_ONWARD: WorkRule(frozenset({K.HEAD}), frozenset({S.ASSIGNED})),
    WorkVerb.EXTEND: WorkRule(frozenset({K.HEAD, K.SIGNER}), UNDER_WORK),
    WorkVerb.REFUSE: WorkRule(frozenset({K.HEAD, K.SIGNER}), frozenset({S.ASSIGNED})),
    WorkVerb.PASS_ON: WorkRule(frozenset({K.HEAD, K.SIGNER}), UNDER_WORK),
}


class BulkVerb(TextChoices):
    """What is done with many questions at once."""

    ACCEPT = "accept", _("Accept")
    DRAFT = "draft", _("Answer with one text")
    CHECK = "check", _("Confirm the translations")
    CLEAR = "clear", _("Clear the answers")
    SIGN = "sign", _("Sign and publish")
    ASSIGN_ONWARD = "assign_onward", _("Assign onward")
