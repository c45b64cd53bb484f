"""The register's questions: narrowed and searched, in pages by key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet
from django.utils import timezone

from kenes.core.listing import day_begins, day_ends
from kenes.deadlines.queries import terms_overdue
from kenes.programme.models import Meeting
from kenes.questions.access import code_meant
from kenes.questions.errors import CursorUnknown
from kenes.questions.models import Answer, Assignment, Question
from kenes.questions.queries import with_moves_at_hand
from kenes.questions.states import HAS_PAGE, QuestionState
from kenes.register.asked import Search, as_fts5, as_tsquery, parse_search
from kenes.register.states import GROUPS, Group

PAGE_SIZE = 30

_CURSOR = re.compile(r"[0-9]{1,18}")
_OWING = (QuestionState.ASSIGNED, QuestionState.DRAFTED, QuestionState.CLEARED)
_IN_WORDS = {
    "sqlite": "questions_question.id IN (SELECT rowid FROM register_words WHERE register_words MATCH %s)",
    "postgresql": "questions_question.id IN (SELECT rowid FROM register_words WHERE vector @@ %s::tsquery)",
}


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What the register is narrowed to; blank is all.

    `words`: what was typed; `region`: two digits; `campaign`: slug; `session`, `body`: public ids;
    `meeting`: code; `group`: a `Group`; `is_late`: a written answer is owed, its date is past,
    and its clock was not standing then; `since`, `until`: days of asking, both included, in the
    instance's zone.
    """

    words: str = ""
    region: str = ""
    campaign: str = ""
    session: str = ""
    meeting: str = ""
    sphere: str = ""
    body: str = ""
    group: str = ""
    is_late: bool = False
    language: str = ""
    channel: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def search(self) -> Search | None:
        """What is looked for; None where nothing was typed."""
        return parse_search(self.words) if self.words.strip() else None


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Questions of one page, and the cursor after them (None: the list is complete)."""

    questions: Sequence[Question]
    after: str | None


def questions_of(
    narrowed: RegisterFilter, *, on: date | None = None, using: str = "default"
) -> QuerySet[Question]:
    """Return the register's questions of a filter, without an order; `on` is the day that decides late."""
    return asked_of(narrowed, on=on, using=using).filter(state__in=states_of(narrowed))


def asked_of(
    narrowed: RegisterFilter, *, on: date | None = None, using: str = "default"
) -> QuerySet[Question]:
    """Return the same in whatever state they are: some of them have no page."""
    found = Question.objects.using(using).filter(_of_meeting(narrowed), _of_question(narrowed))
    if narrowed.region or narrowed.sphere:
        found = found.filter(meeting__in=meetings_of(narrowed))
    if narrowed.body:
        found = found.filter(_of_body(narrowed.body))
    if narrowed.is_late:
        overdue = terms_overdue(on=on or timezone.localdate()).using(using).order_by()
        of_questions = overdue.filter(object_kind="question", part_of=None)
        found = found.filter(state__in=_OWING, code__in=of_questions.values("object_id"))
    return _searched(found, narrowed, using=using)


def newest_of(found: QuerySet[Question], *, after: str, size: int, using: str) -> RegisterPage:
    """Return the page after a cursor ("" for the first) by the question's own number.

    So a page neither repeats nor leaves out what was asked meanwhile. Raises: CursorUnknown.
    """
    found = found.filter(pk__lt=place_after(after)) if after else found
    ids = list(found.order_by("-pk").values_list("pk", flat=True)[: size + 1])
    return page_by_ids(ids, size=size, using=using)


def place_after(cursor: str) -> int:
    """Return the number of the question that a cursor names. Raises: CursorUnknown."""
    if not _CURSOR.fullmatch(cursor):
        raise CursorUnknown
    return int(cursor)


def page_by_ids(ids: Sequence[int], *, size: int, using: str) -> RegisterPage:
    """Return the page of these questions in their order; one more than `size` tells that there are more."""
    shown = ids[:size]
    rows = Question.objects.using(using).select_related(
        "meeting__place", "meeting__session__region", "meeting__session__campaign"
    )
    found = rows.in_bulk(shown)
    questions = with_moves_at_hand([found[pk] for pk in shown if pk in found])
    return RegisterPage(questions, str(shown[-1]) if len(ids) > size else None)


def states_of(narrowed: RegisterFilter) -> frozenset[QuestionState]:
    """Return the states of a filter's group; of all that have a page where it names none."""
    return GROUPS.get(Group(narrowed.group), frozenset()) if narrowed.group in Group.values else HAS_PAGE


def meetings_of(narrowed: RegisterFilter) -> QuerySet[Any]:
    """Return the ids of the meetings of a filter's region and sphere."""
    found = Meeting.objects.all()
    if narrowed.region:
        found = found.filter(session__region__kato=f"{narrowed.region}0000000")
    if narrowed.sphere:
        found = found.filter(Q(sphere=narrowed.sphere) | Q(second_sphere=narrowed.sphere))
    return found.order_by().values("pk")


def words_of(narrowed: RegisterFilter) -> Search | None:
    """Return the words to look for; None where there are none, or where a code is meant."""
    search = narrowed.search
    return search if search and search.terms and not code_meant(narrowed.words) else None


def without_words(narrowed: RegisterFilter) -> RegisterFilter:
    """Return the filter with all but its words."""
    return replace(narrowed, words="")


def expression_of(search: Search, vendor: str) -> str:
    """Return the search in the words of a database."""
    return as_fts5(search) if vendor == "sqlite" else as_tsquery(search)


def _of_meeting(narrowed: RegisterFilter) -> Q:
    wanted = {
        "meeting__session__campaign__slug": narrowed.campaign,
        "meeting__session__public_id": narrowed.session,
        "meeting__code": narrowed.meeting.upper(),
    }
    return Q(**{lookup: value for lookup, value in wanted.items() if value})


def _of_question(narrowed: RegisterFilter) -> Q:
    wanted = {"language": narrowed.language, "channel": narrowed.channel}
    condition = Q(**{lookup: value for lookup, value in wanted.items() if value})
    if narrowed.since:
        condition &= Q(asked_at__gte=day_begins(narrowed.since))
    if narrowed.until:
        condition &= Q(asked_at__lt=day_ends(narrowed.until))
    return condition


def _of_body(body: str) -> Q:
    """Return the condition that a body owes the answer now, or gave one that stands."""
    owing = Assignment.objects.filter(organisation__public_id=body, ended_at=None)
    answered = Answer.objects.filter(organisation__public_id=body, retracted_at=None)
    return Q(pk__in=owing.values("question")) | Q(pk__in=answered.values("question"))


def _searched(found: QuerySet[Question], narrowed: RegisterFilter, *, using: str) -> QuerySet[Question]:
    """Words that a text no longer has are dropped in the transaction that takes them from it."""
    search = narrowed.search
    if search is None:
        return found
    if code := code_meant(narrowed.words):
        return found.filter(code=code)
    if not search.terms:
        return found.none()
    vendor = connections[using].vendor
    return found.extra(  # noqa: S610 (a constant)
        where=[_IN_WORDS[vendor]], params=[expression_of(search, vendor)]
    )
