"""What happened to a part of a question in words, and what it shares with the whole's story."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenes.core.languages import localized
from kenes.core.moments import weekday_and_date
from kenes.deadlines.models import TermEntry
from kenes.deadlines.states import Cause
from kenes.following.models import Happening
from kenes.following.queries import part_told
from kenes.questions.models import Part


def part_due(happening: Happening, is_own: bool) -> list[str]:
    """Return unit, subject and date of a part that was passed on, or is due soon."""
    part = part_told(happening)
    return [*_named(part), _due(part)] if part else []


def part_moved(happening: Happening, is_own: bool) -> list[str]:
    """Return the new date of a part, and what was before it."""
    part = part_told(happening)
    line = part.term.entries.order_by("id").last() if part else None
    return [*_named(part), _due(part), *moved_by(line)] if part and line else []


def part_late(happening: Happening, is_own: bool) -> list[str]:
    """Return unit and subject of a part, and the date that has passed."""
    part = part_told(happening)
    return [*_named(part), *passed_day(happening)] if part else []


def part_answered(happening: Happening, is_own: bool) -> list[str]:
    """Return the answer to a part, and who gave it."""
    part = part_told(happening)
    if part is None:
        return []
    text = part.answer_ru if get_language() == "ru" else part.answer_kk
    return [text, part.answered_by]


def moved_by(line: TermEntry) -> list[str]:
    """Return the date before a line of the ledger, and why it is another one now."""
    told = []
    if line.old_due_on is not None:
        told.append(_("Before: %(day)s") % {"day": weekday_and_date(line.old_due_on)})
    if line.cause == Cause.CALENDAR:
        told.append(_("The working calendar changed; the question's page tells how the day is counted."))
    elif line.reason:
        told.append(_("Reason: %(reason)s") % {"reason": line.reason})
    return told


def passed_day(happening: Happening) -> list[str]:
    """Return the day that has passed, and who was told."""
    day = str(happening.detail.get("due_on", ""))
    told = [_("It was due by %(day)s.") % {"day": weekday_and_date(date.fromisoformat(day))}] if day else []
    return [*told, _("The unit that owes it and its head have been told.")]


def _named(part: Part) -> list[str]:
    return [
        _("Unit: %(unit)s") % {"unit": localized(part.organisation, "name")},
        _("Which part: %(part)s") % {"part": part.subject},
    ]


def _due(part: Part) -> str:
    return _("The answer is due by %(day)s.") % {"day": weekday_and_date(part.term.due_on)}
