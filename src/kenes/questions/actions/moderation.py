"""What a moderator does with a question, and its asker's withdrawal."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.live.writer import LockedFeed
from kenes.questions.actions.leaves import OBJECT_KIND
from kenes.questions.actions.merging import refuse_carrier
from kenes.questions.actions.moves import Doing, changing, keep, move, note
from kenes.questions.actions.parts import end_parts
from kenes.questions.actions.terms import end_assignment
from kenes.questions.errors import GroundUnknown, NothingChanged
from kenes.questions.models import Edit, Question
from kenes.questions.rules import clean_comment, clean_reason, clean_text, folded_question, is_text_shown
from kenes.questions.states import QuestionState, RefusalGround, Verb
from kenes.redaction.actions import require_reviewed


def publish_question(question: Question, *, by: User | None, at: datetime) -> None:
    """Put a held question on the public list. Raises: MoveNotAllowed, MeetingIsClosed."""
    doing = Doing(Verb.PUBLISH, by, at)
    with changing(question, doing) as feed:
        move(question, doing, feed=feed)


def hold_question(question: Question, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Take an open question off the public list until a moderator decides. Its votes stay.

    Raises: MoveNotAllowed, MeetingIsClosed.
    """
    doing = Doing(Verb.HOLD, by, at, clean_comment(reason))
    with changing(question, doing) as feed:
        move(question, doing, feed=feed)


def refuse_question(
    question: Question, *, by: User | None, at: datetime, ground: str, reason: str = ""
) -> None:
    """Refuse a question on a ground of the list; the reason is told to its asker.

    Raises: GroundUnknown, MoveNotAllowed.
    """
    if ground not in RefusalGround.values:
        raise GroundUnknown
    doing = Doing(Verb.REFUSE, by, at, clean_comment(reason))
    with changing(question, doing) as feed:
        question.refusal_ground = ground
        end_assignment(question, at=at)
        end_parts(question, at=at)
        move(question, doing, feed=feed, fields=["refusal_ground"], detail={"ground": ground})


def overrule_refusal(question: Question, *, by: User | None, at: datetime, reason: str) -> None:
    """Put a refused question on the public list after all.

    Raises: ReasonMissing, MoveNotAllowed, MeetingIsClosed (then it is assigned instead).
    """
    doing = Doing(Verb.OVERRULE, by, at, clean_reason(reason))
    with changing(question, doing) as feed:
        question.refusal_ground = ""
        move(question, doing, feed=feed, fields=["refusal_ground"])


def edit_question(question: Question, *, text: str, by: User | None, at: datetime, reason: str = "") -> None:
    """Change a question's text; the old text is kept and the question is marked as edited.

    Raises: TextTooShort, TextTooLong, TextUnreadable, NothingChanged, MoveNotAllowed,
    UnreviewedPersonalData (where the public reads it).
    """
    cleaned = clean_text(text)
    doing = Doing(Verb.EDIT, by, at, clean_comment(reason))
    with changing(question, doing) as feed:
        if cleaned == question.text:
            raise NothingChanged
        if is_text_shown(question):
            require_reviewed(OBJECT_KIND, question.code, "text", cleaned)
        Edit.objects.create(
            question=question, old_text=question.text, new_text=cleaned, reason=doing.reason, by=by, at=at
        )
        question.text, question.edited_at = cleaned, at
        question.folded = folded_question(question)
        keep(question, feed=feed, fields=["text", "folded", "edited_at"])
        note(question, doing, detail={}, text=cleaned)


def stage_question(question: Question, *, by: User | None, at: datetime) -> None:
    """Put an open question to the speaker; what was on stage goes back to the list.

    Raises: MoveNotAllowed, MeetingIsClosed.
    """
    doing = Doing(Verb.STAGE, by, at)
    with changing(question, doing) as feed:
        _clear_stage(question, feed=feed, doing=Doing(Verb.UNSTAGE, by, at))
        move(question, doing, feed=feed)


def unstage_question(question: Question, *, by: User | None, at: datetime) -> None:
    """Take a question off the stage, back to the list. Raises: MoveNotAllowed, MeetingIsClosed."""
    doing = Doing(Verb.UNSTAGE, by, at)
    with changing(question, doing) as feed:
        move(question, doing, feed=feed)


def withdraw_question(question: Question, *, at: datetime, by: User | None = None) -> None:
    """Withdraw a question for its asker, who has shown the receipt's secret or is the participant.

    Raises: MoveNotAllowed, CarriesOthers.
    """
    doing = Doing(Verb.WITHDRAW, by, at)
    with changing(question, doing) as feed:
        refuse_carrier(question)
        end_assignment(question, at=at)
        end_parts(question, at=at)
        move(question, doing, feed=feed)


def _clear_stage(question: Question, *, feed: LockedFeed, doing: Doing) -> None:
    on_stage = Question.objects.filter(meeting=question.meeting_id, state=QuestionState.STAGED)
    for other in on_stage:
        move(other, doing, feed=feed)
