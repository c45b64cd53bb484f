"""Which apps add their part to a person's export and erasure."""

from kenes.accounts.models import User
from kenes.accounts.personal_data import register_personal_data
from kenes.programme.actions import forget_participant
from kenes.programme.models import Participant
from kenes.questions.actions import forget_asker
from kenes.questions.models import Question, Vote


def register_parts() -> None:
    """Register the parts of the apps above accounts.

    Questions come first: they find the person through the participant, and they lock feeds,
    which are locked before any other row.
    """
    register_personal_data("questions", export=_questions_and_votes, erase=forget_asker)
    register_personal_data("rooms", export=_rooms, erase=forget_participant)


def _rooms(user: User) -> list[object]:
    rows = Participant.objects.filter(user=user).select_related("meeting").order_by("joined_at", "id")
    return [{"room": row.meeting.code, "name": row.name, "joined": row.joined_at.isoformat()} for row in rows]


def _questions_and_votes(user: User) -> dict[str, object]:
    questions = Question.objects.filter(participant__user=user).order_by("id")
    votes = Vote.objects.filter(participant__user=user).select_related("question").order_by("id")
    return {
        "asked": [
            {
                "code": question.code,
                "text": question.text,
                "language": question.language,
                "name": question.asker_name,
                "anonymous": question.is_anonymous,
                "at": question.asked_at.isoformat(),
                "state": question.state,
            }
            for question in questions
        ],
        "votes": [{"question": vote.question.code, "at": vote.at.isoformat()} for vote in votes],
    }
