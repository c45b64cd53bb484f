"""A unit with a person of each kind, and a question it owes an answer to."""

import pytest

from answering.people import Unit, a_unit
from factories import NOON, a_meeting
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions.models import Question
from questions.acts import a_question


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def guest(meeting: Meeting) -> Participant:
    return join_meeting(meeting, name="Guest of the hall", user=None, previous=None, at=NOON)


@pytest.fixture
def unit(db: None) -> Unit:
    return a_unit("Directorate")


@pytest.fixture
def question(guest: Participant, unit: Unit) -> Question:
    return a_question("assigned", guest, unit.body)
