"""Which apps add their part to a person's export and erasure."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.accounts.personal_data import register_personal_data
from kenes.following.personal_data import forget_person, subscriptions_of_person
from kenes.programme.actions import forget_participant
from kenes.programme.models import Participant
from kenes.questions.actions import forget_asker
from kenes.questions.models import Question, Vote
from kenes.record.models import Leaf
from kenes.redaction.actions import erase_originals
from kenes.redaction.models import Original


def register_parts() -> None:
    """Register the parts of the apps above accounts.

    Questions come first: they find the person through the participant, and they lock feeds,
    which are locked before any other row.
    """
    register_personal_data("questions", export=_questions_and_votes, erase=forget_asker)
    # While the participant is still tied to the account.
    register_personal_data("record", export=_leaves, erase=_keep_leaves)
    register_personal_data("redaction", export=_kept_originals, erase=_erase_originals)
    register_personal_data("following", export=subscriptions_of_person, erase=forget_person)
    register_personal_data("rooms", export=_rooms, erase=forget_participant)


def _own_codes(user: User) -> list[str]:
    return list(Question.objects.filter(participant__user=user).order_by("id").values_list("code", flat=True))


def _leaves(user: User) -> list[object]:
    leaves = Leaf.objects.filter(object_kind="question", object_id__in=_own_codes(user)).order_by("id")
    return [{"question": leaf.object_id, "kind": leaf.kind, "entry": leaf.digest} for leaf in leaves]


def _keep_leaves(user: User, *, at: datetime) -> None:
    """Nothing of the log is the person's: it names nobody, and their questions' texts stay provable.

    The commitments to what was taken out of a text go with its original, which `redaction` erases.
    """


def _kept_originals(user: User) -> list[object]:
    kept = Original.objects.filter(object_kind="question", object_id__in=_own_codes(user), erased_at=None)
    return [
        {"question": row.object_id, "kept_until": row.kept_until.isoformat()} for row in kept.order_by("id")
    ]


def _erase_originals(user: User, *, at: datetime) -> None:
    """What was taken out of this person's questions is kept for nobody any more."""
    erase_originals("question", _own_codes(user), at=at)


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
