"""A meeting that happened, its moderator, and a reader of the host body."""

from pathlib import Path

import pytest
from pytest_django import Settings

from factories import a_user, grant
from kenes.accounts.models import Membership, User
from kenes.programme.models import Meeting
from minutes.happenings import a_meeting_that_happened


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting_that_happened()


@pytest.fixture
def moderator(meeting: Meeting) -> User:
    return grant(a_user("moderator"), "moderator", meeting.host)


@pytest.fixture
def reader(meeting: Meeting) -> User:
    user = a_user("reader")
    Membership.objects.create(user=user, organisation=meeting.host)
    return user
