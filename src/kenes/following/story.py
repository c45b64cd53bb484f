"""What a happening comes to in words, in the active language: for the asker, or for anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenes.core.languages import localized
from kenes.core.moments import weekday_and_date
from kenes.deadlines.models import TermEntry
from kenes.deadlines.queries import ledger_of, open_term_of
from kenes.deadlines.states import Cause
from kenes.following.models import Happening
from kenes.following.part_stories import moved_by, part_answered, part_due, part_late, part_moved, passed_day
from kenes.following.states import Kind
from kenes.questions.models import Answer, Assignment, Question
from kenes.questions.pages import own_link, short_link
from kenes.questions.receipts import receipt_secret
from kenes.questions.states import RefusalGround
from kenes.redaction.words import in_words


@dataclass(frozen=True, slots=True)
class Story:
    """`code` is the question's the reader knows; `headline` one line; `paragraphs` what is to be said."""

    code: str
    headline: str
    paragraphs: list[str]
    link: str


def story_of(happening: Happening, *, own: Question | None) -> Story:
    """Return the story; `own` is the asker's question, perhaps merged into the one it happened to."""
    question = happening.question
    headline = _HEADLINES[Kind(happening.kind)]() % {"code": question.code}
    # What is for the asker alone is not for those whose questions were merged into this one.
    is_own = own is not None and own.pk == question.pk
    told = _PARAGRAPHS.get(Kind(happening.kind), _nothing)(happening, is_own)
    story = Story(question.code, headline, [headline + ".", *told], short_link(question.code))
    return story if own is None else _for_asker(story, happening, own)


def _for_asker(story: Story, happening: Happening, own: Question) -> Story:
    paragraphs = list(story.paragraphs)
    if own.pk != happening.question_id:
        paragraphs.insert(0, _("Your question %(code)s lives on in another one.") % {"code": own.code})
    elif happening.kind == Kind.ANSWERED:
        paragraphs.append(_("You may rate the answer, and once, with a reason, reopen the question."))
    link = own_link(own.code, receipt_secret(own))
    secret = _("Your own view; keep its address to yourself:")
    return replace(story, paragraphs=[*paragraphs, secret], link=link)


_HEADLINES: Mapping[Kind, Callable[[], str]] = {
    Kind.REGISTERED: lambda: _("Question %(code)s was asked"),
    Kind.PUBLISHED: lambda: _("Question %(code)s is on the public list"),
    Kind.ASSIGNED: lambda: _("Question %(code)s was given to a unit for a written answer"),
    Kind.DUE_CHANGED: lambda: _("The answer to question %(code)s is due on another day"),
    Kind.PAUSED: lambda: _("The clock of the answer to question %(code)s was stopped"),
    Kind.PART_PASSED: lambda: _("A part of question %(code)s was passed on to another unit"),
    Kind.PART_MOVED: lambda: _("A part of the answer to question %(code)s is due on another day"),
    Kind.PART_ANSWERED: lambda: _("A part of question %(code)s was answered"),
    Kind.ANSWERED: lambda: _("Question %(code)s was answered"),
    Kind.REFUSED: lambda: _("Question %(code)s was refused"),
    Kind.OVERRULED: lambda: _("The refusal of question %(code)s was overruled"),
    Kind.REOPENED: lambda: _("Question %(code)s was reopened by its asker"),
    Kind.MERGED: lambda: _("Question %(code)s was joined with another one that asks the same"),
    Kind.UNMERGED: lambda: _("Question %(code)s stands on its own again"),
    Kind.PASSED_ON: lambda: _("Question %(code)s was passed on as a formal appeal"),
    Kind.WITHDRAWN: lambda: _("Question %(code)s was withdrawn by its asker"),
    Kind.DUE_SOON: lambda: _("The answer to question %(code)s is due soon"),
    Kind.OVERDUE: lambda: _("The answer to question %(code)s is overdue"),
    Kind.PART_SOON: lambda: _("A part of the answer to question %(code)s is due soon"),
    Kind.PART_LATE: lambda: _("A part of the answer to question %(code)s is overdue"),
}


def _nothing(happening: Happening, is_own: bool) -> list[str]:
    return []


