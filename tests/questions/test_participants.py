"""A guest who signs in: what they did goes over to their account."""

import pytest

from factories import NOON, a_user
from kenes.live.contracts import Room, Stream
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions
from kenes.questions.models import Question, Vote
from questions.acts import ask, guests
from questions.follower import Follower

pytestmark = pytest.mark.django_db


def sign_in(guest: Participant, name: str = "person") -> Participant:
    user = a_user(name)
    return join_meeting(guest.meeting, name="", user=user, previous=guest, at=NOON)


def test_questions_and_votes_go_over(guest: Participant) -> None:
    question, other = ask(guest), ask(guests(guest.meeting, 1)[0])
    actions.cast_vote(other, participant=guest, at=NOON)
    account = sign_in(guest)
    assert Question.objects.get(pk=question.pk).participant == account
    assert list(Vote.objects.values_list("participant", "kind")) == [(account.pk, "guest")]
    other.refresh_from_db()
    assert (other.votes_confirmed, other.votes_guest) == (0, 1)


def test_a_double_vote_is_dropped_and_the_counts_are_right(meeting: Meeting, guest: Participant) -> None:
    question, user = ask(guest), a_user("person")
    account = join_meeting(meeting, name="", user=user, previous=None, at=NOON)
    for voter in (account, guest):
        actions.cast_vote(question, participant=voter, at=NOON)
    join_meeting(meeting, name="", user=user, previous=guest, at=NOON)
    kept = Question.objects.get()
    assert (kept.votes_confirmed, kept.votes_guest) == (1, 0)
    assert list(Vote.objects.values_list("participant", "kind")) == [(account.pk, "confirmed")]


@pytest.mark.parametrize("stream", list(Stream))
def test_every_stream_hears_of_it(stream: Stream, meeting: Meeting, guest: Participant) -> None:
    question, user = ask(guest), a_user("person")
    account = join_meeting(meeting, name="", user=user, previous=None, at=NOON)
    for voter in (account, guest):
        actions.cast_vote(question, participant=voter, at=NOON)
    follower = Follower(Room(meeting.code, meeting.feed_id), stream, size=50)
    join_meeting(meeting, name="", user=user, previous=guest, at=NOON)
    follower.catch_up()
    assert follower.seen() == follower.anew()


def test_a_guest_who_did_nothing_changes_no_row(guest: Participant) -> None:
    before = Question.objects.count()
    sign_in(guest)
    assert (before, Question.objects.count(), Vote.objects.count()) == (0, 0, 0)
