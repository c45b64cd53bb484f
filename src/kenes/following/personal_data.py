"""A person's part: what their address follows, and the contacts left with their questions."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.following.actions import end_subscription
from kenes.following.queries import subscriptions_of_person_and_questions
from kenes.following.rules import clean_email
from kenes.notices.sealing import fingerprint, unseal
from kenes.questions.models import Question


def subscriptions_of_person(user: User) -> list[object]:
    """Return what the person follows and where they are told."""
    return [
        {
            "topic": each.topic,
            "about": each.topic_key,
            "to": unseal(each.sealed_address),
            "language": each.language,
            "asked": each.asked_at.isoformat(),
            "confirmed": each.confirmed_at.isoformat() if each.confirmed_at else None,
        }
        for each in subscriptions_of_person_and_questions(fingerprint(clean_email(user.email)), _codes(user))
    ]


def forget_person(user: User, *, at: datetime) -> None:
    """End all of it, with the addresses."""
    mark = fingerprint(clean_email(user.email))
    for subscription in subscriptions_of_person_and_questions(mark, _codes(user)):
        end_subscription(subscription)


def _codes(user: User) -> list[str]:
    return list(Question.objects.filter(participant__user=user).values_list("code", flat=True))
