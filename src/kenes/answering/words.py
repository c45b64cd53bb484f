"""The desk of answers in words: how long is left, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kenes.deadlines.explanation import length_in_words
from kenes.questions.models import Question
from kenes.questions.queries import extension_left


def days_in_words(days: int | None) -> str:
    """Return how many working days are left, or how many it is late."""
    if days is None:
        return _("no date")
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("%(days)s working day left", "%(days)s working days left", days) % {"days": days}
    return ngettext("%(days)s working day late", "%(days)s working days late", -days) % {"days": -days}


def extension_in_words(question: Question) -> str:
    """Return what the policy of the question's term gives as an extension."""
    allowed = extension_left(question)
    if allowed is None:
        return _("Its policy gives no extension.")
    length = length_in_words(allowed.unit, allowed.count)
    return _("Of what the policy counts; it gives %(length)s at most.") % {"length": length}


def tone_of(days: int | None) -> str:
    """Return the tone of a badge that tells how long is left."""
    if days is None:
        return "neutral"
    if days < 0:
        return "danger"
    return "gold" if days <= 3 else "neutral"
