"""The e-mail to a unit that owes an answer: in the person's language, with a link that needs no sign-in.

It names the question by its code alone: what was asked, and by whom, is read behind the link.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.accounts.models import User
from kenes.answering.access import link_token
from kenes.answering.models import ClearanceStep
from kenes.core.languages import localized
from kenes.core.moments import weekday_and_date
from kenes.notices.wishes import Letter
from kenes.organisations.models import Organisation
from kenes.questions.models import Assignment, Question
from kenes.questions.states import QuestionState


@dataclass(frozen=True, slots=True)
class Why:
    """Why an answer is asked for, where it is not simply given: reopened, or declined by another unit."""

    is_reopened: bool = False
    declined_because: str = ""


NOTHING_SPECIAL = Why()


def assignment_letter(
    assignment: Assignment,
    user: User,
    *,
    due_on: date | None,
    good_until: date,
    why: Why = NOTHING_SPECIAL,
) -> Letter:
    """Return the letter to one person. Private: the link in it is theirs alone, so it is erased once sent."""
    with translation.override(user.language):
        code = assignment.question.code
        return Letter(
            key=f"assignment-{assignment.pk}-{user.pk}",
            to=user.email,
            language=user.language,
            subject=_subject(why) % {"code": code},
            body=_body(assignment, user, why=why, due_on=due_on, good_until=good_until),
            is_private=True,
        )


def late_letter(question: Question, user: User, *, due_on: date | None, day: date) -> Letter:
    """Return the letter on what came after the closing: one a day for each meeting and person."""
    with translation.override(user.language):
        meeting = question.meeting
        words = {"code": question.code, "meeting": localized(meeting, "title").text}
        told = (
            _("Question %(code)s came after the closing of “%(meeting)s” and waits for a moderator.") % words,
            _due(due_on),
            _("What else comes in today waits there too; you are told once a day."),
            f"{settings.PUBLIC_URL}/{user.language}/rooms/{meeting.code}/desk/",
        )
        return Letter(
            key=f"late-questions-{meeting.code}-{day}-{user.pk}",
            to=user.email,
            language=user.language,
            subject=_("Asked after the closing: %(code)s") % {"code": meeting.code},
            body="\n\n".join(part for part in told if part),
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that waits in its unit to be cleared (at which step, where they are named) or signed."""

    question: Question
    unit: Organisation
    step: ClearanceStep | None
    due_on: date | None
    since: datetime


def waiting_letter(waiting: Waiting, user: User) -> Letter:
    """Return the letter to one person who may clear or sign; its key is one for each act and person."""
    question = waiting.question
    is_cleared = question.state == QuestionState.CLEARED
    with translation.override(user.language):
        words = {"code": question.code, "meeting": localized(question.meeting, "title").text}
        site = f"{settings.PUBLIC_URL}/{user.language}/work"
        step = localized(waiting.step, "name").text if waiting.step else ""
        told = (
            _("The answer to question %(code)s, asked at “%(meeting)s”, is cleared and waits to be signed.")
            % words
            if is_cleared
            else _("The answer to question %(code)s, asked at “%(meeting)s”, waits to be cleared.") % words,
            _("Step: %(step)s") % {"step": step} if step else "",
            _due(waiting.due_on),
            _("Read it:") + f"\n{site}/questions/{question.code}/",
            _("All that waits for the same:") + f"\n{site}/?state={question.state}",
        )
        subject = (
            _("Question %(code)s: an answer waits for your signature")
            if is_cleared
            else _("Question %(code)s: an answer waits for your clearance")
        )
        return Letter(
            key=f"waits-{question.state}-{waiting.unit.pk}-{user.pk}-{waiting.since.isoformat()}",
            to=user.email,
            language=user.language,
            subject=subject % {"code": question.code},
            body="\n\n".join(part for part in told if part),
        )


def _subject(why: Why) -> str:
    if why.is_reopened:
        return _("Question %(code)s was reopened by its asker")
    return _("Question %(code)s: an answer is asked of your unit")


def _due(due_on: date | None) -> str:
    return _("The answer is due by %(day)s.") % {"day": weekday_and_date(due_on)} if due_on else ""


def _told_of(why: Why) -> str:
    if why.is_reopened:
        return _("It was answered before; why its asker asks again is read behind the link.")
    if why.declined_because:
        said = _("The unit it was given to has declined it: %(reason)s")
        return said % {"reason": why.declined_because}
    return ""


def _body(assignment: Assignment, user: User, *, why: Why, due_on: date | None, good_until: date) -> str:
    question = assignment.question
    site = f"{settings.PUBLIC_URL}/{user.language}/work"
    return "\n\n".join(
        part
        for part in (
            _("%(unit)s owes a written answer to question %(code)s, asked at “%(meeting)s”.")
            % {
                "unit": localized(assignment.organisation, "name").text,
                "code": question.code,
                "meeting": localized(question.meeting, "title").text,
            },
            _told_of(why),
            _due(due_on),
            _("Accept or decline, without signing in (the link is yours alone; its last day: %(day)s):")
            % {"day": weekday_and_date(good_until)}
            + f"\n{site}/assignments/{link_token(assignment, user)}/",
            _("Write the answer:") + f"\n{site}/questions/{question.code}/",
        )
        if part
    )
