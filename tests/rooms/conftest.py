"""A room with a guest in it, a moderator, and a unit that answers."""

import pytest
from django.test import Client

from factories import NOON, a_meeting, a_user, grant
from kenes.accounts.models import User
from kenes.organisations.actions import create_organisation
from kenes.organisations.models import Organisation
from kenes.organisations.plans import OrganisationPlan
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant

OWN = {"origin": "http://testserver", "host": "testserver"}
"""What a browser says when a page of this very site posts a form."""


def a_found_body(name: str, *, kind: str = "department", parent: Organisation | None = None) -> Organisation:
    """Return a body that the search finds by its name."""
    plan = OrganisationPlan(kind=kind, name={"kk": name, "ru": name, "en": name}, parent=parent)
    return create_organisation(plan, by=None, at=NOON)


@pytest.fixture
def meeting(db: None) -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def guest(meeting: Meeting) -> Participant:
    return join_meeting(meeting, name="Guest of the hall", user=None, previous=None, at=NOON)


@pytest.fixture
def unit(db: None) -> Organisation:
    return a_found_body("Directorate", kind="directorate")


@pytest.fixture
def moderator(meeting: Meeting) -> User:
    return grant(a_user("moderator"), "moderator", meeting.host)


@pytest.fixture
def at_desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client
