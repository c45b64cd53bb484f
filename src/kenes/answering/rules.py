"""Who may do what with an answer being written, what a text must be like, and how a template is filled."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings

from kenes.accounts.states import MembershipKind
from kenes.answering.errors import (
    NotNow,
    PlaceholderUnknown,
    PromiseIncomplete,
    TextsMissing,
    TranslationsUnchecked,
    WorkNotOpen,
)
from kenes.answering.states import BY_STAND_INS, OBLIGATORY_LANGUAGES, WORK, TextStatus, WorkVerb
from kenes.core.languages import LANGUAGES
from kenes.files.rules import CMS
from kenes.questions.rules import clean_language, clean_text

if TYPE_CHECKING:
    from kenes.answering.models import Clearance, ClearanceStep
    from kenes.files.models import Upload
    from kenes.organisations.models import Organisation

Row = TypeVar("Row")
TEXT_MOST = 12_000
COMMENT_MOST = 2_000
ROLE_MOST = 160
# A signature with its certificates and time stamps is some tens of kilobytes.
SIGNATURE_MOST_BYTES = 1024 * 1024
DEFAULT_STEP_KINDS = frozenset({MembershipKind.CLEARER, MembershipKind.HEAD})

PLACEHOLDERS = ("code", "meeting", "day", "unit")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in the unit that owes the answer: who it is and the kinds of their memberships.

    A stand-in holds the officer's role, be it as an administrator.
    """

    user_id: int | None
    kinds: frozenset[MembershipKind] = frozenset()
    is_officer: bool = False
    is_stand_in: bool = False


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step of a chain for one version: the step (none: the default one) and who has cleared it."""

    step: "ClearanceStep | None"
    people: frozenset[int]
    clearance: "Clearance | None" = None

    def is_open_to(self, place: Place) -> bool:
        """Say whether the person may clear this step."""
        if self.people and place.user_id in self.people and place.kinds:
            return True
        if self.step is None:
            return bool(place.kinds & DEFAULT_STEP_KINDS)
        return bool(self.step.kind) and self.step.kind in place.kinds


@dataclass(frozen=True, slots=True)
class CommitmentWords:
    """The mark "commitment": what is promised, by language, who does it and by when."""

    texts: Mapping[str, str]
    executor: "Organisation | None"
    due_on: date | None


@dataclass(frozen=True, slots=True)
class NoCommitment:
    """The mark "no commitment"."""


@dataclass(frozen=True, slots=True)
class SharedCommitment:
    """The commitment was made by another answer of the same bulk act; `code` is its public code."""

    code: str


PromiseMark = CommitmentWords | NoCommitment | SharedCommitment


def may_do(verb: WorkVerb, place: Place, *, state: str) -> bool:
    """Say whether a person of the unit may do the verb while the question is in the state."""
    rule = WORK[verb]
    return state in rule.states and has_kind(verb, place)


def may_answer_part(place: Place) -> bool:
    """Say whether a person of the unit that has a part may sign its answer."""
    return MembershipKind.SIGNER in place.kinds


def has_kind(verb: WorkVerb, place: Place) -> bool:
    """Say whether the verb is for this person at all. An officer's role stands for drafting."""
    kinds = place.kinds | {MembershipKind.DRAFTER} if place.is_officer else place.kinds
    return bool(WORK[verb].kinds & kinds) or (place.is_stand_in and verb in BY_STAND_INS)


def refuse_unless(verb: WorkVerb, place: Place, *, state: str) -> None:
    """Raises: WorkNotOpen, where it is not for this person; NotNow, where the state does not allow it."""
    if not has_kind(verb, place):
        raise WorkNotOpen
    if state not in WORK[verb].states:
        raise NotNow


def next_link(chain: Iterable[ChainLink]) -> ChainLink | None:
    """Return the step that comes next: the first that nobody has cleared."""
    return next((link for link in chain if link.clearance is None), None)


def clean_texts(texts: Mapping[str, str], *, original: str) -> dict[str, str]:
    """Return the texts that are not empty, by language, as they are kept.

    Raises: LanguageUnknown, TextTooShort (of the original), TextTooLong, TextUnreadable.
    """
    clean_language(original)
    kept = {
        language: clean_text(texts.get(language, ""), least=3 if language == original else 0, most=TEXT_MOST)
        for language in LANGUAGES
    }
    return {language: text for language, text in kept.items() if text}


