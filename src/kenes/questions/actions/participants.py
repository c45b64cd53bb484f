"""What a guest did in a room goes over to the account they turned out to be."""

from kenes.live.writer import LockedFeed, change_feed
from kenes.programme.models import Participant
from kenes.questions.actions.moves import keep
from kenes.questions.models import Question, Vote


def merge_participants(guest: Participant, account: Participant) -> None:
    """Give the guest's questions and votes to the account's participant, in one version of the feed.

    A vote keeps the kind it was cast with; where both voted, the guest's vote is dropped.
    Registered with `programme.joining.on_merge`, which has locked the room's feed already.
    """
    with change_feed(guest.meeting.feed_id) as feed:
        _drop_double_votes(guest, account, feed=feed)
        Vote.objects.filter(participant=guest).update(participant=account)
        # The desk sees who asks: a guest or a signed-in person.
        for question in Question.objects.filter(participant=guest):
            question.participant = account
            keep(question, feed=feed, fields=["participant"])


def _drop_double_votes(guest: Participant, account: Participant, *, feed: LockedFeed) -> None:
    of_account = Vote.objects.filter(participant=account).values("question")
    double = Vote.objects.filter(participant=guest, question__in=of_account).select_related("question")
    for vote in list(double):
        question, counted = vote.question, f"votes_{vote.kind}"
        vote.delete()
        setattr(question, counted, getattr(question, counted) - 1)
        keep(question, feed=feed, fields=[counted])
