"""Votes: once for each question and participant, counted from the rows."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from factories import NOON, a_meeting
from kenes.live.models import Feed
from kenes.organisations.models import Organisation
from kenes.programme.actions import change_room_policy, close_meeting
from kenes.programme.models import Meeting, Participant
from kenes.programme.plans import RoomPolicy
from kenes.questions import errors
from kenes.questions.actions import cast_vote, cast_votes, withdraw_vote, withdraw_votes
from kenes.questions.models import Question, Vote
from kenes.questions.states import TAKES_VOTES, QuestionState
from questions.acts import a_confirmed, a_question, an_act, ask, committed, guests, vote_act

pytestmark = pytest.mark.django_db


# PostgreSQL is told of each change of a feed by one more statement.
TOLD = int(connection.vendor == "postgresql")


def counts(question: Question) -> tuple[int, int]:
    question.refresh_from_db()
    return question.votes_confirmed, question.votes_guest


def test_confirmed_and_guest_votes_are_counted_apart(meeting: Meeting) -> None:
    asker, *others = guests(meeting, 3)
    question = ask(asker)
    for voter in (*others, a_confirmed(meeting)):
        cast_vote(question, participant=voter, at=NOON)
    assert counts(question) == (1, 2)


def test_a_second_vote_of_the_same_person_changes_nothing(guest: Participant) -> None:
    question = ask(guest)
    cast_vote(question, participant=guest, at=NOON)
    version = Feed.objects.get(pk=question.feed_id).version
    cast_vote(question, participant=guest, at=NOON)
    assert (counts(question), Vote.objects.count()) == ((0, 1), 1)
    assert Feed.objects.get(pk=question.feed_id).version == version


def test_the_same_vote_twice_in_one_batch_counts_once(guest: Participant) -> None:
    question = ask(guest)
    results = committed(cast_votes, [vote_act(question, guest), vote_act(question, guest)])
    assert counts(question) == (0, 1)
    assert [result.body for result in results] == [
        {
            "code": "AKM-1-0001",
            "votes": {"confirmed": 0, "guest": 1},
            "voted": True,
            "version": question.version,
        }
    ] * 2


def test_a_withdrawn_vote_is_gone_and_may_be_cast_again(guest: Participant) -> None:
    question = ask(guest)
    cast_vote(question, participant=guest, at=NOON)
    withdraw_vote(question, participant=guest, at=NOON)
    assert (counts(question), Vote.objects.count()) == ((0, 0), 0)
    cast_vote(question, participant=guest, at=NOON)
    assert counts(question) == (0, 1)


def test_withdrawing_a_vote_that_never_was_changes_nothing(guest: Participant) -> None:
    question = ask(guest)
    result = committed(withdraw_votes, [vote_act(question, guest)])[0]
    assert (result.status, result.body["voted"], result.body["version"]) == (200, False, question.version)
    assert counts(question) == (0, 0)


@pytest.mark.parametrize("size", [1, 80])
def test_a_batch_of_votes_is_a_few_statements_whatever_its_size(
    size: int, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    voters = guests(meeting, size)
    question = ask(voters[0])
    acts = [vote_act(question, voter) for voter in voters]
    with django_assert_num_queries(9 + TOLD):  # 5 of ours; savepoint, feed's lock, version, release
        committed(cast_votes, acts)
    assert counts(question) == (0, size)


@pytest.mark.parametrize("size", [1, 80])
def test_taking_back_a_batch_of_votes_is_a_few_statements(
    size: int, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    voters = guests(meeting, size)
    question = ask(voters[0])
    acts = [vote_act(question, voter) for voter in voters]
    committed(cast_votes, acts)
    with django_assert_num_queries(9 + TOLD):
        committed(withdraw_votes, acts)
    assert counts(question) == (0, 0)


def test_the_votes_of_a_batch_take_one_version(meeting: Meeting) -> None:
    voters = guests(meeting, 5)
    question, other = ask(voters[0]), ask(voters[1])
    before = Feed.objects.get(pk=meeting.feed_id).version
    committed(cast_votes, [vote_act(each, voter) for voter in voters for each in (question, other)])
    assert Feed.objects.get(pk=meeting.feed_id).version == before + 1
    assert set(Question.objects.values_list("version", "votes_guest")) == {(before + 1, 5)}


@pytest.mark.parametrize("state", sorted(set(QuestionState.values) - TAKES_VOTES))
def test_only_an_open_question_takes_votes(state: str, guest: Participant, unit: Organisation) -> None:
    question = a_question(state, guest, unit)
    hidden = {"held", "refused", "withdrawn", "merged", "passed_on"}
    refusal = errors.QuestionUnknown if state in hidden else errors.QuestionTakesNoVotes
    with pytest.raises(refusal):
        cast_vote(question, participant=guest, at=NOON)
    assert (counts(question), Vote.objects.count()) == ((0, 0), 0)


@pytest.mark.parametrize("target", ["AKM-1-0009", "AKM-2-0001", "", "nonsense", "AKM-1-0001'--"])
def test_an_unknown_question_is_refused_alone(target: str, guest: Participant) -> None:
    question = ask(guest)
    stray = an_act("vote", guest.meeting, guest, target=target)
    results = committed(cast_votes, [stray, vote_act(question, guest)])
    assert [(result.status, result.error) for result in results] == [(404, "question-unknown"), (200, None)]


def test_a_question_of_another_room_is_unknown_in_this_one(meeting: Meeting, guest: Participant) -> None:
    elsewhere = ask(guests(a_meeting(meeting.session, is_open=True), 1)[0])
    results = committed(cast_votes, [an_act("vote", meeting, guest, target=elsewhere.code)])
    assert [(result.status, result.error) for result in results] == [(404, "question-unknown")]


def test_the_policy_decides_who_votes(meeting: Meeting, guest: Participant) -> None:
    question, known = ask(guest), a_confirmed(meeting)
    change_room_policy(meeting, policy=RoomPolicy(who_may_vote="confirmed"), by=None, at=NOON)
    results = committed(cast_votes, [vote_act(question, guest), vote_act(question, known)])
    assert [(result.status, result.error) for result in results] == [(409, "sign-in-to-vote"), (200, None)]
    change_room_policy(meeting, policy=RoomPolicy(who_may_vote="nobody"), by=None, at=NOON)
    with pytest.raises(errors.VotingClosed):
        cast_vote(question, participant=known, at=NOON)


def test_a_closed_meeting_takes_no_votes(meeting: Meeting, guest: Participant) -> None:
    question = ask(guest)
    close_meeting(meeting, by=None, at=NOON)
    with pytest.raises(errors.VotingClosed):
        cast_vote(question, participant=guest, at=NOON)


def test_a_voter_who_is_gone_does_not_spoil_the_batch(meeting: Meeting) -> None:
    gone, here = guests(meeting, 2)
    question = ask(here)
    acts = [vote_act(question, gone), vote_act(question, here)]
    gone.delete()
    results = committed(cast_votes, acts)
    assert [(result.status, result.error) for result in results] == [(409, "participant-left"), (200, None)]


def test_counts_equal_the_rows_after_a_mixed_afternoon(meeting: Meeting) -> None:
    voters = [*guests(meeting, 4), a_confirmed(meeting)]
    asked = [ask(voters[0]) for _ in range(3)]
    everything = [vote_act(question, voter) for question in asked for voter in voters]
    committed(cast_votes, everything)
    committed(withdraw_votes, everything[::2])
    committed(cast_votes, everything[::3])
    for question in Question.objects.all():
        rows = question.votes
        assert counts(question) == (
            rows.filter(kind="confirmed").count(),
            rows.filter(kind="guest").count(),
        )
