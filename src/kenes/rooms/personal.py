"""A participant's own page of a room, put into words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kenes.core.languages import LocalizedText, localized
from kenes.live.contracts import Claim, Stream
from kenes.programme.models import Meeting
from kenes.questions.live import own_part, question_page
from kenes.questions.models import Question
from kenes.questions.queries import own_questions
from kenes.questions.receipts import receipt_secret
from kenes.questions.states import RefusalGround
from kenes.rooms.pages import begins_in_words
from kenes.rooms.queries import room_of
from kenes.rooms.rows import QuestionWords, question_in_words
from kenes.rooms.rules import takes_votes
from kenes.rooms.words import room_words


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """An own question with its receipt's secret and what became of it."""

    question: QuestionWords
    state: str
    state_words: str
    secret: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """What the template shows; `voted` holds the codes the participant voted for."""

    code: str
    title: LocalizedText
    state: str
    begins: str
    ask: str
    vote: str
    publishing: str
    own: Sequence[OwnQuestion]
    voted: Collection[str]
    questions: Sequence[QuestionWords]
    takes_votes: bool
    order: str
    more: str


def personal_page(meeting: Meeting, *, claim: Claim | None, order: str, after: str) -> PersonalPage:
    """Return the page of whoever the claim names; without one, of a newcomer. Raises: CursorUnknown."""
    words = room_words(meeting.zone)
    own: Mapping[str, Any] = own_part(claim, using="default") if claim else {"questions": [], "votes": []}
    listed = question_page(room_of(meeting), order=order, after=after, stream=Stream.PUBLIC, using="default")
    return PersonalPage(
        code=meeting.code,
        title=localized(meeting, "title"),
        state=meeting.state,
        begins=begins_in_words(meeting),
        ask=meeting.who_may_ask,
        vote=meeting.who_may_vote,
        publishing=meeting.publishing,
        own=_own(own["questions"], _asked(claim), words),
        voted=frozenset(own["votes"]),
        questions=[question_in_words(row, words) for row in listed["rows"]],
        takes_votes=takes_votes(meeting),
        order=order,
        more=f"?order={order}&after={listed['after']}" if listed["after"] else "",
    )


def _asked(claim: Claim | None) -> dict[str, Question]:
    rows = own_questions(claim.participant_id, using="default") if claim else ()
    return {question.code: question for question in rows}


def _own(
    rows: Sequence[Mapping[str, Any]], asked: Mapping[str, Question], words: Mapping[str, Any]
) -> list[OwnQuestion]:
    return [
        OwnQuestion(
            question=question_in_words(row, words),
            state=asked[row["code"]].state,
            state_words=words["own_states"].get(asked[row["code"]].state, ""),
            secret=receipt_secret(asked[row["code"]]),
            ground=str(RefusalGround(row["refusal"]).label) if row["refusal"] else "",
            reason=row["reason"],
        )
        for row in rows
        if row["code"] in asked
    ]
