"""The streams: what was held and the frames since give what is fetched anew; nothing hidden leaks."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from factories import NOON, a_body, a_meeting, a_user
from kenes.core.errors import InvalidInput, KenesError
from kenes.live.contracts import Claim, Gone, Room, Stream
from kenes.organisations.models import Organisation
from kenes.programme.actions import change_room_policy, join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.programme.plans import RoomPolicy
from kenes.questions import actions
from kenes.questions.errors import CursorUnknown
from kenes.questions.live import (
    AskWriter,
    QuestionReader,
    UnvoteWriter,
    VoteWriter,
    own_part,
    question_page,
    snapshot_questions,
)
from kenes.questions.models import Question
from kenes.questions.queries import Order
from kenes.questions.receipts import receipt_secret
from kenes.questions.states import Verb
from kenes.record.models import Leaf
from kenes.record.receipts import sign_receipt
from questions.acts import DUE, SPOKEN, WRITTEN, a_question, ask, ask_act, committed, guests, vote_act
from questions.follower import Follower

pytestmark = pytest.mark.django_db


def room_of(meeting: Meeting) -> Room:
    return Room(meeting.code, meeting.feed_id)


class Afternoon:
    """A room in which anything is tried; what the rules refuse changes nothing."""

    def __init__(self) -> None:
        session = Meeting.objects.earliest("pk").session
        self.meeting = a_meeting(session, is_open=True)
        self.people = guests(self.meeting, 3)
        self.unit = a_body("Directorate", "directorate")
        self.at = NOON
        self.texts = 0

    def do(self, verb: str, which: int, who: int) -> None:
        self.at += timedelta(seconds=1)
        questions = list(Question.objects.filter(meeting=self.meeting).order_by("id"))
        person = self.people[who % len(self.people)]
        try:
            if verb in {"ask", "ask_hidden"}:
                self._ask(person, is_anonymous=bool(which % 2), is_held=verb == "ask_hidden")
            elif questions:
                self._act(verb, questions[which % len(questions)], person)
        except KenesError:
            pass

    def _ask(self, person: Participant, *, is_anonymous: bool, is_held: bool) -> None:
        self.texts += 1
        policy = RoomPolicy(publishing="hold" if is_held else "at_once")
        change_room_policy(self.meeting, policy=policy, by=None, at=self.at)
        ask(person, f"Question number {self.texts}?", is_anonymous=is_anonymous, at=self.at)

    def _act(self, verb: str, question: Question, person: Participant) -> None:
        by = {"by": None, "at": self.at}
        acts: dict[str, Any] = {
            "vote": lambda: actions.cast_vote(question, participant=person, at=self.at),
            "unvote": lambda: actions.withdraw_vote(question, participant=person, at=self.at),
            "publish": lambda: actions.publish_question(question, **by),
            "hold": lambda: actions.hold_question(question, **by),
            "refuse": lambda: actions.refuse_question(question, ground="abuse", **by),
            "overrule": lambda: actions.overrule_refusal(question, reason="Not abuse.", **by),
            "edit": lambda: actions.edit_question(question, text=f"{question.text} Edited.", **by),
            "stage": lambda: actions.stage_question(question, **by),
            "unstage": lambda: actions.unstage_question(question, **by),
            "answer_aloud": lambda: actions.answer_aloud(question, spoken=SPOKEN, **by),
            "retract_answer": lambda: actions.retract_answer(question, reason="Another one.", **by),
            "assign": lambda: actions.assign_question(question, organisation=self.unit, due_on=DUE, **by),
            "change_due_date": lambda: actions.change_question_due_date(
                question, due_on=DUE + timedelta(days=1), reason="More time.", **by
            ),
            "accept": lambda: actions.accept_assignment(question, **by),
            "decline": lambda: actions.decline_assignment(question, reason="Not ours.", **by),
            "extend": lambda: actions.extend_due_date(question, count=1, reason="An inquiry.", **by),
            "pause": lambda: actions.pause_due_date(question, reason="Papers.", **by),
            "resume": lambda: actions.resume_due_date(question, **by),
            "pass_part": lambda: actions.pass_part_on(
                question, organisation=self.unit, subject="The second point.", **by
            ),
            "tell_asker": lambda: actions.note_asker_told(question, way="phone", **by),
            "submit_draft": lambda: actions.submit_draft(question, **by),
            "send_back": lambda: actions.send_back(question, reason="Too short.", **by),
            "clear": lambda: actions.clear_answer(question, **by),
            "answer_in_writing": lambda: actions.answer_in_writing(question, written=WRITTEN, **by),
            "merge": lambda: actions.merge_question(question, into=self._another(question), **by),
            "unmerge": lambda: actions.unmerge_question(question, **by),
            "pass_on": lambda: actions.pass_on_question(question, number="7", on=DUE, **by),
            "withdraw": lambda: actions.withdraw_question(question, at=self.at),
            "reopen": lambda: actions.reopen_question(question, reason="No answer.", at=self.at),
            "rate": lambda: actions.rate_answer(question, score=3, at=self.at),
        }
        acts[verb]()

    def _another(self, question: Question) -> Question:
        """Return the question asked next, else the first."""
        questions = Question.objects.filter(meeting=self.meeting).order_by("pk")
        return questions.filter(pk__gt=question.pk).first() or questions[0]


# Votes come most often.
VERBS = st.sampled_from([*map(str, Verb), "ask", "ask_hidden", "vote", "vote", "vote", "unvote"])
DEEDS = st.lists(st.tuples(VERBS, st.integers(0, 7), st.integers(0, 2)), min_size=8, max_size=30)


@pytest.mark.parametrize("size", [3, 50])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=DEEDS, after=DEEDS, pause=st.integers(1, 5))
def test_what_was_held_and_the_frames_since_give_what_is_fetched_anew(
    meeting: Meeting, size: int, before: list[Any], after: list[Any], pause: int
) -> None:
    afternoon = Afternoon()
    for _ in range(5):
        afternoon.do("ask", 0, 0)
    for deed in before:
        afternoon.do(*deed)
    followers = [Follower(room_of(afternoon.meeting), stream, size=size) for stream in Stream]
    for number, deed in enumerate(after):
        afternoon.do(*deed)
        if number % pause == 0:
            for follower in followers:
                follower.catch_up()
                assert follower.seen() == follower.anew()
    _nothing_hidden_was_heard(afternoon.meeting, followers)


def _nothing_hidden_was_heard(meeting: Meeting, followers: list[Follower]) -> None:
    never_public = Question.objects.filter(meeting=meeting, public_since=None)
    for follower in followers:
        follower.catch_up()
        if follower.stream is not Stream.DESK:
            heard = "".join(follower.heard)
            leaked = [question.code for question in never_public if question.code in heard]
            assert leaked == []


@pytest.mark.parametrize("stream", [Stream.PUBLIC, Stream.SPEAKER])
def test_an_anonymous_askers_name_is_only_on_the_desk(stream: Stream, meeting: Meeting) -> None:
    asker = join_meeting(meeting, name="Zhupar-unmistakable", user=None, previous=None, at=NOON)
    question = ask(asker, is_anonymous=True)
    follower = Follower(room_of(meeting), stream, size=50)
    actions.stage_question(question, by=a_user("moderator-unmistakable"), at=NOON)
    follower.catch_up()
    assert [follower.rows[question.code]["by"], "unmistakable" in "".join(follower.heard)] == [None, False]


def test_the_desk_sees_who_asks_and_under_what_name(meeting: Meeting) -> None:
    question = ask(guests(meeting, 1)[0], is_anonymous=True)
    row = snapshot_questions(room_of(meeting), stream=Stream.DESK, using="default")["rows"][question.code]
    assert {
        name: row[name] for name in ("state", "by", "name", "anonymous", "asker", "refusal", "reason")
    } == {
        "state": "open",
        "by": None,
        "name": "Guest 0",
        "anonymous": True,
        "asker": "guest",
        "refusal": None,
        "reason": "",
    }


def test_a_public_row_has_exactly_the_agreed_fields(guest: Participant) -> None:
    question = ask(guest)
    change = next(
        iter(QuestionReader().changed(question.feed_id, since=0, stream=Stream.PUBLIC, using="default"))
    )
    assert (change.type, change.code, change.version) == ("question", "AKM-1-0001", question.version)
    assert not isinstance(change, Gone)
    assert change.row == {
        "text": "When will the centre open?",
        "language": "en",
        "state": "open",
        "by": "Guest of the hall",
        "channel": "room",
        "at": "2021-02-18T06:00:00Z",
        "votes": {"confirmed": 0, "guest": 0},
        "edited": False,
        "answer": None,
        "due": None,
    }


def test_answers_and_dates_travel_with_the_row(
    meeting: Meeting, guest: Participant, unit: Organisation
) -> None:
    answered = a_question("answered", guest, unit)
    assigned = a_question("assigned", guest, unit)
    rows = snapshot_questions(room_of(meeting), stream=Stream.PUBLIC, using="default")["rows"]
    assert rows[answered.code]["answer"] == {
        "form": "aloud",
        "by": "Chairman of the Committee",
        "second": 754,
        "text": "The plan has 55 points.",
        "language": "en",
        "at": "2021-02-18T06:01:00Z",
    }
    assert rows[assigned.code]["due"] == {
        "unit": {"kk": "Directorate", "ru": "Directorate", "en": "Directorate"},
        "on": "2021-03-05",
    }


@pytest.mark.parametrize("state", ["drafted", "cleared"])
def test_work_inside_a_unit_is_not_told_to_the_public(
    state: str, meeting: Meeting, guest: Participant, unit: Organisation
) -> None:
    question = a_question("assigned", guest, unit)
    Question.objects.filter(pk=question.pk).update(state=state)
    shown = [
        snapshot_questions(room_of(meeting), stream=stream, using="default")["rows"][question.code]["state"]
        for stream in (Stream.PUBLIC, Stream.DESK)
    ]
    assert shown == ["assigned", state]


def test_a_tombstone_is_told_only_where_the_row_was(guest: Participant) -> None:
    change_room_policy(guest.meeting, policy=RoomPolicy(publishing="hold"), by=None, at=NOON)
    never, once = ask(guest), ask(guest)
    actions.publish_question(once, by=None, at=NOON)
    since = once.version
    actions.refuse_question(never, by=None, at=NOON, ground="abuse")
    actions.hold_question(once, by=None, at=NOON)
    for stream in (Stream.PUBLIC, Stream.SPEAKER):
        changed = QuestionReader().changed(guest.meeting.feed_id, since=since, stream=stream, using="default")
        assert list(changed) == [Gone("question", once.code, once.version, None)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_frame_costs_the_same_queries_for_one_and_three_rows(
    number: int, guest: Participant, unit: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        for state in ("open", "answered", "assigned", "refused"):
            a_question(state, guest, unit)
    feed_id = guest.meeting.feed_id
    with django_assert_num_queries(6):  # rows, people, answers, assignments, terms, reasons
        changed = list(QuestionReader().changed(feed_id, since=0, stream=Stream.DESK, using="default"))
    assert len(changed) == 4 * number


def test_a_frame_of_votes_alone_asks_for_rows_and_people_only(
    guest: Participant, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    question = ask(guest)
    before = question.version
    actions.cast_vote(question, participant=guest, at=NOON)
    with django_assert_num_queries(2):
        list(QuestionReader().changed(question.feed_id, since=before, stream=Stream.PUBLIC, using="default"))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("stream", list(Stream))
def test_a_snapshot_costs_the_same_queries_for_one_and_three_rows(
    number: int,
    stream: Stream,
    guest: Participant,
    unit: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        for state in ("open", "answered", "assigned", "refused"):
            a_question(state, guest, unit)
    beside = {Stream.PUBLIC: 3, Stream.SPEAKER: 0, Stream.DESK: 4}[stream]
    with django_assert_num_queries(4 + beside):  # two orders, the stage, counts; what stands beside
        snapshot_questions(room_of(guest.meeting), stream=stream, using="default")


@pytest.mark.parametrize("order", list(Order))
def test_pages_give_each_question_once_in_order(order: Order, meeting: Meeting) -> None:
    voters = guests(meeting, 3)
    asked = [ask(voters[0]) for _ in range(11)]
    committed(actions.cast_votes, [vote_act(asked[n], voter) for n in (2, 3, 9) for voter in voters[: n % 4]])
    whole = question_page(
        room_of(meeting), order=order, after="", stream=Stream.PUBLIC, using="default", size=50
    )
    pages, after = [], ""
    while after is not None:
        page = question_page(
            room_of(meeting), order=order, after=after, stream=Stream.PUBLIC, using="default", size=3
        )
        pages.append([row["code"] for row in page["rows"]])
        after = page["after"]
    assert [code for page in pages for code in page] == [row["code"] for row in whole["rows"]]
    assert [len(page) for page in pages] == [3, 3, 3, 2]
    serials = {"top": [4, 3, 10, 1, 2, 5, 6, 7, 8, 9, 11], "new": list(range(11, 0, -1))}[order]
    assert [row["code"] for row in whole["rows"]] == [f"AKM-1-{serial:04d}" for serial in serials]


@pytest.mark.parametrize(
    "cursor",
    ["x", "AAAA", "bmV3LjE", "dG9wLjEuMg==x", "ё", "%", "dG9wLi0xLjI", "dG9wLjk5OTk5OTk5OTk5OTk5OTk5OTk5LjE"],
)
def test_a_cursor_nobody_gave_is_refused(cursor: str, meeting: Meeting) -> None:
    with pytest.raises(CursorUnknown):
        question_page(room_of(meeting), order="top", after=cursor, stream=Stream.PUBLIC, using="default")


def test_an_order_nobody_knows_is_refused(meeting: Meeting) -> None:
    with pytest.raises(InvalidInput):
        question_page(room_of(meeting), order="best", after="", stream=Stream.PUBLIC, using="default")


def test_own_part_has_refusals_with_ground_and_reason(guest: Participant, unit: Organisation) -> None:
    refused = a_question("refused", guest, unit)
    other = ask(guests(guest.meeting, 1)[0])
    actions.cast_vote(other, participant=guest, at=NOON)
    claim = Claim(guest.pk, guest.kind, guest.meeting.feed_id)
    part = own_part(claim, using="default")
    shown = [(row["code"], row["state"], row["refusal"], row["reason"]) for row in part["questions"]]
    assert shown == [(refused.code, "refused", "off_topic", "Asked elsewhere.")]
    assert part["votes"] == [other.code]


def test_the_secret_is_added_only_when_an_ask_is_presented(guest: Participant) -> None:
    body = committed(actions.ask_questions, [ask_act(guest.meeting, guest)])[0].body
    question = Question.objects.get()
    secret = receipt_secret(question)
    assert secret not in json.dumps(body)
    leaf = Leaf.objects.get()
    assert AskWriter().present(body) == {
        "code": "AKM-1-0001",
        "state": "open",
        "version": question.version,
        "secret": secret,
        "receipt": sign_receipt(code="AKM-1-0001", leaf=leaf.digest, at=NOON).as_json(),
    }


def test_writers_are_known_by_the_acts_of_the_protocol() -> None:
    assert [writer.name for writer in (AskWriter(), VoteWriter(), UnvoteWriter())] == [
        "ask",
        "vote",
        "unvote",
    ]


def test_a_form_and_json_ask_the_same_thing() -> None:
    parse = AskWriter().parse
    form = {"text": "When does it open?", "language": "en", "anonymous": "on", "csrfmiddlewaretoken": "x"}
    assert parse(form) == parse({"text": "When does it open?", "language": "en", "anonymous": True})


@pytest.mark.parametrize("anonymous", [1, 2.5, [], {}, "yes"])
def test_a_wish_for_anonymity_that_is_unclear_is_refused(anonymous: object) -> None:
    with pytest.raises(InvalidInput):
        AskWriter().parse({"text": "When does it open?", "language": "en", "anonymous": anonymous})
