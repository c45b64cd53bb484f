"""The receipt's secret: given again to whoever repeats, kept nowhere, guessed by nobody."""

import logging

import pytest
from django.db import connection
from pytest_django import Settings

from kenes.core.ids import ALPHABET
from kenes.programme.models import Participant
from kenes.questions.receipts import SYMBOLS, is_secret_of, question_by_secret, receipt_secret
from questions.acts import ask

pytestmark = pytest.mark.django_db


def test_a_secret_has_a_hundred_bits_in_groups_of_five(guest: Participant) -> None:
    secret = receipt_secret(ask(guest))
    assert [len(group) for group in secret.split("-")] == [5, 5, 5, 5]
    assert (SYMBOLS * 5, set(secret.replace("-", "").lower()) - set(ALPHABET)) == (100, set())


def test_a_secret_is_the_same_each_time_and_another_for_each_question(guest: Participant) -> None:
    first, second = ask(guest), ask(guest)
    assert receipt_secret(first) == receipt_secret(first)
    assert len({receipt_secret(first), receipt_secret(second)}) == 2


def test_the_secret_opens_its_own_question_only(guest: Participant) -> None:
    first, second = ask(guest), ask(guest)
    assert question_by_secret(first.code, receipt_secret(first)) == first
    assert question_by_secret(first.code, receipt_secret(second)) is None
    assert question_by_secret("AKM-1-0009", receipt_secret(first)) is None
    assert question_by_secret("", "") is None


def test_a_secret_is_understood_however_it_is_typed(guest: Participant) -> None:
    question = ask(guest)
    secret = receipt_secret(question)
    sloppy = secret.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    cyrillic = secret.translate(str.maketrans("ABEKMHPCTX", "АВЕКМНРСТХ"))
    assert [is_secret_of(question, typed) for typed in (sloppy, cyrillic, f" {secret}\n")] == [True] * 3


@pytest.mark.parametrize("typed", ["", "-", "0" * 20, "ё" * 20, "\x00", "A" * 100_000])
def test_a_wrong_secret_is_no_secret(typed: str, guest: Participant) -> None:
    assert is_secret_of(ask(guest), typed) is False


def test_a_cut_secret_is_no_secret(guest: Participant) -> None:
    question = ask(guest)
    assert is_secret_of(question, receipt_secret(question)[:-1]) is False


def test_a_receipt_outlives_a_change_of_the_instances_key(guest: Participant, settings: Settings) -> None:
    question = ask(guest)
    secret = receipt_secret(question)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    assert (receipt_secret(question) != secret, is_secret_of(question, secret)) == (True, True)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_secret_of(question, secret) is False


def test_the_secret_is_neither_kept_nor_logged(guest: Participant, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    question = ask(guest)
    secret = receipt_secret(question)
    question_by_secret(question.code, secret)
    with connection.cursor() as cursor:
        kept = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept.append(repr(cursor.fetchall()))
    bare = secret.replace("-", "")
    assert [secret in caplog.text, bare in caplog.text] == [False, False]
    assert [text for text in kept if secret in text or bare in text] == []
