"""The events of whole questions other systems and people are told of, by every way they happen."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest

from factories import NOON, a_user
from following.conftest import LATER, a_follower, asked
from kenes.accounts.models import Membership, RoleGrant
from kenes.accounts.states import Role
from kenes.deadlines.models import Term
from kenes.following.actions import note_due_terms, tell_happenings
from kenes.following.models import Happening
from kenes.notices.actions import add_endpoint
from kenes.notices.actions.endpoints import EndpointPlan
from kenes.notices.models import Message
from kenes.notices.states import WebhookEvent
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.questions import actions
from kenes.questions.actions import SpokenAnswer
from kenes.questions.models import Question

pytestmark = pytest.mark.django_db

REGISTERED, ASSIGNED = WebhookEvent.REGISTERED.value, WebhookEvent.ASSIGNED.value


@pytest.fixture(autouse=True)
def endpoint(db: None) -> None:
    plan = EndpointPlan("https://other.example/hook", WebhookEvent.values, secret="s" * 32)
    add_endpoint(plan, by=None, at=NOON)


@pytest.fixture
def host(meeting: Meeting) -> Organisation:
    """The host body, with its head and a moderator."""
    Membership.objects.create(user=a_user("host-head", language="en"), organisation=meeting.host, kind="head")
    moderator = a_user("host-moderator", language="en")
    RoleGrant.objects.create(user=moderator, role=Role.MODERATOR, organisation=meeting.host)
    return meeting.host


@pytest.fixture
def answering(unit: Organisation) -> Organisation:
    """The unit, with its head."""
    Membership.objects.create(user=a_user("head", language="en"), organisation=unit, kind="head")
    return unit


def told() -> list[str]:
    """Return the events delivered so far, in their order, and forget them."""
    tell_happenings(at=LATER)
    deliveries = list(Message.objects.filter(channel="webhook").order_by("id"))
    Message.objects.filter(channel="webhook").delete()
    return [delivery.subject for delivery in deliveries]


def mailed() -> list[str]:
    """Return who was written to since the last look, and forget the letters."""
    tell_happenings(at=LATER)
    people = sorted(Message.objects.filter(channel="email").values_list("to", flat=True))
    Message.objects.filter(channel="email").delete()
    return [address.partition("@")[0] for address in people]


def entered(meeting: Meeting, channel: str) -> Question:
    words = {"name": "Ауыл тұрғыны", "text": "Су қашан болады?", "language": "kk", "is_anonymous": False}
    return actions.enter_question(meeting, by=None, channel=channel, **words, at=NOON)  # type: ignore[arg-type]


def close(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state="closed")
    meeting.refresh_from_db()


def test_a_question_is_registered_from_the_room_by_phone_and_on_paper(meeting: Meeting) -> None:
    asked(meeting)
    assert told() == [REGISTERED]
    for channel in ("phone", "paper"):
        entered(meeting, channel)
        assert told() == [REGISTERED]


@pytest.mark.parametrize("way", ["site", "phone"])
def test_what_comes_after_the_closing_is_registered_and_owed_by_the_host(
    way: str, meeting: Meeting, host: Organisation
) -> None:
    close(meeting)
    question = asked(meeting) if way == "site" else entered(meeting, way)
    assert question.state == "held"
    tell_happenings(at=LATER)
    bodies = [json.loads(row.body) for row in Message.objects.filter(channel="webhook").order_by("id")]
    assert [(body["event"], body["question"]["unit"]["id"]) for body in bodies] == [
        (REGISTERED, host.public_id),
        (ASSIGNED, host.public_id),
    ]
    assert mailed() == ["host-head", "host-moderator"]


def test_of_many_late_questions_the_host_is_written_to_once_a_day(
    meeting: Meeting, host: Organisation
) -> None:
    close(meeting)
    for number in range(3):
        asked(meeting, f"Сұрақ {number} туралы")
    letters = Message.objects.filter(to="host-head@example.org")
    assert [letter.subject for letter in letters] == ["Asked after the closing: AKM-1"]
    assert letters.get().body.count("/work/assignments/") == 0


def test_a_late_question_is_new_to_followers_when_it_comes_into_sight(
    meeting: Meeting, unit: Organisation
) -> None:
    a_follower("meeting", meeting.code)
    close(meeting)
    question = asked(meeting)
    Message.objects.all().delete()
    assert mailed() == []
    actions.assign_question(question, organisation=unit, by=None, at=LATER)
    assert mailed() == ["follower"]


def test_a_unit_is_told_when_it_is_given_a_question_and_when_that_passes_to_another(
    meeting: Meeting, answering: Organisation, host: Organisation
) -> None:
    question = asked(meeting)
    told()
    actions.assign_question(question, organisation=answering, by=None, at=LATER)
    assert (told(), mailed()) == ([ASSIGNED], ["head"])
    actions.decline_assignment(question, by=None, at=LATER, reason="Not ours")
    assert told() == [ASSIGNED]
    letter = Message.objects.get(to="host-head@example.org")
    assert letter.body.count("The unit it was given to has declined it: Not ours") == 1
    Message.objects.all().delete()
    actions.assign_question(question, organisation=answering, by=None, at=LATER)
    assert (told(), mailed()) == ([ASSIGNED], ["head"])


def test_a_date_that_comes_and_one_that_passed_are_told_once_each(
    meeting: Meeting, answering: Organisation
) -> None:
    question = asked(meeting)
    due_on = date(2021, 2, 26)
    actions.assign_question(question, organisation=answering, due_on=due_on, by=None, at=LATER)
    told(), mailed()
    for day in (24, 25, 26, 27, 28):
        note_due_terms(on=date(2021, 2, day), at=LATER)
    assert told() == [WebhookEvent.DUE_SOON, WebhookEvent.OVERDUE]
    assert Counter(mailed()) == {"head": 2}
    # A holiday moves the date: what comes anew is told anew, what comes back is not.
    Term.objects.update(due_on=due_on + timedelta(days=4))
    note_due_terms(on=date(2021, 3, 1), at=LATER)
    assert told() == [WebhookEvent.DUE_SOON]
    Term.objects.update(due_on=due_on)
    note_due_terms(on=date(2021, 3, 1), at=LATER)
    assert told() == []


def test_an_answer_aloud_is_told_and_one_that_is_asked_again_goes_to_the_unit(
    meeting: Meeting, host: Organisation
) -> None:
    question = asked(meeting)
    told()
    said = SpokenAnswer("Head of the department", "In September.", "en")
    actions.answer_aloud(question, by=None, at=LATER, spoken=said)
    assert (told(), mailed()) == ([WebhookEvent.ANSWERED], [])
    actions.reopen_question(question, at=LATER, reason="Which September?")
    assert told() == [WebhookEvent.REOPENED]
    letter = Message.objects.get(channel="email")
    assert (letter.to, letter.subject) == (
        "host-head@example.org",
        f"Question {question.code} was reopened by its asker",
    )
    assert letter.body.count("Which September?") == 0


def test_each_way_is_told_once_however_often_it_is_looked_at(meeting: Meeting) -> None:
    asked(meeting)
    tell_happenings(at=LATER)
    Happening.objects.update(taken_at=None, passed=0)
    assert told() == [REGISTERED]
