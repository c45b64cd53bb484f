"""What the record's log says of questions."""

import json
from datetime import timedelta
from typing import Any

import pytest

from factories import NOON
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions, errors
from kenes.questions.actions.leaves import LOGGED
from kenes.questions.models import Question
from kenes.record.canonical import commitment
from kenes.record.models import Leaf
from questions.acts import DUE, SPOKEN, a_question, ask, ask_act, committed

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def leaves() -> list[tuple[str, str, dict[str, Any]]]:
    """Kind, object and facts, the texts' commitments left out."""
    found = []
    for leaf in Leaf.objects.order_by("id"):
        body = json.loads(leaf.body)
        facts = {name: value for name, value in body["facts"].items() if name != "text"}
        found.append((body["kind"], body["object"]["id"], facts))
    return found


def test_every_question_of_a_batch_has_its_leaf(meeting: Meeting, guest: Participant) -> None:
    results = committed(actions.ask_questions, [ask_act(meeting, guest) for _ in range(3)])
    assert [(code, facts["serial"]) for _kind, code, facts in leaves()] == [
        ("AKM-1-0001", 1),
        ("AKM-1-0002", 2),
        ("AKM-1-0003", 3),
    ]
    digests = list(Leaf.objects.order_by("id").values_list("digest", flat=True))
    assert [result.body["leaf"] for result in results] == digests


def test_a_leaf_tells_no_text_and_no_name(guest: Participant) -> None:
    question = ask(guest, "Ақкөлде орталық қашан ашылады?", language="kk")
    leaf = Leaf.objects.get()
    body = json.loads(leaf.body)
    assert body["facts"] == {
        "channel": "room",
        "language": "kk",
        "meeting": "AKM-1",
        "serial": 1,
        "text": commitment(leaf.nonce.value, question.text),
    }
    assert (body["at"], leaf.at) == ("2021-02-18T06:00:00.000000Z", NOON)
    assert guest.name not in leaf.body
    assert question.text not in leaf.body


def test_a_refused_ask_leaves_nothing(guest: Participant) -> None:
    with pytest.raises(errors.TextTooShort):
        ask(guest, "?")
    assert leaves() == []


def test_answers_and_their_taking_back_are_told(guest: Participant) -> None:
    question = ask(guest)
    actions.stage_question(question, by=None, at=LATER)
    actions.answer_aloud(question, by=None, at=LATER, spoken=SPOKEN)
    actions.retract_answer(question, by=None, at=LATER, reason="The wrong question.")
    assert leaves()[1:] == [
        (
            "question-answered",
            question.code,
            {"form": "aloud", "language": "en", "second": 754, "unit": None},
        ),
        ("answer-retracted", question.code, {}),
    ]
    leaf = Leaf.objects.get(kind="question-answered")
    assert json.loads(leaf.body)["facts"]["text"] == commitment(leaf.nonce.value, SPOKEN.summary)
    assert "The wrong question." not in "".join(Leaf.objects.values_list("body", flat=True))


def test_assignments_and_their_dates_are_told(guest: Participant, unit: Organisation) -> None:
    question = a_question("assigned", guest, unit)
    later = DUE + timedelta(days=3)
    actions.change_question_due_date(question, due_on=later, by=None, at=LATER, reason="Holidays")
    actions.withdraw_question(question, at=LATER)
    assert leaves()[1:] == [
        ("question-assigned", question.code, {"unit": unit.public_id, "due_on": DUE.isoformat()}),
        ("due-date-changed", question.code, {"due_on": later.isoformat()}),
        ("question-withdrawn", question.code, {}),
    ]


def test_refusals_edits_and_overruling_are_told(guest: Participant, unit: Organisation) -> None:
    question = ask(guest)
    actions.edit_question(question, text="When will it open at last?", by=None, at=LATER)
    actions.refuse_question(question, by=None, at=LATER, ground="repeated", reason="Asked at noon.")
    actions.overrule_refusal(question, by=None, at=LATER, reason="It differs.")
    assert leaves()[1:] == [
        ("question-edited", question.code, {}),
        ("question-refused", question.code, {"ground": "repeated"}),
        ("refusal-overruled", question.code, {}),
    ]


def test_moderation_without_an_outcome_is_not_told(guest: Participant) -> None:
    question = ask(guest)
    actions.hold_question(question, by=None, at=LATER)
    actions.publish_question(question, by=None, at=LATER)
    actions.stage_question(question, by=None, at=LATER)
    actions.unstage_question(question, by=None, at=LATER)
    assert [kind for kind, _code, _facts in leaves()] == ["question-registered"]


def test_each_kind_is_told_by_one_verb() -> None:
    assert len(set(LOGGED.values())) == len(LOGGED)


def test_an_act_that_fails_leaves_no_leaf(guest: Participant) -> None:
    question = ask(guest)
    actions.withdraw_question(question, at=LATER)
    with pytest.raises(errors.MoveNotAllowed):
        actions.withdraw_question(question, at=LATER)
    assert [kind for kind, _code, _facts in leaves()] == ["question-registered", "question-withdrawn"]
    assert Question.objects.get().state == "withdrawn"
