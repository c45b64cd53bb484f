"""Questions and answers beside the log: what was done to a row is found, what came before is added."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from factories import NOON
from kenes.organisations.models import Organisation
from kenes.programme.models import Participant
from kenes.questions import actions
from kenes.questions.models import Answer, Question
from kenes.record.models import Leaf, Nonce
from kenes.record.witnesses import problems_of_rows
from questions.acts import a_question, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(guest: Participant, unit: Organisation) -> Question:
    """A question that was edited, beside one that was answered."""
    a_question("answered", guest, unit)
    question = ask(guest, "When will the centre open?")
    actions.edit_question(question, text="When will it open?", by=None, at=NOON)
    return question


def test_rows_that_nobody_touched_are_as_they_were_logged(asked: Question) -> None:
    assert list(problems_of_rows()) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("asked_at", NOON - timedelta(days=1), "no leaf of that time is in the log"),
        ("channel", "phone", "channel is 'phone', logged was 'room'"),
        ("serial", 7, "serial is 7, logged was 1"),
        ("text", "Another question", "the text is not the one that was logged"),
        ("code", "AKM-1-0099", "no leaf of that time is in the log"),
    ],
)
def test_a_changed_question_is_found(asked: Question, field: str, value: object, words: str) -> None:
    Question.objects.filter(code="AKM-1-0001").update(**{field: value})
    assert [problem for problem in problems_of_rows() if words in problem] != []


def test_a_changed_first_text_of_an_edited_question_is_found(asked: Question) -> None:
    asked.edits.update(old_text="Something milder")
    assert list(problems_of_rows()) == [
        f"question {asked.code}: question-registered: the text is not the one that was logged",
        f"question {asked.code}: its edit of 2021-02-18T06:00:00.000000Z is not between the texts "
        "that were logged",
    ]


def test_a_dropped_question_is_found(asked: Question) -> None:
    asked.edits.all().delete()
    asked.moves.all().delete()
    asked.delete()
    said = "question-registered AKM-1-0002: logged for 2021-02-18T06:00:00.000000Z, and no row says so"
    assert list(problems_of_rows()) == [said]


def test_a_changed_answer_is_found_by_the_command(asked: Question) -> None:
    Answer.objects.update(text="Nothing was promised.")
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_record", stdout=StringIO(), stderr=err)
    assert err.getvalue() == (
        "question AKM-1-0001: question-answered: the text is not the one that was logged\n"
    )


def without_log() -> None:
    """Bring the database to where it was before the log existed."""
    Nonce.objects.all().delete()
    Leaf.objects.all()._raw_delete("default")


def test_questions_of_before_the_log_are_added_once_with_a_mark(
    asked: Question, monkeypatch: pytest.MonkeyPatch, unguarded_log: None
) -> None:
    without_log()
    monkeypatch.setattr("kenes.questions.actions.earlier.AT_ONCE", 1)
    assert actions.log_earlier_questions() == 3
    assert actions.log_earlier_questions() == 0
    bodies = [json.loads(leaf.body) for leaf in Leaf.objects.order_by("id")]
    assert [(body["kind"], body["object"]["id"], body["facts"]["earlier"]) for body in bodies] == [
        ("question-registered", "AKM-1-0001", True),
        ("question-registered", "AKM-1-0002", True),
        ("question-answered", "AKM-1-0001", True),
    ]
    assert list(problems_of_rows()) == []


def test_the_command_adds_them(asked: Question, unguarded_log: None) -> None:
    without_log()
    out = StringIO()
    call_command("log_earlier_questions", stdout=out)
    assert out.getvalue() == "3 added\n"


def test_what_has_a_leaf_is_passed_over(asked: Question) -> None:
    assert actions.log_earlier_questions() == 0
