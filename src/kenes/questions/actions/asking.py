"""Asking: by the people in the room, in batches, and by an operator for somebody else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from kenes.accounts.models import User
from kenes.core.errors import KenesError
from kenes.core.sets import add_to_columns, insert_ignoring, insert_rows
from kenes.live.contracts import Act, FeedChange, Result
from kenes.live.writer import change_feed
from kenes.programme.models import Meeting, Participant
from kenes.programme.states import Audience, MeetingState, ParticipantKind, Publishing
from kenes.questions.actions.assignments import give_late_to_hosts
from kenes.questions.actions.leaves import log_registered
from kenes.questions.actions.verdicts import Person, meetings_of, people_of, refused, settled, single_act
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

_DEFAULTS = {field.attname: field.get_default() for field in Question._meta.concrete_fields}
_FIELDS = tuple(name for name in _DEFAULTS if name != Question._meta.pk.attname)


def ask_questions(acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> list[Result]:
    """Register the questions of a batch; results in order, refusals per act.

    The body (`rules.clean_asked`) has `text`, `language`, `anonymous`. A result's body holds the
    question's internal `id`, from which the writer's `present` makes the secret, and the hash of
    its leaf in the record's log with the time, from which it makes the signed receipt.
    Seven statements, and those of who listens, whatever the size of the batch.
    """
    meetings, people = meetings_of(acts), people_of(acts)
    asked: dict[int, Question] = {}
    results: dict[int, Result] = {}
    for place, act in enumerate(acts):
        try:
            asked[place] = _asked(act, meetings, people)
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
    words = clean_text(text)
    told = {
        "channel": channel,
        "asker_name": clean_name(name),
        "text": words,
        "language": clean_language(language),
        "is_anonymous": is_anonymous,
        "asked_at": at,
    }
    with change_feed(meeting.feed_id) as feed:
        fresh = Meeting.objects.get(pk=meeting.pk)
        question = _new_question(fresh, state=_first_state(fresh, words), **told)
        question.entered_by = by
        _register([question], {feed.feed_id: feed})
    return question


def _asked(act: Act, meetings: Mapping[int, Meeting], people: Mapping[int, Person]) -> Question:
    meeting = meetings.get(act.room.feed_id)
    if meeting is None:
        raise QuestionUnknown
    person = people.get(act.claim.participant_id)
    if person is None or person.meeting_id != meeting.pk:
        raise ParticipantLeft
    _refuse_by_policy(meeting, person)
    # Before and after the session its page takes questions too.
    channel = Channel.ROOM if meeting.state == MeetingState.OPEN else Channel.SITE
    return _new_question(
        meeting,
        state=_first_state(meeting, act.body["text"]),
        channel=channel,
        text=act.body["text"],
        language=act.body["language"],
        is_anonymous=act.body["anonymous"],
        participant_id=person.pk,
        asker_name=person.name,
        asked_at=act.at,
    )


def _new_question(meeting: Meeting, **values: object) -> Question:
    """Make a question, not yet in the database. Values by position cost a model a fifth of those by name."""
    given = _DEFAULTS | values | {"feed_id": meeting.feed_id, "meeting_id": meeting.pk}
    question = Question(*given.values())
    question.meeting = meeting
    return question


def _refuse_by_policy(meeting: Meeting, person: Person) -> None:
    if meeting.who_may_ask == Audience.NOBODY:
        raise AskingClosed
    if meeting.who_may_ask == Audience.CONFIRMED and person.kind != ParticipantKind.CONFIRMED:
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
    registered = list(questions)
    if not registered:
        return {}
    meetings: dict[int, Meeting] = {}
    for question in registered:
        meeting = meetings.setdefault(question.meeting_id, question.meeting)
        meeting.question_serial += 1
        question.serial = meeting.question_serial
        question.code = question_code(meeting.code, question.serial)
        question.folded = folded_question(question)
        feeds[meeting.feed_id].stamp(question, on=streams_of(question.state))
    serials = [(pk, meeting.question_serial) for pk, meeting in meetings.items()]
    add_to_columns(Meeting, [], ["question_serial"], serials)
    _insert(registered)
    leaves = log_registered(registered)
    if is_listened():
        tell([QuestionEvent(EventKind.REGISTERED, q, q.asked_at, q.entered_by) for q in registered])
    give_late_to_hosts(registered)
    return leaves


def _insert(questions: Sequence[Question]) -> None:
    rows = ([getattr(question, name) for name in _FIELDS] for question in questions)
    ids: dict[str, int] = dict(insert_ignoring(Question, _FIELDS, rows, returning=["code", "id"]))
    for question in questions:
        question.pk = ids[question.code]
        question._state.adding = False
    moves = ((q.pk, "", q.state, q.entered_by_id, q.asked_at, "") for q in questions)
    insert_rows(Move, ("question", "old", "new", "by", "at", "reason"), moves)


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
