"""What two people do at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connections

from factories import NOON, a_meeting, a_session, a_user
from kenes.programme.actions import join_meeting, open_meeting
from kenes.programme.errors import MeetingMoveRefused
from kenes.programme.models import Meeting, Participant
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def at_once(act: Callable[[], T], times: int = 4) -> list[T]:
    """What `act` returned in each of as many threads, each with a connection of its own."""

    def run() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(times)]]


def test_meetings_made_at_once_get_numbers_of_their_own() -> None:
    session = a_session()
    codes = at_once(lambda: a_meeting(session).code)
    assert sorted(codes) == ["AKM-1", "AKM-2", "AKM-3", "AKM-4"]


def test_a_meeting_is_opened_once_however_many_press_the_button() -> None:
    meeting = a_meeting()

    def press() -> bool:
        try:
            open_meeting(Meeting.objects.get(pk=meeting.pk), by=None, at=NOON)
        except MeetingMoveRefused:
            return False
        return True

    assert sorted(at_once(press)) == [False, False, False, True]
    assert Entry.objects.filter(act="open_meeting").count() == 1


def test_an_account_that_opens_a_room_in_several_tabs_is_one_participant() -> None:
    meeting, user = a_meeting(), a_user()
    joined = at_once(lambda: join_meeting(meeting, name="", user=user, previous=None, at=NOON).pk)
    assert (len(set(joined)), Participant.objects.count()) == (1, 1)
