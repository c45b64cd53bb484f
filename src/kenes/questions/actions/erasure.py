"""Taking a person's name from the questions they asked."""

from datetime import datetime

from kenes.accounts.models import User
from kenes.live.writer import change_feeds
from kenes.questions.actions.moves import keep
from kenes.questions.models import Question


def forget_asker(user: User, *, at: datetime) -> None:
    """Blank the name on each question of the account's person; the rooms show it at once.

    The questions stay, with their answers. To be called before the participant is parted from
    the account.
    """
    named = Question.objects.filter(participant__user=user).exclude(asker_name="")
    with change_feeds(named.values_list("feed_id", flat=True)) as feeds:
        for question in named.order_by("pk"):
            question.asker_name = ""
            keep(question, feed=feeds[question.feed_id], fields=["asker_name"])
