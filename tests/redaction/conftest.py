"""A room that publishes at once, a guest who gives too much away, and the room's moderator."""

import pytest
from django.test import Client

from factories import NOON, a_meeting, a_user, grant
from kenes.accounts.models import User
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import ask_question
from kenes.questions.models import Question

IIN = "000229590003"
PHONE = "+7 701 123 45 67"
ASKED = f"Почему мне не платят пособие? Мой ИИН {IIN}, звоните {PHONE}"
REDACTED = "Почему мне не платят пособие? Мой ИИН [⋯iin], звоните [⋯phone]"


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def guest(meeting: Meeting) -> Participant:
    return join_meeting(meeting, name="Guest of the hall", user=None, previous=None, at=NOON)


@pytest.fixture
def moderator(meeting: Meeting) -> User:
    return grant(a_user("moderator"), "moderator", meeting.host)


@pytest.fixture
def at_desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def ask(meeting: Meeting, participant: Participant, text: str = ASKED) -> Question:
    return ask_question(
        meeting, participant=participant, text=text, language="ru", is_anonymous=True, at=NOON
    )


@pytest.fixture
def question(meeting: Meeting, guest: Participant) -> Question:
    return ask(meeting, guest)
