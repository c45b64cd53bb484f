"""The fixed words of minutes: whole in each language, with the same values and right forms."""

import re
from string import Formatter

import pytest

from kenes.minutes.paper.words import Words, en, kk, ru

TABLES = {"kk": kk, "ru": ru, "en": en}
FORMS = {"kk": {"other"}, "ru": {"one", "few", "many"}, "en": {"one", "other"}}


def values_of(words: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(words) if name}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_each_language_says_the_same_with_the_same_values(language: str) -> None:
    wanted = {key: values_of(words) for key, words in en.WORDS.items()}
    assert {key: values_of(words) for key, words in TABLES[language].WORDS.items()} == wanted


@pytest.mark.parametrize("language", list(TABLES))
def test_each_noun_has_every_form_of_its_language(language: str) -> None:
    nouns = TABLES[language].NOUNS
    assert nouns.keys() == en.NOUNS.keys()
    assert {frozenset(forms) for forms in nouns.values()} == {frozenset(FORMS[language])}


def test_kazakh_and_russian_words_are_their_own() -> None:
    same = [key for key, words in kk.WORDS.items() if words == ru.WORDS[key] and re.search("[а-яё]", words)]
    assert same == ["moderator"]


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("ru", 0, "0 вопросов"),
        ("ru", 1, "1 вопрос"),
        ("ru", 3, "3 вопроса"),
        ("ru", 11, "11 вопросов"),
        ("ru", 21, "21 вопрос"),
        ("ru", 1204, "1 204 вопроса"),
        ("kk", 1, "1 сұрақ"),
        ("kk", 1204, "1 204 сұрақ"),
        ("en", 1, "1 question"),
        ("en", 1204, "1,204 questions"),
    ],
)
def test_a_number_brings_its_noun_in_the_right_form(language: str, number: int, told: str) -> None:
    words = Words(language, "Asia/Almaty")
    assert words.counted(number, "question").replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("kk", "2021 жылғы 18 ақпан, бейсенбі"),
        ("ru", "четверг, 18 февраля 2021 г."),
        ("en", "Thursday, 18 February 2021"),
    ],
)
def test_a_day_is_written_as_the_language_does_in_the_zone_of_the_place(language: str, day: str) -> None:
    words = Words(language, "Asia/Almaty")
    assert (words.day("2021-02-17T20:00:00Z"), words.clock("2021-02-17T20:00:00Z")) == (day, "02:00")
    assert words.offset("2021-02-17T20:00:00Z") == "UTC+6"
