"""What a reader sees where something was taken out, in the reader's own language."""

import re

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from kenes.redaction.hits import MARKER
from kenes.redaction.states import HitKind

REMOVED: dict[HitKind, Promise] = {
    HitKind.IIN: _("[identification number removed]"),
    HitKind.PHONE: _("[telephone number removed]"),
    HitKind.EMAIL: _("[e-mail address removed]"),
    HitKind.CARD: _("[card number removed]"),
    HitKind.IBAN: _("[account number removed]"),
    HitKind.ADDRESS: _("[address removed]"),
    HitKind.DOCUMENT: _("[document number removed]"),
    HitKind.PLATE: _("[number plate removed]"),
    HitKind.NAME: _("[name removed]"),
    HitKind.OTHER: _("[private matter removed]"),
}


def removed_words() -> dict[str, str]:
    """Return what stands for each kind of marker in the active language, for the browser's side."""
    return {kind.value: str(words) for kind, words in REMOVED.items()}


def in_words(text: str, language: str = "") -> str:
    """Return a stored text as it is read: words of a language (the active one) in the place of markers."""
    if "[⋯" not in text:
        return text
    with override(language or get_language()):
        return MARKER.sub(_words_of, text)


def kinds_in_words(kinds: set[HitKind]) -> str:
    """Return the kinds in the active language, in the order of their table."""
    return ", ".join(str(kind.label) for kind in HitKind if kind in kinds)


def _words_of(found: re.Match[str]) -> str:
    return str(REMOVED[HitKind(found[1])])
