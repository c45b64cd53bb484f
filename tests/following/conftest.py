"""A question asked in a room, and what its asker and others may follow of it."""

import re
from datetime import timedelta

import pytest

from factories import NOON, a_body, a_meeting
from kenes.following.actions import Wanted, ask_subscription, note_events, tell_happenings
from kenes.following.actions.subscribing import confirm_subscription
from kenes.following.models import Subscription
from kenes.notices.models import Message
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting
from kenes.questions.actions import ask_question
from kenes.questions.events import EventKind, QuestionEvent
from kenes.questions.models import Question

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def question(meeting: Meeting) -> Question:
    return asked(meeting)


@pytest.fixture
def unit(db: None) -> Organisation:
    return a_body("Directorate", "directorate")


def asked(meeting: Meeting, text: str = "Балабақша қашан ашылады?") -> Question:
    guest = join_meeting(meeting, name="Guest of the hall", user=None, previous=None, at=NOON)
    return ask_question(meeting, participant=guest, text=text, language="kk", is_anonymous=True, at=NOON)


def happens(question: Question, kind: str, **detail: object) -> None:
    """Let something have happened, and tell everybody."""
    note_events([QuestionEvent(EventKind(kind), question, LATER, detail=detail)])
    tell_happenings(at=LATER)


def confirmed(subscription: Subscription | None) -> Subscription:
    assert subscription is not None
    confirm_subscription(subscription, at=NOON)
    return subscription


def a_follower(
    topic: str, key: str, address: str = "follower@example.org", pace: str = "at_once"
) -> Subscription:
    ask_subscription(Wanted(topic, key, address, "en", pace), at=NOON)
    return confirmed(Subscription.objects.get(topic=topic, topic_key=key))


def letters(kind: str = "follow:") -> list[Message]:
    """Return the letters to followers, without the confirmations."""
    return list(Message.objects.filter(key__startswith=kind).order_by("id"))


def link_in(message: Message, act: str) -> str:
    """Return the path of a signed link in a letter."""
    found = re.search(rf"http://[^/]+(/\w\w/follow/{act}/\S+)", message.body)
    assert found is not None, message.body
    return found[1]
