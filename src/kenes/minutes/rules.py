"""Who may do what with minutes, and what a written part must be like."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from kenes.accounts.models import User
from kenes.accounts.queries import memberships_on
from kenes.accounts.rules import AnyUser
from kenes.core.languages import LANGUAGES
from kenes.minutes.errors import PartTooLong, PartUnknown, RemarkMissing, RemarkTooLong
from kenes.minutes.models import Minutes
from kenes.minutes.quotes import bound, unsealed
from kenes.minutes.states import PUBLIC_MINUTES, FreePart, MinutesAct
from kenes.programme.models import Meeting
from kenes.programme.rules import may_edit, may_moderate
from kenes.questions.models import Question
from kenes.questions.rules import clean_text, is_text_public
from kenes.questions.states import HAS_PAGE
from kenes.record.canonical import canonical

PART_MOST = {FreePart.CHAIR: 300, FreePart.SECRETARY: 300}
LONGEST_PART = 10_000
REMARK_MOST = 2000
# The languages that a summary for the press is always in.
MUST_BE_WRITTEN = frozenset({"kk", "ru"})
READERS_ACTS = frozenset({MinutesAct.READ_DRAFT, MinutesAct.ADD_REMARK})


def may(user: AnyUser | None, act: MinutesAct, meeting: Meeting, *, on: date) -> bool:
    """Say whether the user may do the act with a meeting's minutes or summary.

    The meeting's moderators and its campaign's editors may do all; whoever belongs on that day to
    the host body, or to its campaign's, reads drafts and adds remarks.
    """
    if may_moderate(user, meeting) or may_edit(user, meeting.session.campaign):
        return True
    return act in READERS_ACTS and _belongs_to_hosts(user, meeting, on=on)


def is_public(minutes: Minutes) -> bool:
    """Say whether anybody may read the version."""
    return minutes.state in PUBLIC_MINUTES


def is_text_told(question: Question) -> bool:
    """Say whether the minutes quote a question: only what anybody may read on its page."""
    return question.state in HAS_PAGE and is_text_public(question)


def clean_parts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the written parts as they are kept, by part and language; empty ones are left out.

    Raises: PartUnknown, PartTooLong, TextUnreadable.
    """
    if not set(texts) <= set(FreePart.values):
        raise PartUnknown
    kept = {part.value: _clean_part(part, texts.get(part, {})) for part in FreePart}
    return {part: by_language for part, by_language in kept.items() if by_language}


def clean_remark(text: str) -> str:
    """Return a remark, or how one was resolved, as it is kept. Raises: RemarkMissing, RemarkTooLong."""
    kept = clean_text(text, least=0, most=LONGEST_PART)
    if not kept:
        raise RemarkMissing
    if len(kept) > REMARK_MOST:
        raise RemarkTooLong(length=len(kept), limit=REMARK_MOST)
    return kept


def clean_why(reason: str) -> str:
    """Return why a version was made, as it is kept; may be empty. Raises: RemarkTooLong."""
    kept = clean_text(reason, least=0, most=LONGEST_PART)
    if len(kept) > REMARK_MOST:
        raise RemarkTooLong(length=len(kept), limit=REMARK_MOST)
    return kept


def digest_of(content: Mapping[str, object], texts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the hash (SHA-256, hex) that binds to all that a version says, also when a quotation goes."""
    return sha256(canonical({"content": bound(content), "texts": texts}).encode()).hexdigest()


def digest_shown(content: Mapping[str, object], texts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the hash (SHA-256, hex) of what a version says now, whatever was taken out of it."""
    return sha256(canonical({"content": unsealed(content), "texts": texts}).encode()).hexdigest()


def _clean_part(part: FreePart, texts: Mapping[str, str]) -> dict[str, str]:
    limit = PART_MOST.get(part, LONGEST_PART)
    cleaned = {
        language: clean_text(texts.get(language, ""), least=0, most=10 * LONGEST_PART)
        for language in LANGUAGES
    }
    for text in cleaned.values():
        if len(text) > limit:
            raise PartTooLong(part=part.label, length=len(text), limit=limit)
    return {language: text for language, text in cleaned.items() if text}


def _belongs_to_hosts(user: AnyUser | None, meeting: Meeting, *, on: date) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    hosts = {meeting.host_id, meeting.session.campaign.host_id}
    return memberships_on(user, on).filter(organisation__in=hosts).exists()
