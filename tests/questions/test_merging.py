"""One question lives on in another: the union of the voters, undone without a trace, safe with votes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import a_meeting
from kenes.live.contracts import Stream
from kenes.programme.actions import close_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions, errors
from kenes.questions.live import QuestionReader
from kenes.questions.models import Question, Vote
from questions.acts import SPOKEN, ask, committed, guests, minutes_later, vote_act

pytestmark = pytest.mark.django_db

LATER = minutes_later(10)
WHO = {"by": None, "at": LATER}


def vote(question: Question, *voters: Participant) -> None:
    for voter in voters:
        actions.cast_vote(question, participant=voter, at=LATER)


def voters_of(question: Question) -> set[int]:
    """Return who counts for the question, and check the counts kept with it."""
    kept = Question.objects.get(pk=question.pk)
    votes = Vote.objects.filter(question=question)
    assert kept.votes_confirmed == votes.filter(kind="confirmed").count()
    assert kept.votes_guest == votes.filter(kind="guest").count()
    return set(votes.values_list("participant_id", flat=True))


def keys(*people: Participant) -> set[int]:
    return {person.pk for person in people}


def test_votes_become_the_union_of_the_voters(meeting: Meeting) -> None:
    one, two, three = guests(meeting, 3)
    source, target = ask(one), ask(two)
    vote(source, one, two)
    vote(target, two, three)
    actions.merge_question(source, into=target, **WHO)
    assert voters_of(target) == keys(one, two, three)
    assert (source.state, source.merged_into, voters_of(source)) == ("merged", target, keys(one, two))


def test_the_merged_leaves_the_list_and_names_where_it_went(meeting: Meeting) -> None:
    source, target = (ask(person) for person in guests(meeting, 2))
    since = target.version
    actions.merge_question(source, into=target, **WHO)
    changed = QuestionReader().changed(meeting.feed_id, since=since, stream=Stream.PUBLIC, using="default")
    told = {each.code: getattr(each, "into", "stays") for each in changed}
    assert told == {source.code: target.code, target.code: "stays"}


def test_an_undo_after_an_answer_gives_each_its_votes_as_they_were(meeting: Meeting) -> None:
    one, two, three = guests(meeting, 3)
    source, target = ask(one), ask(two)
    vote(source, one, two)
    vote(target, two, three)
    actions.merge_question(source, into=target, **WHO)
    actions.answer_aloud(target, spoken=SPOKEN, **WHO)
    actions.unmerge_question(source, reason="It asks more.", **WHO)
    target.refresh_from_db()
    assert (voters_of(source), voters_of(target)) == (keys(one, two), keys(two, three))
    assert (source.state, source.merged_into, target.state) == ("open", None, "answered")


def test_a_voter_of_two_merged_questions_stays_when_one_is_taken_out(meeting: Meeting) -> None:
    one, two = guests(meeting, 2)
    first, second, target = ask(one), ask(one), ask(two)
    vote(first, one)
    vote(second, one)
    for source in (first, second):
        actions.merge_question(source, into=target, **WHO)
    actions.unmerge_question(first, **WHO)
    assert voters_of(target) == keys(one)
    actions.unmerge_question(second, **WHO)
    assert voters_of(target) == set()


def test_what_was_held_is_held_again(meeting: Meeting) -> None:
    source, target = (ask(person) for person in guests(meeting, 2))
    actions.hold_question(source, **WHO)
    actions.merge_question(source, into=target, **WHO)
    actions.unmerge_question(source, **WHO)
    assert source.state == "held"


def test_in_a_closed_meeting_an_undone_merge_is_held_with_a_term_at_the_host(meeting: Meeting) -> None:
    source, target = (ask(person) for person in guests(meeting, 2))
    actions.merge_question(source, into=target, **WHO)
    actions.answer_aloud(target, spoken=SPOKEN, **WHO)
    close_meeting(meeting, **WHO)
    actions.unmerge_question(source, **WHO)
    running = source.assignments.get(ended_at=None)
    assert (source.state, running.organisation) == ("held", meeting.host)


def test_a_target_that_carries_others_is_neither_withdrawn_nor_merged(meeting: Meeting) -> None:
    source, target, third = (ask(person) for person in guests(meeting, 3))
    actions.merge_question(source, into=target, **WHO)
    with pytest.raises(errors.CarriesOthers):
        actions.withdraw_question(target, at=LATER)
    with pytest.raises(errors.CarriesOthers):
        actions.merge_question(target, into=third, **WHO)
    actions.unmerge_question(source, **WHO)
    actions.withdraw_question(target, at=LATER)
    assert target.state == "withdrawn"


def test_a_question_lives_on_only_in_a_listed_one_of_its_meeting(meeting: Meeting) -> None:
    source, held, gone = (ask(person) for person in guests(meeting, 3))
    elsewhere = ask(guests(a_meeting(meeting.session, is_open=True), 1)[0])
    actions.hold_question(held, **WHO)
    actions.withdraw_question(gone, at=LATER)
    for unfit in (source, held, gone, elsewhere):
        with pytest.raises(errors.MergeTargetUnfit):
            actions.merge_question(source, into=unfit, **WHO)
    assert Question.objects.get(pk=source.pk).state == "open"


def test_a_vote_in_flight_for_the_merged_question_is_refused_and_one_for_the_target_counts_once(
    meeting: Meeting,
) -> None:
    one, two = guests(meeting, 2)
    source, target = ask(one), ask(two)
    vote(source, one)
    actions.merge_question(source, into=target, **WHO)
    late = committed(actions.cast_votes, [vote_act(source, two), vote_act(target, one)])
    assert [(result.status, result.error) for result in late] == [(404, "question-unknown"), (200, None)]
    assert voters_of(target) == keys(one)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=st.lists(
        st.tuples(
            st.sampled_from(["vote", "vote", "vote", "unvote", "merge", "unmerge"]),
            st.integers(0, 2),
            st.integers(0, 2),
        ),
        max_size=24,
    )
)
def test_counts_and_sources_stay_true_whatever_happens(meeting: Meeting, deeds: list[object]) -> None:
    people = guests(meeting, 3)
    questions = [ask(person) for person in people]
    own: dict[int, set[int]] = {question.pk: set() for question in questions}
    for verb, which, who in deeds:  # type: ignore[misc]
        question, person = questions[which], people[who]
        try:
            if verb in {"vote", "unvote"}:
                act = actions.cast_vote if verb == "vote" else actions.withdraw_vote
                act(question, participant=person, at=LATER)
            elif verb == "merge":
                own[question.pk] = voters_of(question)
                actions.merge_question(question, into=questions[who], **WHO)
            else:
                actions.unmerge_question(question, **WHO)
                assert voters_of(question) == own[question.pk]
        except (errors.MoveNotAllowed, errors.MergeTargetUnfit, errors.CarriesOthers):
            pass
        except (errors.QuestionUnknown, errors.QuestionTakesNoVotes):
            pass
        for each in questions:
            voters_of(each)
