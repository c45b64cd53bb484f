"""Votes: one for each question and participant, cast and taken back in batches."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kenes.core.errors import KenesError
from kenes.core.sets import add_to_columns, delete_matching, insert_ignoring, select_matching
from kenes.live.contracts import Act, FeedChange, Result
from kenes.live.writer import change_feed
from kenes.programme.models import Meeting, Participant
from kenes.programme.states import Audience, MeetingState, ParticipantKind
from kenes.questions.actions.verdicts import Person, people_of, refused, settled, single_act
from kenes.questions.codes import parse_code
from kenes.questions.errors import (
    ParticipantLeft,
    QuestionTakesNoVotes,
    QuestionUnknown,
    SignInToVote,
    VotingClosed,
)
from kenes.questions.models import Question, Vote
from kenes.questions.states import ON_PUBLIC_LIST, TAKES_VOTES


def cast_votes(acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> list[Result]:
    """Cast the votes of a batch; results in order, refusals per act.

    `target` is the question's code. A vote that stands already changes nothing and is answered
    like the first. One may vote for one's own question. Votes of a batch in one room take one
    version. Five statements, whatever the size of the batch, and one more to read the counts.
    """
    return _Batch(acts, feeds).run(is_casting=True)


def withdraw_votes(acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> list[Result]:
    """Take back the votes of a batch while their questions take votes; the same in all else."""
    return _Batch(acts, feeds).run(is_casting=False)


def cast_vote(question: Question, *, participant: Participant, at: datetime) -> Question:
    """Cast one vote; return the question with its counts.

    Raises: QuestionUnknown, QuestionTakesNoVotes, VotingClosed, SignInToVote, ParticipantLeft.
    """
    return _single(question, participant, at=at, is_casting=True)


def withdraw_vote(question: Question, *, participant: Participant, at: datetime) -> Question:
    """Take one vote back; return the question with its counts. Raises as `cast_vote`."""
    return _single(question, participant, at=at, is_casting=False)


def _single(question: Question, participant: Participant, *, at: datetime, is_casting: bool) -> Question:
    act = single_act("vote", question.meeting, participant, at=at, target=question.code)
    with change_feed(question.feed_id) as feed:
        result = _Batch([act], {feed.feed_id: feed}).run(is_casting=is_casting)[0]
    settled(result)
    question.refresh_from_db(fields=["votes_confirmed", "votes_guest", "version"])
    return question


@dataclass(slots=True)
class _Voted:
    """What a vote needs of its question; the counts are brought up to date as votes go in."""

    pk: int
    code: str
    state: str
    feed_id: int
    version: int
    confirmed: int
    guest: int


@dataclass(frozen=True, slots=True)
class _Room:
    """What a vote needs of its meeting."""

    pk: int
    state: str
    who_may_vote: str


class _Batch:
    """The acts of one batch with what they rest on: plain values, since there are thousands a second."""

    def __init__(self, acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> None:
        self.acts = acts
        self.feeds = feeds
        self.codes = [parse_code(act.target) for act in acts]
        self.rooms = _rooms_of(acts)
        self.voters = people_of(acts)
        self.questions = _questions_of(code for code in self.codes if code)

    def run(self, *, is_casting: bool) -> list[Result]:
        verdicts = [self._verdict(act, code) for act, code in zip(self.acts, self.codes, strict=True)]
        accepted = [
            (verdict, act)
            for verdict, act in zip(verdicts, self.acts, strict=True)
            if isinstance(verdict, _Voted)
        ]
        changed = self._insert(accepted) if is_casting else self._delete(accepted)
        self._count(changed, step=1 if is_casting else -1)
        return [
            _counted(self.questions[verdict.code], voted=is_casting)
            if isinstance(verdict, _Voted)
            else verdict
            for verdict in verdicts
        ]

    def _verdict(self, act: Act, code: str | None) -> _Voted | Result:
        try:
            return self._question_to_vote_for(act, code)
        except KenesError as error:
            return refused(error)

    def _question_to_vote_for(self, act: Act, code: str | None) -> _Voted:
        room = self.rooms.get(act.room.feed_id)
        question = self.questions.get(code or "")
        if room is None or question is None or question.feed_id != act.room.feed_id:
            raise QuestionUnknown
        if question.state not in ON_PUBLIC_LIST:
            raise QuestionUnknown
        voter = self.voters.get(act.claim.participant_id)
        if voter is None or voter.meeting_id != room.pk:
            raise ParticipantLeft
        _refuse_by_policy(room, voter)
        if question.state not in TAKES_VOTES:
            raise QuestionTakesNoVotes
        return question

    def _insert(self, accepted: Sequence[tuple[_Voted, Act]]) -> Sequence[tuple[int, str]]:
        rows = [
            (question.pk, act.claim.participant_id, self.voters[act.claim.participant_id].kind, act.at)
            for question, act in accepted
        ]
        fields = ["question", "participant", "kind", "at"]
        return insert_ignoring(Vote, fields, rows, returning=["question", "kind"]) if rows else []

    @staticmethod
    def _delete(accepted: Sequence[tuple[_Voted, Act]]) -> Sequence[tuple[int, str]]:
        rows = [(question.pk, act.claim.participant_id) for question, act in accepted]
        fields = ["question", "participant"]
        return delete_matching(Vote, fields, rows, returning=["question", "kind"]) if rows else []

    def _count(self, changed: Sequence[tuple[int, str]], *, step: int) -> None:
        """Add what really changed to the counts and give each question its feed's version."""
        sums = Counter(changed)
        by_id = {question.pk: question for question in self.questions.values()}
        rows = []
        for key in {question_id for question_id, _kind in changed}:
            question = by_id[key]
            confirmed = step * sums[key, ParticipantKind.CONFIRMED]
            guest = step * sums[key, ParticipantKind.GUEST]
            question.confirmed += confirmed
            question.guest += guest
            question.version = self.feeds[question.feed_id].version
            rows.append((key, confirmed, guest, question.version))
        if rows:
            add_to_columns(Question, ["votes_confirmed", "votes_guest"], ["version"], rows)


def _rooms_of(acts: Sequence[Act]) -> dict[int, _Room]:
    """Return the acts' rooms by feed."""
    feeds = {act.room.feed_id for act in acts}
    found = select_matching(Meeting, ("feed", "id", "state", "who_may_vote"), by="feed", values=feeds)
    return {feed_id: _Room(pk, state, audience) for feed_id, pk, state, audience in found}


def _questions_of(codes: Iterable[str]) -> dict[str, _Voted]:
    """Return the questions by code."""
    names = ("id", "code", "state", "feed", "version", "votes_confirmed", "votes_guest")
    found = select_matching(Question, names, by="code", values=set(codes))
    return {row[1]: _Voted(*row) for row in found}


def _refuse_by_policy(room: _Room, voter: Person) -> None:
    if room.who_may_vote == Audience.NOBODY or room.state == MeetingState.CLOSED:
        raise VotingClosed
    if room.who_may_vote == Audience.CONFIRMED and voter.kind != ParticipantKind.CONFIRMED:
        raise SignInToVote


def _counted(question: _Voted, *, voted: bool) -> Result:
    body = {
        "code": question.code,
        "votes": {"confirmed": question.confirmed, "guest": question.guest},
        "voted": voted,
        "version": question.version,
    }
    return Result(status=200, body=body)
