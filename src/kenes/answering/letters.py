"""The e-mail to a unit that owes an answer: in the person's language, with a link that needs no sign-in.

It names the question by its code alone: what was asked, and by whom, is read behind the link.
"""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kenes.accounts.models import User
from kenes.answering.access import link_token
from kenes.core.languages import localized
from kenes.core.moments import weekday_and_date
from kenes.notices.wishes import Letter
from kenes.questions.models import Assignment


def assignment_letter(assignment: Assignment, user: User, *, due_on: date | None, good_until: date) -> Letter:
    """Return the letter to one person. Private: the link in it is theirs alone, so it is erased once sent."""
    with translation.override(user.language):
        code = assignment.question.code
        return Letter(
            key=f"assignment-{assignment.pk}-{user.pk}",
            to=user.email,
            language=user.language,
            subject=_("Question %(code)s: an answer is asked of your unit") % {"code": code},
            body=_body(assignment, user, due_on=due_on, good_until=good_until),
            is_private=True,
        )


def _body(assignment: Assignment, user: User, *, due_on: date | None, good_until: date) -> str:
    question = assignment.question
    site = f"{settings.PUBLIC_URL}/{user.language}/work"
    due = _("The answer is due by %(day)s.") % {"day": weekday_and_date(due_on)} if due_on else ""
    return "\n\n".join(
        part
        for part in (
            _("%(unit)s owes a written answer to question %(code)s, asked at “%(meeting)s”.")
            % {
                "unit": localized(assignment.organisation, "name").text,
                "code": question.code,
                "meeting": localized(question.meeting, "title").text,
            },
            due,
            _("Accept or decline, without signing in (the link is yours alone; its last day: %(day)s):")
            % {"day": weekday_and_date(good_until)}
            + f"\n{site}/assignments/{link_token(assignment, user)}/",
            _("Write the answer:") + f"\n{site}/questions/{question.code}/",
        )
        if part
    )
