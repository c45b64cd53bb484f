"""What a text must be like, and who may do what."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.core.errors import ERRORS_BY_TYPE
from kenes.live.contracts import Stream
from kenes.questions import errors, rules
from kenes.questions.rules import (
    TEXT_MOST,
    clean_language,
    clean_name,
    clean_reason,
    clean_text,
    count_characters,
    public_state,
    streams_of,
)
from kenes.questions.states import QuestionState


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Why?  So.  ", "Why? So."),
        ("Line one\r\nline two\rline three", "Line one\nline two\nline three"),
        ("One\n\n\n\n\nTwo", "One\n\nTwo"),
        ("Tab\there", "Tab here"),
        ("NUL\x00 and bell\x07", "NUL and bell"),
        ("safe\u202etxet", "safetxet"),
        ("iso\u2066la\u2069ted", "isolated"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("и\u0306од", "йод"),
        ("non\ufdd0 cha\uffffr", "non char"),
        ("👨\u200d👩\u200d👧 family", "👨\u200d👩\u200d👧 family"),
        ("Қазақша, ұлт, әже", "Қазақша, ұлт, әже"),
        ("a" + "\u0301" * 40 + "bc", "á\u0301bc"),
    ],
)
def test_a_text_is_kept_without_what_hides_or_reorders(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_a_cleaned_text_is_clean(typed: str) -> None:
    cleaned = clean_text(typed, least=0)
    assert clean_text(cleaned, least=0) == cleaned
    assert cleaned == unicodedata.normalize("NFC", cleaned).strip()
    assert {c for c in cleaned if unicodedata.category(c) == "Cc"} - {"\n"} == set()


@pytest.mark.parametrize("broken", ["\ud800 what?", "what\udfff?", None, 5, [], b"what?"])
def test_what_is_no_text_is_refused(broken: object) -> None:
    with pytest.raises(errors.TextUnreadable):
        clean_text(broken)


@pytest.mark.parametrize(
    ("typed", "length"), [("", 0), ("  \n ", 0), ("hm", 2), ("?!...", 5), ("\u200b" * 9, 0)]
)
def test_a_text_without_words_is_too_short(typed: str, length: int) -> None:
    with pytest.raises(errors.TextTooShort) as caught:
        clean_text(typed)
    assert caught.value.params == {"length": length, "limit": 3}


def test_the_longest_text_is_2000_characters() -> None:
    assert len(clean_text("я" * TEXT_MOST)) == 2000
    with pytest.raises(errors.TextTooLong) as caught:
        clean_text("я" * (TEXT_MOST + 12))
    assert caught.value.params == {"length": 2012, "limit": 2000, "excess": 12}


def test_marks_and_joiners_are_not_counted() -> None:
    assert [count_characters(text) for text in ("e\u0301", "👨\u200d👩", "йод")] == [1, 2, 3]


def test_errors_say_their_numbers() -> None:
    text = str(errors.TextTooLong(length=2012, limit=2000, excess=12))
    assert text == "The text has 2012 characters; at most 2000 are taken. Please shorten it by 12."


@pytest.mark.parametrize("language", ["", "de", "KK", None, 3, "kk "])
def test_a_language_must_be_one_of_three(language: object) -> None:
    with pytest.raises(errors.LanguageUnknown):
        clean_language(language)


def test_a_name_is_one_line_of_at_most_80() -> None:
    assert [clean_name(name) for name in ("", " A\nB ", "я" * 80)] == ["", "A B", "я" * 80]
    with pytest.raises(errors.NameTooLong):
        clean_name("я" * 81)


def test_a_reason_must_say_something() -> None:
    with pytest.raises(errors.ReasonMissing):
        clean_reason(" \n\u200b")


@pytest.mark.parametrize(
    ("state", "public", "speaker"),
    [
        ("held", False, False),
        ("open", True, True),
        ("staged", True, True),
        ("assigned", True, False),
        ("drafted", True, False),
        ("cleared", True, False),
        ("answered", True, False),
        ("merged", False, False),
        ("refused", False, False),
        ("passed_on", False, False),
        ("withdrawn", False, False),
    ],
)
def test_what_shows_where(state: str, public: bool, speaker: bool) -> None:
    wanted = {Stream.DESK, *([Stream.PUBLIC] if public else []), *([Stream.SPEAKER] if speaker else [])}
    assert streams_of(state) == wanted


def test_every_state_has_been_said_where_it_shows() -> None:
    assert {state.value: public_state(state) for state in QuestionState if public_state(state) != state} == {
        "drafted": "assigned",
        "cleared": "assigned",
    }


def test_every_error_of_questions_is_in_the_tree_at_the_top() -> None:
    named = {
        error.__name__ for error in ERRORS_BY_TYPE.values() if error.__module__ == "kenes.questions.errors"
    }
    assert {name for name in named if name not in (errors.__doc__ or "")} == set()


def test_what_counts_as_plain_text_is_kept_and_counted_like_any_other():
    plain = [char for char in map(chr, range(0x3000)) if rules._PLAIN.fullmatch(char)]
    assert {"ә", "Ғ", "ё", "z", "№", "«", "…", "\n"} <= set(plain)
    assert [char for char in plain if not rules._may_stay(char) or rules._is_mark(char) or char == "\t"] == []
