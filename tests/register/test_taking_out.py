"""What is taken out of a text finds nobody from that moment on, and stands in no file made before."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from factories import NOON, a_meeting
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Participant
from kenes.questions.actions import answer_in_writing, decide_question_hits, refuse_question
from kenes.questions.models import Question
from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind, Outcome
from kenes.redaction.subjects import Made, Verdict
from kenes.register import tasks
from kenes.register.actions import indexing
from kenes.register.models import Export
from kenes.register.tasks import export_path, make_waiting_exports
from questions.acts import WRITTEN, a_question, ask
from register.reading import asked, found, read_all

NAME = "Зейнегүлова"
TEXT = f"Почему врач {NAME} не принимает?"
LATER = NOON + timedelta(minutes=5)


def take_out(question: Question, piece: str = NAME, *, text: str = TEXT, field: str = "text") -> None:
    start = text.index(piece)
    made = [Made(Hit(start, start + len(piece), HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    decide_question_hits(question, Verdict(field, text, made, None, LATER))


def stored_words() -> str:
    """Return the table of words as the search has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_words")
        return str(cursor.fetchall())


def test_a_name_that_was_taken_out_finds_nothing_before_the_worker_comes(guest: Participant) -> None:
    (question,) = asked(guest, TEXT)
    stem = NAME.lower()[:6]
    assert (found(NAME), stem in stored_words()) == (["AKM-1-0001"], True)
    take_out(question)
    assert (found(NAME), stem in stored_words()) == ([], False)
    read_all()
    assert (found(NAME), found("врач"), stem in stored_words()) == ([], ["AKM-1-0001"], False)


def test_a_word_taken_out_of_an_answer_finds_nothing_before_the_worker_comes(
    guest: Participant, unit: Organisation
) -> None:
    question = a_question("cleared", guest, unit)
    answer_in_writing(question, written=WRITTEN, by=None, at=NOON)
    read_all()
    assert found("осенью") == [question.code]
    take_out(question, "осенью", text=WRITTEN.texts["ru"], field="answer-ru")
    assert found("осенью") == []
    read_all()
    assert (found("осенью"), found("центр")) == ([], [question.code])


def test_a_worker_that_read_just_before_writes_no_word_that_was_taken_out(
    guest: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(guest, "Another question?")
    question = ask(guest, TEXT, language="ru")
    words = indexing._words

    def taken_out_meanwhile(reading: Any) -> Any:
        made = words(reading)
        if NAME in str(reading.texts):
            take_out(question)
        return made

    monkeypatch.setattr(indexing, "_words", taken_out_meanwhile)
    indexing.index_changed_questions()
    assert NAME.lower()[:6] not in stored_words()


@pytest.fixture
def exported(settings: Any, tmp_path: Path, transactional_db: None) -> Question:
    """A public question that stands in a made file."""
    settings.DATA_DIR = tmp_path
    guest = join_meeting(a_meeting(is_open=True), name="Guest", user=None, previous=None, at=NOON)
    question = ask(guest, TEXT, language="ru")
    Export.objects.create(format="csv", query="", language="en", asked_at=NOON)
    make_waiting_exports()
    return question


def file_of(client: Client) -> tuple[int, str]:
    """Return the status of the one file asked for, and what it holds."""
    answer = client.get(f"/en/register/exports/{Export.objects.get().public_id}/file")
    body = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer.status_code, body.decode()


both = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


@both
def test_a_file_made_before_is_made_anew_without_what_was_taken_out(
    client: Client, exported: Question
) -> None:
    status, text = file_of(client)
    assert (status, NAME in text) == (200, True)
    take_out(exported)
    assert file_of(client) == (404, "")
    assert make_waiting_exports() == 1
    status, text = file_of(client)
    assert (status, NAME in text, "Почему врач" in text) == (200, False, True)
    assert NAME not in export_path(Export.objects.get()).read_text("utf-8")


@both
def test_a_file_being_made_meanwhile_is_made_once_more(
    client: Client, exported: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    Export.objects.update(state="waiting")
    write, taken = tasks.WRITERS["csv"], []

    def taken_out_meanwhile(*words: Any, **more: Any) -> int:
        rows = write(*words, **more)
        if not taken:
            taken.append(True)
            take_out(exported)
        return rows

    monkeypatch.setitem(tasks.WRITERS, "csv", taken_out_meanwhile)
    assert make_waiting_exports() == 2
    status, text = file_of(client)
    assert (status, NAME in text) == (200, False)


@both
def test_a_refusal_that_hides_the_text_takes_it_out_of_files_too(client: Client, exported: Question) -> None:
    refuse_question(exported, by=None, at=LATER, ground="abuse")
    assert file_of(client) == (404, "")
    make_waiting_exports()
    status, text = file_of(client)
    assert (status, NAME in text) == (200, False)


@both
def test_what_was_never_public_has_no_file_made_anew(client: Client, exported: Question) -> None:
    waits = ask(exported.participant, "ИИН 000229590003, где выплата?", language="ru")
    take_out(waits, "000229590003", text=waits.text)
    assert (waits.public_since, file_of(client)[0]) == (None, 200)
