"""Who listens is told of each event once, in the act's transaction, a batch in one call."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from factories import a_body
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions, errors, events
from kenes.questions.actions import ask_questions
from kenes.questions.events import EventKind, QuestionEvent, on_question_event
from kenes.questions.models import Question
from questions.acts import SPOKEN, WRITTEN, ask, ask_act, committed, guests, minutes_later

pytestmark = pytest.mark.django_db

LATER = minutes_later(10)
# PostgreSQL is told of the change in the same transaction.
TOLD = int(connection.vendor == "postgresql")
Calls = list[Sequence[QuestionEvent]]


@pytest.fixture
def calls() -> Iterator[Calls]:
    heard: Calls = []
    others, events._LISTENERS[:] = events._LISTENERS[:], []
    on_question_event(heard.append)
    yield heard
    events._LISTENERS[:] = others


def kinds(calls: Calls) -> list[str]:
    return [event.kind.value for call in calls for event in call]


def test_a_batch_of_questions_is_one_call(meeting: Meeting, calls: Calls) -> None:
    committed(ask_questions, [ask_act(meeting, guest) for guest in guests(meeting, 3)])
    assert [[event.question.code for event in call] for call in calls] == [
        ["AKM-1-0001", "AKM-1-0002", "AKM-1-0003"]
    ]


def test_where_nobody_listens_a_batch_costs_the_same(
    meeting: Meeting, calls: Calls, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    acts = [ask_act(meeting, guest) for guest in guests(meeting, 2)]
    with django_assert_num_queries(11 + TOLD) as with_listener:
        committed(ask_questions, acts)
    events._LISTENERS.clear()
    with django_assert_num_queries(len(with_listener.captured_queries)):
        committed(ask_questions, acts)


def test_the_whole_way_is_told_in_its_order(guest: Participant, unit: Organisation, calls: Calls) -> None:
    who = {"by": None, "at": LATER}
    question = ask(guest)
    steps: list[Callable[[], object]] = [
        lambda: actions.hold_question(question, **who),
        lambda: actions.publish_question(question, **who),
        lambda: actions.refuse_question(question, ground="off_topic", **who),
        lambda: actions.overrule_refusal(question, reason="On topic.", **who),
        lambda: actions.answer_aloud(question, spoken=SPOKEN, **who),
        lambda: actions.assign_question(question, organisation=unit, **who),
        lambda: actions.decline_assignment(question, reason="Not ours.", **who),
        lambda: actions.assign_question(question, organisation=a_body("Youth centre"), **who),
        lambda: actions.accept_assignment(question, **who),
        lambda: actions.submit_draft(question, **who),
        lambda: actions.clear_answer(question, **who),
        lambda: actions.answer_in_writing(question, written=WRITTEN, **who),
        lambda: actions.reopen_question(question, reason="No date.", at=LATER),
        lambda: actions.pass_on_question(question, number="7", on=LATER.date(), **who),
    ]
    for step in steps:
        step()
    assert kinds(calls) == [
        "registered",
        "published",
        "refused",
        "overruled",
        "answered",
        "assigned",
        "declined",
        "assigned",
        "accepted",
        "answered",
        "reopened",
        "passed_on",
    ]
    declined = next(event for call in calls for event in call if event.kind == EventKind.DECLINED)
    assert (declined.detail["unit"], declined.detail["reason"]) == (unit.public_id, "Not ours.")


def test_what_a_listener_raises_undoes_the_act(guest: Participant, calls: Calls) -> None:
    question = ask(guest)

    def refuse(told: Sequence[QuestionEvent]) -> None:
        raise errors.NothingChanged

    on_question_event(refuse)
    with pytest.raises(errors.NothingChanged):
        actions.withdraw_question(question, at=LATER)
    assert Question.objects.get().state == "open"


def test_a_listener_is_registered_once(calls: Calls) -> None:
    listener = events._LISTENERS[0]
    on_question_event(listener)
    assert [listener] == events._LISTENERS
