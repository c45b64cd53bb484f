"""Problems: a stable type, words in the reader's language."""

import json

import pytest
from django.utils import translation

from kenes.core.errors import ERRORS_BY_TYPE, Conflict, TooMany, Unavailable
from kenes.live.errors import KeyReused, NotJoined, WrongMethod
from kenes.live.problems import language_of, problem

LEAN_PATHS_OWN = [
    error
    for error in ERRORS_BY_TYPE.values()
    if error.__module__ in {"kenes.core.errors", "kenes.live.errors"}
]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "kk"),
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en-GB;q=0.5, kk-KZ", "kk"),
        ("EN", "en"),
        ("de, fr;q=0.9", "kk"),
        ("de, en;q=0.1", "en"),
        ("ru;q=0", "kk"),
        ("*", "kk"),
        ("\x00;;;q=,,", "kk"),
        ("x" * 100_000, "kk"),
    ],
)
def test_the_language_is_the_best_of_ours(header, language):
    assert language_of(header) == language


def test_a_problem_has_its_kind_and_its_own_words():
    response = problem(KeyReused(), accept_language="en")
    assert json.loads(response.body) == {
        "type": "urn:kenes:problem:key-reused",
        "title": "Something in what you sent is not right. Please check it and send it again.",
        "status": 422,
        "detail": "This idempotency key has been used for another act. Use a new one.",
    }
    assert ("content-language", "en") in response.headers


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_refusal_speaks_each_language_and_leaves_the_active_one_alone(language):
    with translation.override("ru"):
        for error in LEAN_PATHS_OWN:
            response = problem(error(), accept_language=language)
            with translation.override(language):
                wanted = str(error.message)
            assert json.loads(response.body)["detail"] == wanted
        assert translation.get_language() == "ru"


@pytest.mark.parametrize(
    ("error", "header"),
    [
        (TooMany(seconds=7), ("retry-after", "7")),
        (Unavailable(), ("retry-after", "2")),
        (NotJoined(), ("www-authenticate", "Bearer")),
        (WrongMethod(allowed="GET, HEAD"), ("allow", "GET, HEAD")),
    ],
)
def test_a_problem_says_in_a_header_what_a_client_acts_on(error, header):
    assert header in problem(error).headers


def test_a_plain_refusal_names_no_time():
    assert "retry-after" not in dict(problem(Conflict()).headers)
