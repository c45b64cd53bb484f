"""What a promise and a report must be like, where a commitment stands on a day, and who may do what."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from kenes.commitments.errors import (
    CommitmentReasonMissing,
    EvidenceAddressRefused,
    EvidenceIncomplete,
    PersonalDataInWords,
    PromiseHasNoText,
    PromiseLanguageUnknown,
    PromiseTextLength,
    ReportTextLength,
)
from kenes.commitments.models import Commitment
from kenes.commitments.states import ACTS, CommitmentState, Standing, Verb
from kenes.redaction.rules import find_personal_data, has_sure_hit
from kenes.redaction.states import Certainty
from kenes.redaction.words import kinds_in_words

TEXT_LEAST = 5
TEXT_MOST = 1000
REPORT_LEAST = 3
REPORT_MOST = 2000
REASON_MOST = 1000
WORDS_MOST = 200
EVIDENCE_MOST = 10
LANGUAGE_CODES = frozenset(code for code, _name in settings.LANGUAGES)


def clean_texts(texts: Mapping[str, str], said_in: str) -> dict[str, str]:
    """Return the promise's texts by language, empty ones left out.

    Raises: PromiseLanguageUnknown, PromiseHasNoText, PromiseTextLength, PersonalDataInWords.
    """
    if not {said_in, *texts} <= LANGUAGE_CODES:
        raise PromiseLanguageUnknown
    kept = {language: for_everybody(text) for language, text in texts.items() if tidy(text)}
    if said_in not in kept:
        raise PromiseHasNoText
    for text in kept.values():
        if not TEXT_LEAST <= len(text) <= TEXT_MOST:
            raise PromiseTextLength(least=TEXT_LEAST, most=TEXT_MOST, length=len(text))
    return kept


def clean_report(text: str) -> str:
    """Return what was reported. Raises: ReportTextLength, PersonalDataInWords."""
    kept = for_everybody(text)
    if not REPORT_LEAST <= len(kept) <= REPORT_MOST:
        raise ReportTextLength(least=REPORT_LEAST, most=REPORT_MOST, length=len(kept))
    return kept


def clean_reason(reason: str) -> str:
    """Return the reason of a return, a cancellation. Raises: CommitmentReasonMissing, PersonalDataInWords."""
    kept = for_everybody(reason)[:REASON_MOST]
    if not kept:
        raise CommitmentReasonMissing
    return kept


def one_line(words: str) -> str:
    """Return a role and body, or a title, on one line. Raises: PersonalDataInWords."""
    return " ".join(for_everybody(words).split())[:WORDS_MOST]


def for_everybody(text: str) -> str:
    """Return a text that everybody will read, tidied. Raises: PersonalDataInWords, for what is certain.

    What is on record here is never rewritten, so it is looked at before it is kept.
    """
    kept = tidy(text)
    if has_sure_hit(kept):
        hits = {hit.kind for hit in find_personal_data(kept) if hit.certainty == Certainty.SURE}
        raise PersonalDataInWords(kinds=kinds_in_words(hits))
    return kept


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


BY_EXECUTORS = frozenset({Verb.REPORT, Verb.SUBMIT})


@dataclass(frozen=True, slots=True)
class Powers:
    """What a person may do with commitments on a day, by the keys of bodies.

    `executes`: bodies for which they report; `heads` and `moderates`: bodies whose commitments they
    see to (`moderates` None: every body's).
    """

    user_id: int | None = None
    executes: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    moderates: frozenset[int] | None = frozenset()

    def see_to(self, bodies: Iterable[int]) -> bool:
        """Say whether the person sees to the commitments of one of the bodies."""
        return self.moderates is None or not (self.moderates | self.heads).isdisjoint(bodies)


def may(powers: Powers, verb: Verb, commitment: Commitment) -> bool:
    """Say whether the person may do the verb with the commitment as it stands.

    Executing bodies report; the body that sees to it (or holds the meeting, or its campaign) does
    all else. What somebody submitted, somebody else accepts or returns; who ever reported on it does not
    accept it. Needs the commitment's executors, progress, meeting, session and campaign at hand.
    """
    if commitment.state not in ACTS[verb].origins:
        return False
    if verb in BY_EXECUTORS:
        return not powers.executes.isdisjoint(executing_bodies(commitment))
    if verb in {Verb.ACCEPT, Verb.RETURN} and has_submitted(powers, commitment):
        return False
    if verb is Verb.ACCEPT and has_reported(powers, commitment):
        return False
    return powers.see_to(keeping_bodies(commitment))


def has_submitted(powers: Powers, commitment: Commitment) -> bool:
    """Say whether the submission that stands is the person's own."""
    return commitment.submitted_by_id is not None and commitment.submitted_by_id == powers.user_id


def has_reported(powers: Powers, commitment: Commitment) -> bool:
    """Say whether the person ever reported on it: what one has shown, another one judges."""
    return powers.user_id is not None and any(
        row.by_id == powers.user_id for row in commitment.progress.all()
    )


def acts_of(powers: Powers, commitment: Commitment) -> list[Verb]:
    """Return what the person may do with the commitment as it stands."""
    return [verb for verb in Verb if may(powers, verb, commitment)]


def executing_bodies(commitment: Commitment) -> list[int]:
    """Return the keys of its executors' bodies, the lead's first."""
    return [executor.organisation_id for executor in commitment.executors.all()]


def keeping_bodies(commitment: Commitment) -> set[int]:
    """Return the keys of the bodies that see to it: its keeper, and the meeting's campaign's host."""
    meeting = commitment.meeting
    return {commitment.keeper_id} | (
        set() if meeting is None else {meeting.host_id, meeting.session.campaign.host_id}
    )


def check_evidence(url: str, *, has_file: bool) -> None:
    """Raise EvidenceIncomplete or EvidenceAddressRefused where it is neither a file nor a good link."""
    if has_file == bool(url):
        raise EvidenceIncomplete
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            raise EvidenceAddressRefused from None
