"""What a question must be like, where it shows, and who may do what with it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from kenes.accounts.models import User
from kenes.accounts.queries import memberships_on
from kenes.accounts.rules import AnyUser, has_role
from kenes.accounts.states import Role
from kenes.core.errors import InvalidInput
from kenes.core.folding import fold
from kenes.core.moments import in_zone
from kenes.live.contracts import Stream
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.programme.rules import may_moderate
from kenes.programme.states import MeetingState
from kenes.questions.errors import (
    BothLanguagesNeeded,
    LanguageUnknown,
    NameTooLong,
    ReasonMissing,
    TextTooLong,
    TextTooShort,
    TextUnreadable,
)
from kenes.questions.models import Question
from kenes.questions.states import (
    ACTS,
    ALSO_THE_UNITS,
    ASKERS_OWN,
    BY_ADMINISTRATORS_TOO,
    BY_OFFICERS_TOO,
    HAS_PAGE,
    HIDES_THE_TEXT,
    MAY_CARRY,
    ON_PUBLIC_LIST,
    ON_SPEAKER_STREAM,
    TEXT_AS_BEFORE,
    UNDER_WORK,
    UNIT_KINDS,
    UNITS_OWN,
    QuestionState,
    Verb,
)
from kenes.redaction.rules import has_sure_hit

TEXT_LEAST = 3
TEXT_MOST = 2000
NAME_MOST = 80
ROLE_MOST = 200
REASON_MOST = 1000
NUMBER_MOST = 60
WRITTEN_MOST = 20_000
WRITTEN_IN = ("kk", "ru")
WEEKDAYS_TO_ANSWER = 15
FRIDAY = 5
# What a ledger says where the clock could not reckon; translated where it is shown.
WITHOUT_CLOCK = gettext_noop("No working calendar or policy covers this day: the date was set by hand.")

# An accent or two on a letter is writing; a tower of them is an attack on the reader's screen.
MARKS_IN_A_ROW = 2

_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_JOINERS = frozenset("\u200c\u200d")  # emoji and some scripts are written with them
# What most texts consist of: letters, digits, punctuation and spaces that all may stay, none a mark.
_PLAIN = re.compile("[\n -~\xa0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2116]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TRUE = frozenset({True, "on", "true", "1"})
_FALSE = frozenset({None, False, "", "off", "false", "0"})


def clean_text(text: object, *, least: int = TEXT_LEAST, most: int = TEXT_MOST) -> str:
    """Return the text as it is kept: NFC, line breaks as LF, without characters that hide or reorder.

    Lengths are in characters as a reader counts them: marks on a letter are not counted.
    Raises: TextUnreadable, TextTooShort, TextTooLong.
    """
    if not isinstance(text, str) or _SURROGATE.search(text):
        raise TextUnreadable
    lines = unicodedata.normalize("NFC", _visible(_BREAKS.sub("\n", text))).split("\n")
    kept = re.sub("\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()
    length = count_characters(kept)
    if length > most:
        raise TextTooLong(length=length, limit=most, excess=length - most)
    if length < least or (least and not any(char.isalnum() for char in kept)):
        raise TextTooShort(length=length, limit=least)
    return kept


def count_characters(text: str) -> int:
    """Return how many characters a reader counts."""
    if _PLAIN.fullmatch(text):
        return len(text)
    return sum(not _is_mark(char) and char not in _JOINERS for char in text)


def clean_language(language: object) -> str:
    """Return the language's code. Raises: LanguageUnknown."""
    for code, _name in settings.LANGUAGES:
        if code == language:
            return code
    raise LanguageUnknown


def clean_name(name: str) -> str:
    """Return a person's name on one line. Raises: NameTooLong, TextUnreadable."""
    try:
        return " ".join(clean_text(name, least=0, most=NAME_MOST).split())
    except TextTooLong as error:
        raise NameTooLong(length=error.params["length"], limit=NAME_MOST) from None


def clean_reason(reason: str) -> str:
    """Return the reason of a moderator's act. Raises: ReasonMissing, TextTooLong, TextUnreadable."""
    kept = clean_comment(reason)
    if not kept:
        raise ReasonMissing
    return kept


def clean_comment(reason: str) -> str:
    """Return a moderator's remark, which may be empty. Raises: TextTooLong, TextUnreadable."""
    return clean_text(reason, least=0, most=REASON_MOST)


def clean_role(role: str) -> str:
    """Return who answered, role and body, on one line. Raises: TextTooShort, TextTooLong, TextUnreadable."""
    return " ".join(clean_text(role, most=ROLE_MOST).split())


def clean_number(number: str) -> str:
    """Return an appeal's number on one line; may be empty. Raises: TextTooLong, TextUnreadable."""
    return " ".join(clean_text(number, least=0, most=NUMBER_MOST).split())


def clean_written(texts: Mapping[str, str]) -> dict[str, str]:
    """Return a written answer's texts by language, in the site's order.

    Raises: BothLanguagesNeeded, LanguageUnknown, TextTooShort, TextTooLong, TextUnreadable.
    """
    given = {clean_language(language): text for language, text in texts.items() if text.strip()}
    if not given.keys() >= set(WRITTEN_IN):
        raise BothLanguagesNeeded
    known = [code for code, _name in settings.LANGUAGES]
    return {code: clean_text(given[code], most=WRITTEN_MOST) for code in known if code in given}


