"""Who may ask and vote is said before anybody tries."""

import pytest
from django.test import Client

from factories import NOON, a_meeting
from kenes.programme.actions import change_room_policy, close_meeting
from kenes.programme.models import Meeting, Participant
from kenes.programme.plans import RoomPolicy
from questions.acts import ask
from rooms.conftest import OWN

ROOM = "/en/rooms/AKM-1/"
PRESSED = 'type="submit" data-vote >'
OFF = 'type="submit" data-vote disabled>'


def set_policy(meeting: Meeting, *, ask: str = "anyone", vote: str = "anyone") -> None:
    policy = RoomPolicy(publishing="at_once", who_may_ask=ask, who_may_vote=vote)
    change_room_policy(meeting, policy=policy, by=None, at=NOON)


def buttons(client: Client) -> tuple[int, int]:
    """Return how many vote buttons of the list can be pressed, and how many cannot."""
    shown = client.get(ROOM).content.decode().partition("<template data-question>")[0]
    return shown.count(PRESSED), shown.count(OFF)


@pytest.mark.parametrize(
    ("vote", "expected"), [("anyone", (2, 0)), ("confirmed", (2, 0)), ("nobody", (0, 2))]
)
def test_votes_that_nobody_may_cast_have_no_button_to_press(
    client: Client, meeting: Meeting, guest: Participant, vote: str, expected: tuple[int, int]
) -> None:
    for number in range(2):
        ask(guest, text=f"Question number {number}?")
    set_policy(meeting, vote=vote)
    assert buttons(client) == expected


def test_a_closed_meeting_has_no_vote_to_press(client: Client, meeting: Meeting, guest: Participant) -> None:
    ask(guest)
    close_meeting(meeting, by=None, at=NOON)
    assert buttons(client) == (0, 1)


def test_a_planned_meeting_takes_questions_and_says_when_it_begins(client: Client, db: None) -> None:
    a_meeting()
    shown = client.get(ROOM).content.decode()
    said = "It begins: Thursday, 18 February 2021, 12:00 (UTC+6). Questions are taken already."
    answer = client.post(
        f"{ROOM}questions/", {"text": "May one ask early?", "language": "en", "name": "A reader"}, headers=OWN
    )
    assert ('data-room-state="planned"' in shown, said in shown, answer.status_code) == (True, True, 303)


@pytest.mark.parametrize("path", ["", "me/"])
def test_the_rules_stand_on_the_page_for_its_style_to_choose_from(
    client: Client, meeting: Meeting, path: str
) -> None:
    set_policy(meeting, ask="confirmed", vote="nobody")
    shown = client.get(ROOM + path).content.decode()
    assert ('data-ask="confirmed"' in shown, 'data-vote="nobody"' in shown) == (True, True)