def clean_comment(text: str) -> str:
    """Return a comment as it is kept. Raises: TextTooShort, TextTooLong, TextUnreadable."""
    return clean_text(text, least=1, most=COMMENT_MOST)


def missing_languages(languages: Collection[str]) -> list[str]:
    """Return the obligatory languages that are not among these."""
    return [language for language in OBLIGATORY_LANGUAGES if language not in languages]


def refuse_incomplete(statuses: Mapping[str, str]) -> None:
    """Refuse to go on with texts by language and status that lack an obligatory one. Raises: TextsMissing."""
    refuse_missing([language for language, status in statuses.items() if status != TextStatus.ASKED])


def refuse_missing(written: Collection[str]) -> None:
    """Refuse what is not written in each obligatory language. Raises: TextsMissing."""
    missing = missing_languages(written)
    if missing:
        raise TextsMissing(languages=_named(missing))


def unchecked_languages(statuses: Mapping[str, str]) -> list[str]:
    """Return the languages whose translation nobody has confirmed, of texts by language and status."""
    return [language for language in LANGUAGES if statuses.get(language) == TextStatus.TRANSLATED]


def refuse_unchecked(statuses: Mapping[str, str]) -> None:
    """Refuse to publish a translation that nobody has confirmed. Raises: TranslationsUnchecked."""
    unchecked = unchecked_languages(statuses)
    if unchecked:
        raise TranslationsUnchecked(languages=_named(unchecked))


def _named(languages: Iterable[str]) -> str:
    names = dict(settings.LANGUAGES)
    return ", ".join(str(names[language]) for language in languages)


def publishable(texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return what is published of (text, status) by language, the original first: all but what is asked."""
    written = [(language, *held) for language, held in texts.items() if held[1] != TextStatus.ASKED]
    written.sort(key=lambda row: row[2] != TextStatus.ORIGINAL)
    return {language: text for language, text, _status in written}


def words_to_sign(code: str, texts: Mapping[str, str]) -> bytes:
    """Return the file that a detached digital signature is made over: the question's code, then each text.

    UTF-8, line breaks as LF, languages in the site's order. Made anew from the published answer it is
    the same byte for byte, so that anybody can check the signature.
    """
    parts = [code, *(f"[{language}]\n{texts[language]}" for language in LANGUAGES if language in texts)]
    return ("\n\n".join(parts) + "\n").encode()


def is_cms(upload: "Upload") -> bool:
    """Say whether the file holds a CMS signature, told by its content when it was kept."""
    return upload.content_type == CMS.content_type


def clean_promise(words: CommitmentWords) -> dict[str, str]:
    """Return what is promised by language. Raises: PromiseIncomplete."""
    texts = {language: text.strip() for language, text in words.texts.items() if text.strip()}
    if missing_languages(texts) or words.executor is None or words.due_on is None:
        raise PromiseIncomplete
    return texts


def status_of_text(
    language: str, text: str, *, original: tuple[str, str], before: Mapping[str, tuple[str, str]]
) -> TextStatus:
    """Return how a language's text stands in a new version.

    `original` is its language and new text; `before` holds (text, status) by language of the version
    before. A translation stays checked only while neither it nor its original has changed.
    """
    if language == original[0]:
        return TextStatus.ORIGINAL
    is_kept = before.get(language) == (text, TextStatus.CHECKED)
    is_original_kept = before.get(original[0]) == (original[1], TextStatus.ORIGINAL)
    return TextStatus.CHECKED if is_kept and is_original_kept else TextStatus.TRANSLATED


def fill_template(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled. Raises: PlaceholderUnknown."""
    refuse_unknown_placeholders(text)
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)


def refuse_unknown_placeholders(text: str) -> None:
    """Raises: PlaceholderUnknown, for the first that is none of ours."""
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            raise PlaceholderUnknown(
                name=f"{{{name}}}", known=", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
            )


def split_chunks(rows: Sequence[Row], size: int) -> list[Sequence[Row]]:
    """Return the rows in chunks, in order."""
    return [rows[start : start + size] for start in range(0, len(rows), size)]