def clean_asked(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checked body of an ask; a form's tick and JSON's true are the same."""
    anonymous = body.get("anonymous")
    if not isinstance(anonymous, bool | str | None) or anonymous not in _TRUE | _FALSE:
        raise InvalidInput
    return {
        "text": clean_text(body.get("text")),
        "language": clean_language(body.get("language")),
        "anonymous": anonymous in _TRUE,
    }


@cache
def streams_of(state: str) -> frozenset[Stream]:
    """Return the streams a question in this state is on.

    The speaker sees what is staged and all that could be next: every open question.
    """
    streams = {Stream.DESK}
    if state in ON_PUBLIC_LIST:
        streams.add(Stream.PUBLIC)
    if state in ON_SPEAKER_STREAM:
        streams.add(Stream.SPEAKER)
    return frozenset(streams)


def is_possible(verb: Verb, *, state: str, meeting: Meeting) -> bool:
    """Say whether the verb may be done with a question in this state of this meeting, by whoever may."""
    return state in ACTS[verb].origins and not is_too_late(verb, meeting)


def is_too_late(verb: Verb, meeting: Meeting) -> bool:
    """Say whether the meeting's closing has put an end to the verb."""
    return meeting.state == MeetingState.CLOSED and not ACTS[verb].is_late


def may(user: AnyUser | None, verb: Verb, question: Question) -> bool:
    """Say whether the user may do the verb with the question as it stands.

    Withdrawing, reopening and rating are its asker's; work on the answer is the assigned unit's, by
    kind of membership; all else is for the meeting's moderators, some of it for the unit as well. The
    pages ask by parts (the desk for a moderator, the unit's for a place in it); a test holds both equal.
    """
    if not is_possible(verb, state=question.state, meeting=question.meeting):
        return False
    if verb in ASKERS_OWN:
        return is_asker(user, question)
    if verb in UNITS_OWN:
        return is_in_duty(user, verb, question)
    if may_moderate(user, question.meeting):
        return True
    return verb in ALSO_THE_UNITS and question.state in UNDER_WORK and is_in_duty(user, verb, question)


def is_in_duty(user: AnyUser | None, verb: Verb, question: Question) -> bool:
    """Say whether the user's place in the unit that owes the answer lets them do the verb."""
    if not isinstance(user, User) or not user.is_active:
        return False
    running = question.assignments.filter(ended_at=None).select_related("organisation").first()
    if running is None:
        return False
    unit = running.organisation
    if verb in BY_ADMINISTRATORS_TOO and has_role(user, Role.OFFICER, organisation=unit):
        return True
    if verb in BY_OFFICERS_TOO and is_officer(user, unit):
        return True
    held = memberships_on(user, timezone.localdate()).filter(organisation=unit)
    return held.filter(kind__in=UNIT_KINDS[verb]).exists()


def is_officer(user: User, unit: Organisation) -> bool:
    """Say whether the user was given the officer's role for the body, or for the whole instance."""
    return any(
        grant.role == Role.OFFICER and grant.organisation_id in {None, unit.pk} for grant in user.roles.all()
    )


def may_carry(into: Question, question: Question) -> bool:
    """Say whether `question` may live on in `into`: another of its meeting, at least as public as it is."""
    if into.pk == question.pk or into.meeting_id != question.meeting_id:
        return False
    return into.state in MAY_CARRY or (into.state == question.state == QuestionState.HELD)


def weekdays_after(meeting: Meeting, at: datetime, count: int = WEEKDAYS_TO_ANSWER) -> date:
    """Return the date `count` days from Monday to Friday later: what is left without a calendar."""
    day, left = in_zone(at, meeting.zone).date(), count
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() <= FRIDAY
    return day


def is_asker(user: AnyUser | None, question: Question) -> bool:
    """Say whether the signed-in user asked the question."""
    asker = question.participant
    return user is not None and user.is_authenticated and asker is not None and asker.user_id == user.pk


def public_state(state: str) -> str:
    """Return the state as the public sees it: work inside a unit is not told."""
    inside = {QuestionState.DRAFTED, QuestionState.CLEARED}
    return QuestionState.ASSIGNED.value if state in inside else str(state)


def is_text_public(question: Question) -> bool:
    """Say whether a question's text may be read on its page: not that of an abusive refused one.

    A refusal is not silent: its code and ground stay public whatever the text was. What was merged
    or passed on before it was on the list keeps its text to itself.
    """
    if question.state in TEXT_AS_BEFORE:
        # Not filtered in the database: who lists many questions has their moves at hand.
        moves = [move for move in question.moves.all() if move.new == question.state]
        return bool(moves) and max(moves, key=lambda move: move.pk).old in ON_PUBLIC_LIST
    return question.state != QuestionState.REFUSED or question.refusal_ground not in HIDES_THE_TEXT


def is_text_shown(question: Question) -> bool:
    """Say whether anybody may read the question's text as the question stands."""
    return question.state in HAS_PAGE and is_text_public(question)


def is_held_for_personal_data(question: Question) -> bool:
    """Say whether the question waits because its text holds what is not published at once."""
    return question.state == QuestionState.HELD and has_sure_hit(question.text)


def _visible(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if _is_mark(char) else 0
        if marks <= MARKS_IN_A_ROW and _may_stay(char):
            kept.append(" " if char == "\t" else char)
    return "".join(kept)


def _may_stay(char: str) -> bool:
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:  # controls, bidi overrides, invisible spaces
        return char in "\n\t" or char in _JOINERS
    return category != "Cn" or (ord(char) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(char) <= 0xFDEF)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me"}


def folded_question(question: Question) -> str:
    """Return what a search for a question looks into: its code and text, folded."""
    return fold(f"{question.code} {question.text}")
