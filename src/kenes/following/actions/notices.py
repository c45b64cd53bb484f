"""Noting that askers were told of extensions and of passing on, once the message to them has left."""

from datetime import datetime

from kenes.deadlines.actions import note_told
from kenes.deadlines.models import Notice
from kenes.deadlines.queries import notices_owed
from kenes.deadlines.states import NoticeWay
from kenes.following.queries import own_subscription
from kenes.following.states import SubscriptionState
from kenes.notices.models import Message
from kenes.questions.models import Question
from kenes.questions.states import HAS_PAGE, Channel

# Who asked by one of these without an address has the question's page, and nothing else, to be told by.
ASKED_ON_SCREEN = frozenset({Channel.ROOM, Channel.SITE})


def note_askers_told() -> int:
    """Note of each notice owed that the server has told the asker, where it has; return how many.

    What was asked by phone or on paper without an address waits for a person who tells and notes it.
    """
    noted = 0
    for notice in notices_owed(object_kind="question"):
        question = Question.objects.filter(code=notice.term.object_id).first()
        told = _told(notice, question) if question else None
        if told is not None:
            way, when = told
            note_told(notice, way=way, by=None, at=when)
            noted += 1
    return noted


def _told(notice: Notice, question: Question) -> tuple[NoticeWay, datetime] | None:
    subscription = own_subscription(question.code)
    since = notice.event.at
    if subscription is not None and subscription.state == SubscriptionState.RUNNING:
        prefix = f"follow:{subscription.public_id}:"
        sent = Message.objects.filter(key__startswith=prefix, created_at__gte=since, sent_at__isnull=False)
        first = sent.order_by("sent_at").values_list("sent_at", flat=True).first()
        return None if first is None else (NoticeWay.MESSAGE, first)
    is_on_screen = question.channel in ASKED_ON_SCREEN and question.state in HAS_PAGE
    return (NoticeWay.PAGE, since) if is_on_screen else None
