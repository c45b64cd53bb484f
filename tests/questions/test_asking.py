"""Asking in batches, one by one, and by an operator."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from factories import NOON, a_meeting, a_session, a_user
from kenes.live.models import Feed
from kenes.programme.actions import change_room_policy, close_meeting
from kenes.programme.models import Meeting, Participant
from kenes.programme.plans import RoomPolicy
from kenes.questions import errors
from kenes.questions.actions import ask_questions, enter_question
from kenes.questions.models import Move, Question
from questions.acts import a_confirmed, ask, ask_act, committed, guests

pytestmark = pytest.mark.django_db


# PostgreSQL is told of each change of a feed by one more statement.
TOLD = int(connection.vendor == "postgresql")


@pytest.mark.parametrize(("state", "channel"), [("planned", "site"), ("open", "room"), ("closed", "site")])
def test_what_is_asked_before_or_after_the_session_came_through_the_page(
    meeting: Meeting, guest: Participant, state: str, channel: str
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    meeting.refresh_from_db()
    assert ask(guest).channel == channel


def test_a_question_gets_the_next_code_of_its_room(guest: Participant) -> None:
    assert [ask(guest).code for _ in range(3)] == ["AKM-1-0001", "AKM-1-0002", "AKM-1-0003"]


def test_an_acknowledged_question_is_kept_as_it_was_asked(guest: Participant) -> None:
    question = ask(guest, "Ақкөлде орталық қашан ашылады?", language="kk")
    kept = Question.objects.get()
    assert (kept.pk, kept.text, kept.language, kept.asked_at) == (
        question.pk,
        "Ақкөлде орталық қашан ашылады?",
        "kk",
        NOON,
    )
    assert (kept.asker_name, kept.participant, kept.channel) == ("Guest of the hall", guest, "room")
    assert (kept.votes_confirmed, kept.votes_guest, kept.edited_at) == (0, 0, None)


def test_the_first_move_of_a_question_is_its_being_asked(guest: Participant) -> None:
    ask(guest)
    assert list(Move.objects.values_list("old", "new", "at", "reason")) == [("", "open", NOON, "")]


def test_a_batch_over_two_rooms_numbers_each_room_by_itself(meeting: Meeting) -> None:
    other = a_meeting(meeting.session, is_open=True)
    here, there = guests(meeting, 1)[0], guests(other, 1)[0]
    acts = [ask_act(meeting, here), ask_act(other, there), ask_act(meeting, here), ask_act(other, there)]
    results = committed(ask_questions, acts)
    assert [result.body["code"] for result in results] == [
        "AKM-1-0001",
        "AKM-2-0001",
        "AKM-1-0002",
        "AKM-2-0002",
    ]


def test_the_questions_of_a_batch_take_one_version_of_the_feed(meeting: Meeting, guest: Participant) -> None:
    before = Feed.objects.get(pk=meeting.feed_id).version
    results = committed(ask_questions, [ask_act(meeting, guest) for _ in range(3)])
    assert [result.body["version"] for result in results] == [before + 1] * 3
    assert Feed.objects.get(pk=meeting.feed_id).version == before + 1


def test_ids_rise_with_serials(meeting: Meeting, guest: Participant) -> None:
    committed(ask_questions, [ask_act(meeting, guest) for _ in range(30)])
    serials = Question.objects.order_by("pk").values_list("serial", flat=True)
    assert list(serials) == list(range(1, 31))


@pytest.mark.parametrize("size", [1, 60])
def test_a_batch_is_a_few_statements_whatever_its_size(
    size: int, meeting: Meeting, guest: Participant, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    acts = [ask_act(meeting, guest) for _ in range(size)]
    # 7 of ours, 1 of those who follow; savepoint, feed's lock, version, release
    with django_assert_num_queries(12 + TOLD):
        committed(ask_questions, acts)


def test_refusals_are_per_act_and_leave_no_gap(meeting: Meeting) -> None:
    change_room_policy(meeting, policy=RoomPolicy(who_may_ask="confirmed"), by=None, at=NOON)
    known, unknown = a_confirmed(meeting), guests(meeting, 1)[0]
    acts = [ask_act(meeting, who) for who in (unknown, known, unknown, known)]
    results = committed(ask_questions, acts)
    assert [(result.status, result.error) for result in results] == [
        (409, "sign-in-to-ask"),
        (201, None),
        (409, "sign-in-to-ask"),
        (201, None),
    ]
    assert list(Question.objects.values_list("serial", flat=True)) == [1, 2]


def test_a_room_that_takes_no_questions_says_so(guest: Participant) -> None:
    change_room_policy(guest.meeting, policy=RoomPolicy(who_may_ask="nobody"), by=None, at=NOON)
    with pytest.raises(errors.AskingClosed):
        ask(guest)


def test_a_refused_batch_is_no_change_of_the_feed(meeting: Meeting, guest: Participant) -> None:
    change_room_policy(meeting, policy=RoomPolicy(who_may_ask="nobody"), by=None, at=NOON)
    before = Feed.objects.get(pk=meeting.feed_id).version
    committed(ask_questions, [ask_act(meeting, guest)])
    assert Feed.objects.get(pk=meeting.feed_id).version == before


def test_a_planned_meeting_takes_questions() -> None:
    planned = a_meeting(a_session())
    assert ask(guests(planned, 1)[0]).state == "open"


def test_a_room_that_holds_questions_publishes_none_by_itself(guest: Participant) -> None:
    change_room_policy(guest.meeting, policy=RoomPolicy(publishing="hold"), by=None, at=NOON)
    question = ask(guest)
    assert (question.state, question.public_since, question.speaker_since) == ("held", None, None)


def test_a_question_after_the_closing_waits_for_a_moderator(guest: Participant) -> None:
    close_meeting(guest.meeting, by=None, at=NOON)
    question = ask(guest)
    assert (question.state, Meeting.objects.get().state) == ("held", "closed")


def test_a_participant_of_another_room_is_not_known_here(meeting: Meeting) -> None:
    stranger = guests(a_meeting(meeting.session, is_open=True), 1)[0]
    results = committed(ask_questions, [ask_act(meeting, stranger)])
    assert [(result.status, result.error) for result in results] == [(409, "participant-left")]


def test_a_participant_who_is_gone_does_not_spoil_the_batch(meeting: Meeting) -> None:
    gone, here = guests(meeting, 2)
    acts = [ask_act(meeting, gone), ask_act(meeting, here)]
    gone.delete()
    assert [result.status for result in committed(ask_questions, acts)] == [409, 201]


def test_an_operator_enters_a_question_taken_by_phone(meeting: Meeting) -> None:
    operator = a_user("operator")
    question = enter_question(
        meeting,
        by=operator,
        channel="phone",
        name="  A mother  of four ",
        text="Is there a place?",
        language="en",
        is_anonymous=False,
        at=NOON,
    )
    kept = Question.objects.get()
    assert (question.pk, kept.code, kept.channel, kept.asker_name) == (
        kept.pk,
        "AKM-1-0001",
        "phone",
        "A mother of four",
    )
    assert (kept.entered_by, kept.participant, kept.state) == (operator, None, "open")


def test_an_operator_enters_only_what_came_by_phone_or_on_paper(meeting: Meeting) -> None:
    with pytest.raises(errors.ChannelUnknown):
        enter_question(
            meeting,
            by=None,
            channel="room",
            name="",
            text="Is there a place?",
            language="en",
            is_anonymous=True,
            at=NOON,
        )


def test_markup_and_quotes_are_kept_as_they_are(guest: Participant) -> None:
    text = "'); DROP TABLE x; -- <script>alert(1)</script> %s \\ \" {{ x }}"
    assert Question.objects.get(pk=ask(guest, text).pk).text == text
