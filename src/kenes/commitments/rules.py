"""What a promise and a report must be like, and where a commitment stands on a day."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from django.conf import settings

from kenes.commitments.errors import (
    CommitmentReasonMissing,
    PromiseHasNoText,
    PromiseLanguageUnknown,
    PromiseTextLength,
    ReportTextLength,
)
from kenes.commitments.models import Commitment
from kenes.commitments.states import CommitmentState, Standing

TEXT_LEAST = 5
TEXT_MOST = 1000
REPORT_LEAST = 3
REPORT_MOST = 2000
REASON_MOST = 1000
WORDS_MOST = 200
EVIDENCE_MOST = 10


def clean_texts(texts: Mapping[str, str], said_in: str) -> dict[str, str]:
    """Return the promise's texts by language, empty ones left out.

    Raises: PromiseLanguageUnknown, PromiseHasNoText, PromiseTextLength.
    """
    known = {code for code, _name in settings.LANGUAGES}
    if not {said_in, *texts} <= known:
        raise PromiseLanguageUnknown
    kept = {language: tidy(text) for language, text in texts.items() if tidy(text)}
    if said_in not in kept:
        raise PromiseHasNoText
    for text in kept.values():
        if not TEXT_LEAST <= len(text) <= TEXT_MOST:
            raise PromiseTextLength(least=TEXT_LEAST, most=TEXT_MOST, length=len(text))
    return kept


def clean_report(text: str) -> str:
    """Return what was reported. Raises: ReportTextLength."""
    kept = tidy(text)
    if not REPORT_LEAST <= len(kept) <= REPORT_MOST:
        raise ReportTextLength(least=REPORT_LEAST, most=REPORT_MOST, length=len(kept))
    return kept


def clean_reason(reason: str) -> str:
    """Return the reason of a return, a cancellation. Raises: CommitmentReasonMissing."""
    kept = tidy(reason)[:REASON_MOST]
    if not kept:
        raise CommitmentReasonMissing
    return kept


def one_line(words: str) -> str:
    """Return who promised or accepted, role and body, on one line."""
    return " ".join(tidy(words).split())[:WORDS_MOST]


def tidy(text: str) -> str:
    """Return the text in NFC, lines tidied, without characters that hide or reorder."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    plain = "\n".join(" ".join(_visible(line).split()) for line in lines)
    return re.sub("\n{3,}", "\n\n", plain).strip()


def _visible(line: str) -> str:
    return "".join(
        " " if letter == "\t" else letter
        for letter in line
        if letter == "\t" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )


def standing_on(commitment: Commitment, day: date) -> Standing:
    """Return where the commitment stands on a day. What was submitted by its date is not late."""
    if commitment.state == CommitmentState.CANCELLED:
        return Standing.CANCELLED
    is_late = (commitment.reported_on or day) > commitment.due_on
    if commitment.state == CommitmentState.DONE:
        return Standing.KEPT_LATE if is_late else Standing.KEPT
    return Standing.LATE if is_late else Standing.OPEN
