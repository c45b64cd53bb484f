"""What a version of the minutes keeps of a meeting."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.promises import a_commitment
from factories import NOON, a_body, a_meeting
from kenes.core.ids import new_public_id
from kenes.coverage.queries import classified
from kenes.coverage.scope import Scope
from kenes.minutes import polls
from kenes.minutes.queries import content_of
from kenes.minutes.queries.questions import OUTCOMES
from kenes.minutes.states import Outcome
from kenes.programme.models import Meeting
from kenes.questions.models import Answer, PassedOn, Question
from kenes.questions.states import QuestionState
from minutes.happenings import (
    ABUSE,
    DUE,
    END,
    LATER,
    SECRET_NAME,
    a_followed_agenda,
    a_guest,
    a_written_answer,
    raw_questions,
)

# The feed's version twice; the meeting, its opening, its place; agenda, speakers, bodies, acts; participants,
# their bodies, the speakers' bodies; announcements; questions, the moves that may hide them,
# answers, their texts, units, terms; commitments, texts, executors; materials.
READING = 23
# Only one question of a meeting is on stage, and a merged one needs its target.
MANY_AT_ONCE = sorted(set(QuestionState) - {QuestionState.STAGED, QuestionState.MERGED})


def outcomes(content: dict[str, object]) -> Counter[str]:
    return Counter(row["outcome"] for row in content["questions"])  # type: ignore[index,attr-defined]


def test_the_meeting_is_told_as_planned_and_as_held(meeting: Meeting) -> None:
    told = content_of(meeting, at=LATER)["meeting"]
    assert told["planned"] == {"from": "2021-02-18T06:00:00Z", "to": "2021-02-18T08:00:00Z"}
    assert told["held"] == {"from": "2021-02-18T06:00:00Z", "to": "2021-02-18T08:00:00Z"}
    assert (told["code"], told["zone"], told["format"]) == ("AKM-1", "Asia/Almaty", "online")


def test_the_agenda_is_told_in_the_order_it_was_followed_with_its_times(meeting: Meeting) -> None:
    told = [(item["title"]["en"], item["taken"]) for item in content_of(meeting, at=LATER)["agenda"]]
    assert told == [
        ("Report", [{"from": "2021-02-18T06:02:00Z", "to": "2021-02-18T06:37:00Z"}]),
        ("Questions", [{"from": "2021-02-18T06:37:00Z", "to": "2021-02-18T07:41:00Z"}]),
        ("Dropped", []),
    ]


def test_attendance_is_told_by_how_it_was_counted(meeting: Meeting) -> None:
    told = content_of(meeting, at=LATER)["attendance"]
    assert told["participants"] == {"guest": 1, "confirmed": 0}
    assert told["bodies"] == []
    assert [body["name"]["ru"] for body in told["speaking_bodies"]] == ["Directorate"]
    assert told["screens"] == 45


def test_what_was_not_counted_is_not_told_as_nought(db: None) -> None:
    content = content_of(a_meeting(), at=LATER)
    assert (content["attendance"]["screens"], content["polls"]) == (None, None)


def test_each_question_is_in_one_outcome(meeting: Meeting) -> None:
    content = content_of(meeting, at=LATER)
    assert outcomes(content) == {"aloud": 1, "not_due": 2, "refused": 2, "withdrawn": 1}


def test_a_written_answer_is_told_in_its_languages_in_time_or_late(meeting: Meeting) -> None:
    unit = a_body("Unit")
    in_time, late = Question.objects.filter(meeting=meeting, state=QuestionState.ASSIGNED)
    a_written_answer(in_time, unit=unit)
    a_written_answer(late, unit=unit, is_late=True)
    content = content_of(meeting, at=LATER)
    told = outcomes(content)
    assert (told["in_time"], told["late"]) == (1, 1)
    row = next(row for row in content["questions"] if row["code"] == in_time.code)
    assert sorted(row["answers"][0]["texts"]) == ["kk", "ru"]


def test_a_merged_question_counts_as_the_one_it_was_joined_to(meeting: Meeting) -> None:
    target, joined = Question.objects.filter(meeting=meeting).order_by("serial")[:2]
    Question.objects.filter(pk=joined.pk).update(state=QuestionState.MERGED, merged_into=target)
    content = content_of(meeting, at=LATER)
    assert outcomes(content) == {"aloud": 2, "not_due": 1, "refused": 2, "withdrawn": 1}
    assert content["questions"][1]["merged_into"] == target.code


def test_a_formal_appeal_is_told_with_its_number_and_day(meeting: Meeting) -> None:
    question = Question.objects.filter(meeting=meeting, state=QuestionState.ASSIGNED).first()
    assert question is not None
    PassedOn.objects.create(question=question, number="ЖТ-2021-00123", on=DUE)
    Question.objects.filter(pk=question.pk).update(state=QuestionState.PASSED_ON)
    row = next(row for row in content_of(meeting, at=LATER)["questions"] if row["code"] == question.code)
    assert row["outcome"] == "passed_on"
    assert row["passed_on"] == {"number": "ЖТ-2021-00123", "on": "2021-03-12"}


def test_the_outcomes_are_the_classes_of_answer_coverage(meeting: Meeting) -> None:
    rows = classified(Scope(meeting=meeting.code), today=LATER.date())
    classes = Counter(OUTCOMES[row.coverage].value for row in rows)
    assert outcomes(content_of(meeting, at=LATER)) == classes


def test_a_written_answer_not_given_after_its_day_is_overdue(meeting: Meeting) -> None:
    assert outcomes(content_of(meeting, at=LATER + timedelta(days=60)))["overdue"] == 2


def test_nothing_of_a_hidden_name_or_an_abusive_text_is_kept(meeting: Meeting) -> None:
    kept = json.dumps(content_of(meeting, at=LATER), ensure_ascii=False)
    assert (SECRET_NAME in kept, ABUSE in kept, "Ойымнан" in kept) == (False, False, False)


def test_the_text_of_a_refusal_that_harms_nobody_is_kept(meeting: Meeting) -> None:
    texts = {row["refusal"]: row["text"] for row in content_of(meeting, at=LATER)["questions"]}
    assert (texts["not_a_question"], texts["abuse"]) == ("Бұл бір пікір ғана.", None)


def test_commitments_are_told_with_who_and_by_when(meeting: Meeting) -> None:
    made = a_commitment(meeting)
    told = content_of(meeting, at=LATER)["commitments"]
    assert [(row["code"], row["due"]) for row in told] == [(made.code, made.due_on.isoformat())]


def test_polls_are_told_once_an_app_registers_them(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polls, "_READERS", [])
    choice = polls.PollChoice({"kk": "Иә", "ru": "Да"}, 7)
    poll = polls.PollRecord(new_public_id(), {"ru": "Нужен ли центр?"}, NOON, END, [choice], 7, {"ru": "раз"})
    polls.register_polls(lambda asked: [poll] if asked == meeting else [])
    told = content_of(meeting, at=LATER)["polls"]
    assert told[0]["choices"] == [{"words": {"kk": "Иә", "ru": "Да"}, "ballots": 7}]


def test_each_question_passed_on_takes_no_query_of_its_own(db: None) -> None:
    meeting, counts = a_meeting(), []
    for states in (["passed_on"], ["passed_on"] * 3):
        Question.objects.all().delete()
        raw_questions(meeting, states)
        with CaptureQueriesContext(connection) as queries:
            content_of(meeting, at=LATER)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("number", [1, 300])
def test_reading_a_meeting_takes_the_same_queries_whatever_its_size(db: None, number: int) -> None:
    meeting = a_meeting(is_open=True)
    a_followed_agenda(meeting, a_body())
    a_commitment(meeting)
    raw_questions(meeting, [QuestionState.ANSWERED] * number, participant=a_guest(meeting))
    with CaptureQueriesContext(connection) as queries:
        content = content_of(meeting, at=LATER)
    assert (len(content["questions"]), len(queries)) == (number, READING)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(st.sampled_from([state.value for state in MANY_AT_ONCE]), max_size=25))
def test_the_outcomes_always_sum_up_to_what_was_asked(states: list[str]) -> None:
    meeting = Meeting.objects.first() or a_meeting()
    Answer.objects.all().delete()
    Question.objects.all().delete()
    raw_questions(meeting, states)
    told = outcomes(content_of(meeting, at=LATER))
    assert set(told) <= set(Outcome)
    assert told.total() == Question.objects.filter(meeting=meeting).count() == len(states)
