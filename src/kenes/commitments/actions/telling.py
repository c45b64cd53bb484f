"""E-mails to the people of executing bodies, written into the outbox; each wish has a key of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models import User
from kenes.commitments.models import Commitment, Executor, Move, Progress
from kenes.commitments.queries import (
    executors_people,
    keepers_people,
    open_due_between,
    people_of,
    promise_in,
)
from kenes.core.moments import weekday_and_date
from kenes.deadlines.models import TermEntry
from kenes.notices.actions import send_mail_later

DUE_SOON = timedelta(days=7)
# A worker that stood still so long still tells of what passed its date; later nobody is surprised.
LATE_TOLD = timedelta(days=14)

MADE_SUBJECT = _("A commitment to be kept by %(due)s: %(code)s")
MADE_BODY = _("Your body is to keep a commitment by %(due)s. Report what is done on its page.")
SOON_SUBJECT = _("Due on %(due)s: %(code)s")
SOON_BODY = _("A commitment of your body is due on %(due)s. Report it as done with something that shows it.")
LATE_SUBJECT = _("Late since %(due)s: %(code)s")
LATE_BODY = _("A commitment of your body was due on %(due)s. Everybody can see that it is late.")
ADDED_SUBJECT = _("Your body takes part in a commitment: %(code)s")
MOVED_SUBJECT = _("Due on another day, %(due)s: %(code)s")
MOVED_BODY = _("The date of a commitment of your body was moved: it is due on %(due)s. Why: %(reason)s")
MOVED_UNSAID_BODY = _("The date of a commitment of your body was moved: it is due on %(due)s.")
CANCELLED_SUBJECT = _("Cancelled: %(code)s")
CANCELLED_BODY = _("A commitment of your body was cancelled. Why: %(reason)s")
ACCEPTED_SUBJECT = _("Accepted as kept: %(code)s")
ACCEPTED_BODY = _("What your body reported as done was accepted as kept.")
SUBMITTED_SUBJECT = _("To be accepted: %(code)s")
SUBMITTED_BODY = _("It was reported as done. Look at what shows it, then accept or return it.")
RETURNED_SUBJECT = _("Returned: %(code)s")
RETURNED_BODY = _("What your body reported as done was returned. It is due on %(due)s. Why: %(reason)s")


@dataclass(frozen=True, slots=True)
class News:
    """What is told: under which key, in which words; `reason` is what somebody gave for it."""

    key: str
    subject: Promise
    body: Promise
    reason: str = ""


def tell_made(commitment: Commitment, *, at: datetime) -> None:
    """Tell the executors' people of a commitment just made."""
    _tell(commitment, News(f"made:{commitment.code}", MADE_SUBJECT, MADE_BODY), at=at)


def tell_added(commitment: Commitment, added: Executor, *, at: datetime) -> None:
    """Tell the people of a body that it takes part from now on."""
    people = people_of([added.organisation], on=timezone.localdate(at))
    news = News(f"added:{commitment.code}:{added.pk}", ADDED_SUBJECT, MADE_BODY)
    _tell_people(commitment, news, people, at=at)


def tell_moved(commitment: Commitment, line: TermEntry, *, at: datetime) -> None:
    """Tell the executors' people of another date, and why if it was said."""
    body = MOVED_BODY if line.reason else MOVED_UNSAID_BODY
    news = News(f"moved:{commitment.code}:{line.pk}", MOVED_SUBJECT, body, line.reason)
    _tell(commitment, news, at=at)


def tell_cancelled(commitment: Commitment, *, at: datetime, reason: str) -> None:
    """Tell the executors' people that nothing more is to be done, and why."""
    news = News(f"cancelled:{commitment.code}", CANCELLED_SUBJECT, CANCELLED_BODY, reason)
    _tell(commitment, news, at=at)


def tell_accepted(commitment: Commitment, *, at: datetime) -> None:
    """Tell the executors' people that a second person found it kept."""
    _tell(commitment, News(f"accepted:{commitment.code}", ACCEPTED_SUBJECT, ACCEPTED_BODY), at=at)


def tell_returned(commitment: Commitment, move: Move, *, at: datetime) -> None:
    """Tell the executors' people that what they submitted was returned, and why."""
    news = News(f"returned:{commitment.code}:{move.pk}", RETURNED_SUBJECT, RETURNED_BODY, move.reason)
    _tell(commitment, news, at=at)


def tell_submitted(commitment: Commitment, submission: Progress, *, at: datetime) -> None:
    """Tell those who see to the commitment that it waits for them; never who submitted it."""
    keepers = keepers_people(commitment, on=timezone.localdate(at))
    people = [person for person in keepers if person.pk != submission.by_id]
    news = News(f"submitted:{commitment.code}:{submission.pk}", SUBMITTED_SUBJECT, SUBMITTED_BODY)
    _tell_people(commitment, news, people, at=at)


def tell_of_dates(*, at: datetime) -> int:
    """Tell of commitments due within a week and of those that became late; return how many of both.

    Each date is told once to each person, however often this runs.
    """
    today = timezone.localdate(at)
    soon = open_due_between(today, today + DUE_SOON)
    late = open_due_between(today - LATE_TOLD, today - timedelta(days=1))
    told = _tell_all(soon, News("due-soon", SOON_SUBJECT, SOON_BODY), at=at)
    return told + _tell_all(late, News("overdue", LATE_SUBJECT, LATE_BODY), at=at)


def _tell_all(commitments: Iterable[Commitment], news: News, *, at: datetime) -> int:
    found = list(commitments)
    for commitment in found:
        key = f"{news.key}:{commitment.code}:{commitment.due_on}"
        _tell(commitment, replace(news, key=key), at=at)
    return len(found)


def _tell(commitment: Commitment, news: News, *, at: datetime) -> None:
    _tell_people(commitment, news, executors_people(commitment, on=timezone.localdate(at)), at=at)


def _tell_people(commitment: Commitment, news: News, people: Iterable[User], *, at: datetime) -> None:
    for person in people:
        subject, body = _in_words(commitment, person, news)
        send_mail_later(
            key=f"commitment-{news.key}:{person.pk}",
            to=person.email,
            language=person.language,
            subject=subject,
            body=body,
            at=at,
        )


def _in_words(commitment: Commitment, person: User, news: News) -> tuple[str, str]:
    with translation.override(person.language):
        due = weekday_and_date(commitment.due_on)
        values = {"code": commitment.code, "due": due, "reason": news.reason}
        subject, body = (str(text) % values for text in (news.subject, news.body))
    address = f"{settings.PUBLIC_URL}/c/{commitment.code}"
    work = f"{settings.PUBLIC_URL}/{person.language}/work/commitments/{commitment.code}/"
    return subject, "\n\n".join([promise_in(commitment, person.language).text, body, work, address])
