"""Acts on questions as the engine would bring them, and short ways to a question in a state."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from factories import NOON, a_body, a_user
from kenes.accounts.models import User
from kenes.live.contracts import Act, Claim, Result, Room
from kenes.live.writer import change_feeds
from kenes.organisations.models import Organisation
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions
from kenes.questions.actions import SpokenAnswer, WrittenAnswer
from kenes.questions.models import Question
from kenes.questions.states import UNDER_WORK, QuestionState, Verb

ANOTHER = "Another question of the hall?"
DUE = date(2021, 3, 5)
WRITTEN = WrittenAnswer(
    texts={"kk": "Орталық күзде ашылады.", "ru": "Центр откроется осенью."},
    language="ru",
    answered_by="Head of the Directorate",
    promise="none",
)
SPOKEN = SpokenAnswer("Chairman of the Committee", "The plan has 55 points.", "en", second=754)


def an_act(name: str, meeting: Meeting, participant: Participant, *, target: str = "", **body: Any) -> Act:
    return Act(
        name=name,
        room=Room(meeting.code, meeting.feed_id),
        claim=Claim(participant.pk, participant.kind, meeting.feed_id),
        target=target,
        body=body,
        key=uuid4(),
        digest=b"",
        at=NOON,
    )


def ask_act(meeting: Meeting, participant: Participant, text: str = "When will it open?", **more: Any) -> Act:
    return an_act("ask", meeting, participant, **{"text": text, "language": "en", "anonymous": False, **more})


def vote_act(question: Question, participant: Participant) -> Act:
    return an_act("vote", question.meeting, participant, target=question.code)


def committed(batch: Any, acts: Sequence[Act]) -> list[Result]:
    with change_feeds(act.room.feed_id for act in acts) as feeds:
        return list(batch(acts, feeds))


def guests(meeting: Meeting, number: int) -> list[Participant]:
    return [
        join_meeting(meeting, name=f"Guest {place}", user=None, previous=None, at=NOON)
        for place in range(number)
    ]


def a_confirmed(meeting: Meeting, name: str = "signed-in") -> Participant:
    return join_meeting(meeting, name=name, user=a_user(name), previous=None, at=NOON)


def ask(participant: Participant, text: str = "When will the centre open?", **fields: Any) -> Question:
    values: dict[str, Any] = {"language": "en", "is_anonymous": False, "at": NOON, **fields}
    return actions.ask_question(participant.meeting, participant=participant, text=text, **values)


def a_question(state: str, participant: Participant, unit: Organisation, **fields: Any) -> Question:
    """Return a question brought to the state by the actions."""
    question = ask(participant, **fields)
    at = NOON + timedelta(minutes=1)
    match state:
        case QuestionState.HELD | QuestionState.STAGED:
            by_state = {"held": actions.hold_question, "staged": actions.stage_question}
            by_state[state](question, by=None, at=at)
        case QuestionState.ANSWERED:
            actions.answer_aloud(question, by=None, at=at, spoken=SPOKEN)
        case QuestionState.REFUSED:
            actions.refuse_question(question, by=None, at=at, ground="off_topic", reason="Asked elsewhere.")
        case QuestionState.WITHDRAWN:
            actions.withdraw_question(question, at=at)
        case QuestionState.MERGED:
            actions.merge_question(question, into=ask(participant, "A like one?"), by=None, at=at)
        case QuestionState.PASSED_ON:
            actions.pass_on_question(question, number="ЖТ-2021-100", on=NOON.date(), by=None, at=at)
        case _:
            write(question, unit, until=state)
    question.refresh_from_db()
    return question


def write(question: Question, unit: Organisation, *, until: str) -> None:
    """Bring an open question along the way of a written answer until it is in the state."""
    at = NOON + timedelta(minutes=1)
    steps: dict[str, Any] = {
        "assigned": lambda: actions.assign_question(question, organisation=unit, due_on=DUE, by=None, at=at),
        "drafted": lambda: actions.submit_draft(question, by=None, at=at),
        "cleared": lambda: actions.clear_answer(question, by=None, at=at),
        "answered": lambda: actions.answer_in_writing(question, written=WRITTEN, by=None, at=at),
    }
    for state in [*steps] if until in steps else []:
        steps[state]()
        if state == until:
            return


def minutes_later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def do(verb: Verb, question: Question, by: User | None = None) -> None:
    """Do the verb ten minutes later, with what it asks for; it merges into the question `ANOTHER`."""
    who: dict[str, Any] = {"by": by, "at": minutes_later(10)}
    another = Question.objects.filter(text=ANOTHER).first()
    deeds: dict[Verb, Any] = {
        Verb.PUBLISH: lambda: actions.publish_question(question, **who),
        Verb.HOLD: lambda: actions.hold_question(question, **who),
        Verb.REFUSE: lambda: actions.refuse_question(question, ground="off_topic", **who),
        Verb.OVERRULE: lambda: actions.overrule_refusal(question, reason="It is on topic.", **who),
        Verb.EDIT: lambda: actions.edit_question(question, text="In other words?", **who),
        Verb.STAGE: lambda: actions.stage_question(question, **who),
        Verb.UNSTAGE: lambda: actions.unstage_question(question, **who),
        Verb.ANSWER_ALOUD: lambda: actions.answer_aloud(question, spoken=SPOKEN, **who),
        Verb.RETRACT_ANSWER: lambda: actions.retract_answer(question, reason="The wrong one.", **who),
        Verb.ASSIGN: lambda: actions.assign_question(
            question, organisation=a_body("Another directorate"), **who
        ),
        Verb.ACCEPT: lambda: actions.accept_assignment(question, **who),
        Verb.DECLINE: lambda: actions.decline_assignment(question, reason="Not our field.", **who),
        Verb.CHANGE_DUE_DATE: lambda: actions.change_question_due_date(
            question, due_on=date(2021, 3, 1), **who
        ),
        Verb.EXTEND: lambda: actions.extend_due_date(question, count=2, reason="An inquiry.", **who),
        Verb.PAUSE: lambda: actions.pause_due_date(question, reason="Papers are awaited.", **who),
        Verb.RESUME: lambda: actions.resume_due_date(question, **who),
        Verb.PASS_PART: lambda: actions.pass_part_on(
            question, organisation=a_body("Another directorate"), subject="The second point.", **who
        ),
        Verb.TELL_ASKER: lambda: actions.note_asker_told(question, way="phone", **who),
        Verb.SUBMIT_DRAFT: lambda: actions.submit_draft(question, **who),
        Verb.SEND_BACK: lambda: actions.send_back(question, reason="It answers another.", **who),
        Verb.CLEAR: lambda: actions.clear_answer(question, **who),
        Verb.ANSWER_IN_WRITING: lambda: actions.answer_in_writing(question, written=WRITTEN, **who),
        Verb.MERGE: lambda: actions.merge_question(question, into=another, **who),
        Verb.UNMERGE: lambda: actions.unmerge_question(question, reason="It asks more.", **who),
        Verb.PASS_ON: lambda: actions.pass_on_question(question, number="ЖТ-7", on=NOON.date(), **who),
        Verb.WITHDRAW: lambda: actions.withdraw_question(question, **who),
        Verb.REOPEN: lambda: actions.reopen_question(question, reason="No date was named.", **who),
        Verb.RATE: lambda: actions.rate_answer(question, score=4, **who),
    }
    deeds[verb]()


def prepare(verb: Verb, question: Question) -> None:
    """Let be there what an act follows: a clock that stands, something that is to be told."""
    if question.state in UNDER_WORK and verb is Verb.RESUME:
        actions.pause_due_date(question, by=None, at=minutes_later(5), reason="Papers are awaited.")
    if question.state in UNDER_WORK and verb is Verb.TELL_ASKER:
        actions.extend_due_date(question, count=2, by=None, at=minutes_later(5), reason="An inquiry.")
