"""Questions that the search has read."""

import pytest

from factories import NOON, a_body, a_meeting
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def guest(meeting: Meeting) -> Participant:
    return join_meeting(meeting, name="Guest of the hall", user=None, previous=None, at=NOON)


@pytest.fixture
def unit(db: None) -> Organisation:
    return a_body("Directorate", "directorate")
