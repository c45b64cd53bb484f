"""Brings a demonstration's question to the state it is to show, by the acts a moderator would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kenes.demo.cast import Cast
from kenes.demo.content.questions import DemoQuestion
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import (
    SpokenAnswer,
    answer_aloud,
    ask_question,
    assign_question,
    cast_vote,
    enter_question,
    hold_question,
    refuse_question,
    stage_question,
    withdraw_question,
)
from kenes.questions.models import Question
from kenes.questions.states import QuestionState as S

BETWEEN_QUESTIONS = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class Room:
    """A room to be filled: its meeting, who moderates and answers, and who votes."""

    meeting: Meeting
    cast: Cast
    answered_by: str
    assigned_to: Sequence[str]
    voters: Sequence[Participant]
    guests: Sequence[Participant]


def open_room(
    meeting: Meeting, cast: Cast, *, guests: int, at: datetime
) -> tuple[list[Participant], list[Participant]]:
    """Let the accounts and a number of guests join; return both."""
    voters = [
        join_meeting(meeting, name="", user=user, previous=None, at=at) for user in cast.people.values()
    ]
    crowd = [join_meeting(meeting, name="", user=None, previous=None, at=at) for _ in range(guests)]
    return voters, crowd


def fill_room(room: Room, questions: Sequence[DemoQuestion], *, at: datetime) -> None:
    """Ask, vote and moderate every question of the list, in its order, from `at` on."""
    asked = []
    for number, wanted in enumerate(questions):
        question = _ask(room, wanted, at=at + number * BETWEEN_QUESTIONS)
        _vote(room, question, wanted, at=at + number * BETWEEN_QUESTIONS)
        asked.append((question, wanted))
    after = at + len(questions) * BETWEEN_QUESTIONS
    # What is on stage is staged last: staging takes the one before it off.
    for question, wanted in sorted(asked, key=lambda pair: pair[1].state == S.STAGED):
        question.refresh_from_db()
        _bring(room, question, wanted, at=after)


def _ask(room: Room, wanted: DemoQuestion, *, at: datetime) -> Question:
    if wanted.channel in {"phone", "paper"}:
        return enter_question(
            room.meeting,
            by=room.cast.moderator,
            channel=wanted.channel,
            name=wanted.name,
            text=wanted.text,
            language=wanted.language,
            is_anonymous=wanted.is_anonymous,
            at=at,
        )
    asker = join_meeting(room.meeting, name=wanted.name, user=None, previous=None, at=at)
    return ask_question(
        room.meeting,
        participant=asker,
        text=wanted.text,
        language=wanted.language,
        is_anonymous=wanted.is_anonymous,
        at=at,
    )


def _vote(room: Room, question: Question, wanted: DemoQuestion, *, at: datetime) -> None:
    confirmed, guests = wanted.votes
    for participant in [*room.voters[:confirmed], *room.guests[:guests]]:
        cast_vote(question, participant=participant, at=at)


def _bring(room: Room, question: Question, wanted: DemoQuestion, *, at: datetime) -> None:
    by = room.cast.moderator
    match wanted.state:
        case S.HELD:
            hold_question(question, by=by, at=at)
        case S.STAGED:
            stage_question(question, by=by, at=at)
        case S.ANSWERED:
            _answer(room, question, wanted, at=at)
        case S.ASSIGNED:
            _assign(room, question, at=at)
        case S.REFUSED:
            refuse_question(question, by=by, at=at, ground=wanted.reason, reason="")
        case S.WITHDRAWN:
            withdraw_question(question, at=at)
        case _:
            pass


def _answer(room: Room, question: Question, wanted: DemoQuestion, *, at: datetime) -> None:
    stage_question(question, by=room.cast.moderator, at=at)
    spoken = SpokenAnswer(
        answered_by=room.answered_by,
        summary=wanted.answer,
        language=wanted.language,
        second=1800 + 95 * question.serial,
    )
    answer_aloud(question, by=room.cast.moderator, at=at, spoken=spoken)


def _assign(room: Room, question: Question, *, at: datetime) -> None:
    key = room.assigned_to[question.serial % len(room.assigned_to)]
    assign_question(question, organisation=room.cast.bodies[key], by=room.cast.moderator, at=at)