def _assigned(happening: Happening, is_own: bool) -> list[str]:
    question = happening.question
    assignment = Assignment.objects.filter(question=question, ended_at=None).select_related("organisation")
    found = assignment.last()
    unit = _("Unit: %(unit)s") % {"unit": localized(found.organisation, "name")} if found else ""
    return [line for line in (unit, _due(question)) if line]


def _due_changed(happening: Happening, is_own: bool) -> list[str]:
    line = _lines(happening.question).last()
    told = [_due(happening.question), *(moved_by(line) if line else ())]
    return [each for each in told if each]


def _paused(happening: Happening, is_own: bool) -> list[str]:
    line = _lines(happening.question).filter(cause=Cause.PAUSED).last()
    told = [_("The day by which it is due moves by the days that the clock stands.")]
    return [*told, _("Reason: %(reason)s") % {"reason": line.reason}] if line and line.reason else told


def _lines(question: Question) -> QuerySet[TermEntry]:
    """Return the ledger of the whole: parts have lines of their own."""
    return ledger_of(object_kind="question", object_id=question.code).filter(term__part_of=None)


def _answered(happening: Happening, is_own: bool) -> list[str]:
    answer = Answer.objects.filter(question=happening.question, retracted_at=None).last()
    if answer is None:
        return []
    text, _language = answer_text(answer, get_language() or "kk")
    return [text, answer.answered_by]


def answer_text(answer: Answer, language: str) -> tuple[str, str]:
    """Return the answer's text in the language, or in the one it was given in, with that language."""
    texts = {each.language: each.text for each in answer.texts.all()}
    found = language if language in texts else answer.language
    return in_words(texts.get(found, answer.text), found), found


def _refused(happening: Happening, is_own: bool) -> list[str]:
    question = happening.question
    if not question.refusal_ground:
        return []
    told = [_("Ground: %(ground)s") % {"ground": RefusalGround(question.refusal_ground).label}]
    last = question.moves.filter(new="refused").last()
    if is_own and last is not None and last.reason:
        told.append(last.reason)
    return told


def _reopened(happening: Happening, is_own: bool) -> list[str]:
    return _assigned(happening, is_own)


def _merged(happening: Happening, is_own: bool) -> list[str]:
    target = happening.question.merged_into
    if target is None:
        return []
    told = [_("It lives on in question %(code)s: %(link)s") % _named(target)]
    if is_own:
        told.append(_("You will be told of the answer to that one, or of its refusal."))
    return told


def _passed_on(happening: Happening, is_own: bool) -> list[str]:
    number = str(happening.detail.get("number", ""))
    if not (is_own and number):
        return []
    day = str(happening.detail.get("on", ""))
    words = {"number": number, "day": weekday_and_date(date.fromisoformat(day)) if day else ""}
    return [_("Its number there is %(number)s, of %(day)s.") % words]


def _overdue(happening: Happening, is_own: bool) -> list[str]:
    return passed_day(happening)


def _due_soon(happening: Happening, is_own: bool) -> list[str]:
    return [line for line in (_due(happening.question),) if line]


def _due(question: Question) -> str:
    term = open_term_of(object_kind="question", object_id=question.code)
    return _("The answer is due by %(day)s.") % {"day": weekday_and_date(term.due_on)} if term else ""


def _named(question: Question) -> dict[str, str]:
    return {"code": question.code, "link": f"{settings.PUBLIC_URL}/questions/{question.code}/"}


_PARAGRAPHS: Mapping[Kind, Callable[[Happening, bool], list[str]]] = {
    Kind.ASSIGNED: _assigned,
    Kind.DUE_CHANGED: _due_changed,
    Kind.PAUSED: _paused,
    Kind.PART_PASSED: part_due,
    Kind.PART_MOVED: part_moved,
    Kind.PART_SOON: part_due,
    Kind.PART_LATE: part_late,
    Kind.PART_ANSWERED: part_answered,
    Kind.ANSWERED: _answered,
    Kind.REFUSED: _refused,
    Kind.REOPENED: _reopened,
    Kind.MERGED: _merged,
    Kind.PASSED_ON: _passed_on,
    Kind.DUE_SOON: _due_soon,
    Kind.OVERDUE: _overdue,
}
