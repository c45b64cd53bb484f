"""Asking: by the people in the room, in batches, and by an operator for somebody else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kenes.accounts.models import User
from kenes.core.errors import KenesError
from kenes.core.sets import add_to_columns, insert_ignoring
from kenes.live.contracts import Act, FeedChange, Result
from kenes.live.writer import change_feed
from kenes.programme.models import Meeting, Participant
from kenes.programme.states import Audience, MeetingState, ParticipantKind, Publishing
from kenes.questions.actions.assignments import give_late_to_hosts
from kenes.questions.actions.leaves import log_registered
from kenes.questions.actions.verdicts import meetings_of, participants_of, refused, settled, single_act
from kenes.questions.codes import question_code
from kenes.questions.errors import AskingClosed, ChannelUnknown, ParticipantLeft, QuestionUnknown, SignInToAsk
from kenes.questions.events import EventKind, QuestionEvent, is_listened, tell
from kenes.questions.models import Move, Question
from kenes.questions.rules import (
    clean_asked,
    clean_language,
    clean_name,
    clean_text,
    folded_question,
    is_held_for_personal_data,
    streams_of,
)
from kenes.questions.states import Channel, QuestionState
from kenes.redaction.rules import has_sure_hit

_FIELDS = tuple(field.attname for field in Question._meta.concrete_fields if not field.primary_key)


def ask_questions(acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> list[Result]:
    """Register the questions of a batch; results in order, refusals per act.

    The body (`rules.clean_asked`) has `text`, `language`, `anonymous`. A result's body holds the
    question's internal `id`, from which the writer's `present` makes the secret, and the hash of
    its leaf in the record's log with the time, from which it makes the signed receipt.
    Seven statements, and those of who listens, whatever the size of the batch.
    """
    meetings, participants = meetings_of(acts), participants_of(acts)
    asked: dict[int, Question] = {}
    results: dict[int, Result] = {}
    for place, act in enumerate(acts):
        try:
            asked[place] = _asked(act, meetings, participants)
        except KenesError as error:
            results[place] = refused(error)
    leaves = _register(asked.values(), feeds)
    results |= {place: _acknowledged(question, leaves[question.code]) for place, question in asked.items()}
    return [results[place] for place in range(len(acts))]


def ask_question(  # noqa: PLR0913 what a person says when asking
    meeting: Meeting,
    *,
    participant: Participant,
    text: str,
    language: str,
    is_anonymous: bool,
    at: datetime,
    key: UUID | None = None,
) -> Question:
    """Register one question of a participant.

    Raises: TextTooShort, TextTooLong, TextUnreadable, LanguageUnknown, AskingClosed, SignInToAsk.
    """
    body = clean_asked({"text": text, "language": language, "anonymous": is_anonymous})
    act = single_act("ask", meeting, participant, at=at, body=body, key=key)
    with change_feed(meeting.feed_id) as feed:
        result = ask_questions([act], {feed.feed_id: feed})[0]
    return Question.objects.get(pk=settled(result)["id"])


def enter_question(  # noqa: PLR0913 what an operator writes down
    meeting: Meeting,
    *,
    by: User | None,
    channel: str,
    name: str,
    text: str,
    language: str,
    is_anonymous: bool,
    at: datetime,
) -> Question:
    """Register a question that came by phone or on paper, entered by an operator.

    Who may ask in the room does not bind the operator; whether it waits for a moderator is the
    room's policy. Raises: ChannelUnknown and what `ask_question` raises of text and language.
    """
    if channel not in {Channel.PHONE, Channel.PAPER}:
        raise ChannelUnknown
    question = Question(
        channel=channel,
        asker_name=clean_name(name),
        text=clean_text(text),
        language=clean_language(language),
        is_anonymous=is_anonymous,
        entered_by=by,
        asked_at=at,
    )
    with change_feed(meeting.feed_id) as feed:
        fresh = Meeting.objects.get(pk=meeting.pk)
        question.meeting, question.feed_id, question.state = (
            fresh,
            fresh.feed_id,
            _first_state(fresh, question.text),
        )
        _register([question], {feed.feed_id: feed})
    return question


def _asked(act: Act, meetings: Mapping[int, Meeting], participants: Mapping[int, Participant]) -> Question:
    meeting = meetings.get(act.room.feed_id)
    if meeting is None:
        raise QuestionUnknown
    participant = participants.get(act.claim.participant_id)
    if participant is None or participant.meeting_id != meeting.pk:
        raise ParticipantLeft
    _refuse_by_policy(meeting, participant)
    return Question(
        meeting=meeting,
        feed_id=meeting.feed_id,
        state=_first_state(meeting, act.body["text"]),
        # Before and after the session its page takes questions too.
        channel=Channel.ROOM if meeting.state == MeetingState.OPEN else Channel.SITE,
        text=act.body["text"],
        language=act.body["language"],
        is_anonymous=act.body["anonymous"],
        participant=participant,
        asker_name=participant.name,
        asked_at=act.at,
    )


def _refuse_by_policy(meeting: Meeting, participant: Participant) -> None:
    if meeting.who_may_ask == Audience.NOBODY:
        raise AskingClosed
    if meeting.who_may_ask == Audience.CONFIRMED and participant.kind != ParticipantKind.CONFIRMED:
        raise SignInToAsk


def _first_state(meeting: Meeting, text: str) -> QuestionState:
    """A closed meeting still takes questions: they wait for a moderator, and it stays closed.

    So does a text in which personal data are sure, whatever the room's policy is.
    """
    is_late = meeting.state == MeetingState.CLOSED
    is_held = is_late or meeting.publishing == Publishing.HOLD or has_sure_hit(text)
    return QuestionState.HELD if is_held else QuestionState.OPEN


def _register(questions: Iterable[Question], feeds: Mapping[int, FeedChange]) -> dict[str, str]:
    """Give serials and codes, insert; return the hash of each question's leaf by its code."""
    by_meeting: dict[Meeting, list[Question]] = defaultdict(list)
    for question in questions:
        by_meeting[question.meeting].append(question)
    for meeting, asked in by_meeting.items():
        for question in asked:
            meeting.question_serial += 1
            question.serial = meeting.question_serial
            question.code = question_code(meeting.code, question.serial)
            question.folded = folded_question(question)
            feeds[meeting.feed_id].stamp(question, on=streams_of(question.state))
    if not by_meeting:
        return {}
    add_to_columns(Meeting, [], ["question_serial"], [(one.pk, one.question_serial) for one in by_meeting])
    registered = [question for asked in by_meeting.values() for question in asked]
    _insert(registered)
    leaves = log_registered(registered)
    if is_listened():
        tell([QuestionEvent(EventKind.REGISTERED, q, q.asked_at, q.entered_by) for q in registered])
    give_late_to_hosts(registered)
    return leaves


def _insert(questions: Sequence[Question]) -> None:
    rows = ([getattr(question, name) for name in _FIELDS] for question in questions)
    ids: dict[str, int] = dict(insert_ignoring(Question, _FIELDS, rows, returning=["code", "id"]))
    moves: list[Sequence[Any]] = []
    for question in questions:
        question.pk = ids[question.code]
        question._state.adding = False
        moves.append([question.pk, "", question.state, question.entered_by_id, question.asked_at, ""])
    insert_ignoring(Move, ["question", "old", "new", "by", "at", "reason"], moves, returning=["id"])


def _acknowledged(question: Question, leaf: str) -> Result:
    body = {
        "id": question.pk,
        "code": question.code,
        "state": question.state,
        "version": question.version,
        "leaf": leaf,
        "at": question.asked_at.isoformat(),
    }
    if is_held_for_personal_data(question):
        body["waits_for"] = "personal-data"
    return Result(status=201, body=body)
