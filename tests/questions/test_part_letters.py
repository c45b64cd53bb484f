"""The unit of a part, the asker and other systems are told of the part's day as of the whole's, once."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from answering.people import KK, RU, Unit, a_unit
from factories import a_meeting
from kenes.following.actions import leave_contact, note_due_terms, tell_happenings
from kenes.following.actions.subscribing import confirm_subscription
from kenes.following.models import Happening
from kenes.notices.actions import add_endpoint
from kenes.notices.actions.endpoints import EndpointPlan
from kenes.notices.models import Message
from kenes.notices.states import WebhookEvent
from kenes.questions import actions
from kenes.questions.models import Part, Question
from questions.acts import ask, guests
from questions.test_calendars import publish_day_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # a Monday
PASSED_AT = TODAY + timedelta(days=2)
WHOLE_DUE, PART_DUE = date(2026, 3, 27), date(2026, 3, 31)
TOLD = ("clearer", "drafter", "head", "signer")


@pytest.fixture
def owner() -> Unit:
    return a_unit("Directorate")


@pytest.fixture
def other() -> Unit:
    return a_unit("Department")


@pytest.fixture
def question(owner: Unit) -> Question:
    meeting = a_meeting(is_open=True, starts_at=TODAY, ends_at=TODAY + timedelta(hours=2))
    found = ask(guests(meeting, 1)[0], at=TODAY)
    contact = leave_contact(found, channel="email", address="asker@example.org", language="en", at=TODAY)
    assert contact is not None
    confirm_subscription(contact, at=TODAY)
    actions.assign_question(found, organisation=owner.body, by=None, at=TODAY)
    return found


@pytest.fixture
def part(question: Question, other: Unit) -> Part:
    """A part of the question, of which everybody was told that it was passed on."""
    found = actions.pass_part_on(
        question, organisation=other.body, subject="The second point.", by=None, at=PASSED_AT
    )
    told()
    return found


def told() -> dict[str, Message]:
    """Return what was written since the last look, by its reader, and forget it."""
    tell_happenings(at=PASSED_AT)
    found = {message.to or message.subject: message for message in Message.objects.order_by("id")}
    Message.objects.all().delete()
    return found


def people(unit: Unit) -> set[str]:
    return {unit.people[kind].email for kind in TOLD}


def look(day: date) -> dict[str, Message]:
    note_due_terms(on=day, at=PASSED_AT)
    return told()


def test_the_unit_of_a_part_is_asked_for_it_in_words_of_its_own(question: Question, other: Unit) -> None:
    told()
    part = actions.pass_part_on(
        question, organisation=other.body, subject="The second point.", by=None, at=PASSED_AT
    )
    letters = told()
    assert letters.keys() == {"asker@example.org", *people(other)}
    letter = letters[other.signer.email]
    asked = f"Question {question.code}: an answer to a part of it is asked of your unit"
    assert letter.subject == asked
    paragraphs = [
        f"{asked}.",
        "The second point.",
        "Tuesday, 31 March 2026",
        f"/work/parts/{part.public_id}/",
    ]
    assert [letter.body.count(words) for words in paragraphs] == [1, 1, 1, 1]
    assert letters["asker@example.org"].subject == (
        f"A part of question {question.code} was passed on to another unit"
    )


def test_a_parts_day_that_comes_and_one_that_passed_are_told_to_its_unit_once_each(
    question: Question, part: Part, owner: Unit, other: Unit
) -> None:
    assert look(date(2026, 3, 24)).keys() == people(owner)  # of the whole, due on the 27th
    soon = look(date(2026, 3, 28))
    assert soon.keys() == {*people(owner), *people(other), "asker@example.org"}  # the whole's has passed
    assert soon[other.head.email].subject == f"A part of the answer to question {question.code} is due soon"
    assert "due by Tuesday, 31 March 2026" in soon[other.head.email].body
    assert look(date(2026, 3, 31)) == {}
    late = look(date(2026, 4, 1))
    assert late.keys() == {*people(other), "asker@example.org"}
    subject = f"A part of the answer to question {question.code} is overdue"
    assert {letter.subject for letter in late.values()} == {subject}
    assert "It was due by Tuesday, 31 March 2026." in late["asker@example.org"].body
    assert "Unit: Department" in late["asker@example.org"].body
    assert f"/work/parts/{part.public_id}/" in late[other.head.email].body
    Happening.objects.update(taken_at=None, passed=0)
    assert note_due_terms(on=date(2026, 4, 2), at=PASSED_AT) == 0


def test_who_has_answered_a_part_is_not_asked_for_it(question: Question, part: Part, other: Unit) -> None:
    note_due_terms(on=date(2026, 3, 30), at=PASSED_AT)
    texts = {"kk": KK, "ru": RU}
    actions.answer_part(part, texts=texts, answered_by="Head", by=other.signer, at=PASSED_AT)
    assert not people(other) & told().keys()
    assert look(date(2026, 4, 5)).keys().isdisjoint(people(other))


def test_a_parts_day_that_the_calendar_moved_is_told_to_its_unit_as_the_parts(
    question: Question, part: Part, owner: Unit, other: Unit
) -> None:
    publish_day_off(date(2026, 3, 30))
    letters = told()
    assert letters.keys() == {"asker@example.org", *people(other)}
    letter = letters[other.drafter.email]
    assert letter.subject == f"A part of the answer to question {question.code} is due on another day"
    words = [
        "due by Wednesday, 1 April 2026",
        "Before: Tuesday, 31 March 2026",
        "The working calendar changed",
    ]
    assert [letter.body.count(each) for each in words] == [1, 1, 1]


def test_other_systems_are_told_by_the_same_events_which_part_is_meant(
    question: Question, owner: Unit, other: Unit
) -> None:
    told()
    add_endpoint(
        EndpointPlan("https://other.example/hook", WebhookEvent.values, secret="s" * 32), by=None, at=TODAY
    )
    part = actions.pass_part_on(
        question, organisation=other.body, subject="The second point.", by=None, at=PASSED_AT
    )
    sent = [told()["question.assigned"]]
    found = look(date(2026, 3, 30))
    assert {"question.due_soon", "question.overdue"} <= found.keys()
    sent.append(found["question.due_soon"])
    sent.append(look(date(2026, 4, 1))["question.overdue"])
    texts = {"kk": KK, "ru": RU}
    actions.answer_part(part, texts=texts, answered_by="Head", by=other.signer, at=PASSED_AT)
    sent.append(told()["question.part_answered"])
    names = dict.fromkeys(("kk", "ru", "en"), "Department")
    unit = {"id": other.body.public_id, "name": names}
    for message in sent:
        body = json.loads(message.body)
        assert body["part"] == {"id": part.public_id, "unit": unit, "due_on": PART_DUE.isoformat()}
        whole = body["question"]
        assert (whole["unit"]["id"], whole["due_on"]) == (owner.body.public_id, WHOLE_DUE.isoformat())
        assert "The second point." not in message.body
    whole_late = json.loads(found["question.overdue"].body)
    assert whole_late["part"] is None
