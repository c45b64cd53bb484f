"""No e-mail address of a person stands on a page, in the API or in a file that anybody may fetch."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from factories import NOON, a_meeting, a_user, an_agenda_item, grant
from kenes.accounts.actions import add_membership
from kenes.accounts.models import User
from kenes.accounts.states import MembershipKind, Role
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting
from kenes.questions.actions import ask_question
from kenes.questions.models import Question

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
NOT_FOR_ALL = ("admin/", "accounts/")


@pytest.fixture
def meeting(db: None) -> Meeting:
    """A room in which named accounts have asked, moderated and answered."""
    meeting = a_meeting(is_open=True)
    an_agenda_item(meeting)
    asker, moderator = User.objects.create_user("nameless@example.org"), grant(a_user(), Role.MODERATOR)
    add_membership(
        moderator, organisation=meeting.host, kind=MembershipKind.HEAD, by=moderator, at=NOON, position="Head"
    )
    participant = join_meeting(meeting, name="", user=asker, previous=None, at=NOON)
    for _ in range(2):
        ask_question(
            meeting, participant=participant, text="When?", language="en", is_anonymous=False, at=NOON
        )
    return meeting


def plain_addresses() -> list[str]:
    """Every address of the site that needs no more than a language."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
        found = []
        for entry in patterns:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                found += walk(entry.url_patterns, route)
            elif "<" not in route and "(" not in route:
                found.append("/" + route)
        return found

    with translation.override("en"):
        return [path for path in walk(get_resolver().url_patterns, "") if not path.startswith("/admin")]


def addresses_of(meeting: Meeting) -> list[str]:
    session = meeting.session
    question = Question.objects.filter(meeting=meeting).first()
    assert question
    campaign = f"/en/campaigns/{session.campaign.slug}/"
    api = "/api/v1/"
    return [
        *plain_addresses(),
        campaign,
        f"{campaign}{session.public_id}/",
        f"/en/rooms/{meeting.code}/",
        f"/en/rooms/{meeting.code}/projector/",
        f"/en/questions/{question.code}/",
        f"/en/regions/{session.region.kato[:2]}/",
        f"{api}meetings?now=true",
        f"{api}questions",
    ]


def test_no_page_that_anybody_may_open_shows_an_address(client: Client, meeting: Meeting) -> None:
    shown = {}
    opened = 0
    for path in addresses_of(meeting):
        answer = client.get(path)
        if answer.status_code != 200 or answer.streaming:
            continue
        opened += 1
        if found := ADDRESS.findall(answer.content.decode(errors="replace")):
            shown[path] = found
    assert shown == {}
    assert opened > 15


def test_no_page_of_the_room_shows_the_accounts_public_id(client: Client, meeting: Meeting) -> None:
    ids = {row.user.public_id for row in meeting.participants.all() if row.user}
    pages = [f"/en/rooms/{meeting.code}/", f"/en/campaigns/{meeting.session.campaign.slug}/"]
    bodies = [client.get(path).content.decode() for path in pages]
    assert [public_id for public_id in ids for body in bodies if public_id in body] == []
