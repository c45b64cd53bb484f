"""E-mails to the people of executing bodies, written into the outbox; each wish has a key of its own."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenes.accounts.models import User
from kenes.commitments.models import Commitment, Move
from kenes.commitments.queries import executors_people, open_due_between, promise_in
from kenes.core.moments import weekday_and_date
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
RETURNED_SUBJECT = _("Returned: %(code)s")
RETURNED_BODY = _("What your body reported as done was returned. It is due on %(due)s. Why: %(reason)s")


def tell_made(commitment: Commitment, *, at: datetime) -> None:
    """Tell the executors' people of a commitment just made."""
    _tell(commitment, f"made:{commitment.code}", (MADE_SUBJECT, MADE_BODY), at=at)


def tell_returned(commitment: Commitment, move: Move, *, at: datetime) -> None:
    """Tell the executors' people that what they submitted was returned, and why."""
    key = f"returned:{commitment.code}:{move.pk}"
    _tell(commitment, key, (RETURNED_SUBJECT, RETURNED_BODY), at=at, reason=move.reason)


def tell_of_dates(*, at: datetime) -> int:
    """Tell of commitments due within a week and of those that became late; return how many of both.

    Each date is told once to each person, however often this runs.
    """
    today = timezone.localdate(at)
    soon = open_due_between(today, today + DUE_SOON)
    late = open_due_between(today - LATE_TOLD, today - timedelta(days=1))
    told = _tell_all(soon, "due-soon", (SOON_SUBJECT, SOON_BODY), at=at)
    return told + _tell_all(late, "overdue", (LATE_SUBJECT, LATE_BODY), at=at)


def _tell_all(
    commitments: Iterable[Commitment], kind: str, words: tuple[Promise, Promise], *, at: datetime
) -> int:
    found = list(commitments)
    for commitment in found:
        _tell(commitment, f"{kind}:{commitment.code}:{commitment.due_on}", words, at=at)
    return len(found)


def _tell(
    commitment: Commitment, key: str, words: tuple[Promise, Promise], *, at: datetime, reason: str = ""
) -> None:
    for person in executors_people(commitment, on=timezone.localdate(at)):
        subject, body = _in_words(commitment, person, words, reason)
        send_mail_later(
            key=f"commitment-{key}:{person.pk}",
            to=person.email,
            language=person.language,
            subject=subject,
            body=body,
            at=at,
        )


def _in_words(
    commitment: Commitment, person: User, words: tuple[Promise, Promise], reason: str
) -> tuple[str, str]:
    with translation.override(person.language):
        values = {"code": commitment.code, "due": _day(commitment.due_on), "reason": reason}
        subject, body = (str(text) % values for text in words)
    address = f"{settings.PUBLIC_URL}/c/{commitment.code}"
    return subject, "\n\n".join([promise_in(commitment, person.language).text, body, address])


def _day(day: date) -> str:
    return weekday_and_date(day)
