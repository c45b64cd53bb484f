"""The register's list: narrowed, searched, in pages by key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connections
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kenes.core.listing import day_begins, day_ends
from kenes.deadlines.queries import terms_overdue
from kenes.questions.access import code_meant
from kenes.questions.errors import CursorUnknown
from kenes.questions.models import Answer, Assignment, Question
from kenes.questions.states import HAS_PAGE, HIDES_THE_TEXT, QuestionState
from kenes.register.asked import Search, as_fts5, as_tsquery, parse_search
from kenes.register.states import GROUPS, Group, Sort

PAGE_SIZE = 30
# As many of the best matches are put in order; who has not found it among them narrows the search.
RANKED = 600

_CURSOR = re.compile(r"[0-9]{1,18}")
_OWING = (QuestionState.ASSIGNED, QuestionState.DRAFTED, QuestionState.CLEARED)
_IN_WORDS = {
    "sqlite": "questions_question.id IN (SELECT rowid FROM register_words WHERE register_words MATCH %s)",
    "postgresql": "questions_question.id IN (SELECT rowid FROM register_words WHERE vector @@ %s::tsquery)",
}
# The plus keeps SQLite from searching anew for each number. A question's words weigh more than an answer's.
_RANK = {
    "sqlite": (
        "SELECT rowid FROM register_words WHERE register_words MATCH %s AND +rowid IN ({ids}) "
        "ORDER BY bm25(register_words, 4.0, 1.0), rowid DESC LIMIT %s"
    ),
    "postgresql": (
        "SELECT rowid FROM register_words WHERE vector @@ %s::tsquery AND rowid IN ({ids}) "
        "ORDER BY ts_rank('{{0.25, 0.25, 0.25, 1.0}}', vector, %s::tsquery, 1) DESC, rowid DESC LIMIT %s"
    ),
}


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What the register is narrowed to; blank is all.

    `words`: what was typed; `region`: two digits; `campaign`: slug; `session`, `body`: public ids;
    `meeting`: code; `group`: a `Group`; `is_late`: a written answer is owed and its date is past;
    `since`, `until`: days of asking, both included, in the instance's zone.
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
    found = Question.objects.using(using).filter(
        _of_meeting(narrowed), _of_question(narrowed), state__in=_states(narrowed)
    )
    if narrowed.body:
        found = found.filter(_of_body(narrowed.body))
    if narrowed.is_late:
        late = terms_overdue(on=on or timezone.localdate()).using(using)
        overdue = late.filter(object_kind="question", part_of=None)
        found = found.filter(state__in=_OWING, code__in=overdue.values("object_id"))
    return _searched(found, narrowed, using=using)


def page_of(
    narrowed: RegisterFilter,
    *,
    sort: str = Sort.NEWEST,
    after: str = "",
    size: int = PAGE_SIZE,
    using: str = "default",
) -> RegisterPage:
    """Return the page after a cursor ("" for the first), with the meetings at hand. Raises: CursorUnknown.

    The newest first goes by the question's own number, so that a page neither repeats nor leaves out
    what was asked meanwhile; the best match first goes on after the question named by the cursor.
    """
    if after and not _CURSOR.fullmatch(after):
        raise CursorUnknown
    search = narrowed.search
    if sort == Sort.RELEVANCE and search and search.terms and not code_meant(narrowed.words):
        ids = _ranked_page(narrowed, search, after, size, using)
    else:
        found = questions_of(narrowed, using=using)
        found = found.filter(pk__lt=int(after)) if after else found
        ids = list(found.order_by("-pk").values_list("pk", flat=True)[: size + 1])
    shown = ids[:size]
    return RegisterPage(_in_order(shown, using), str(shown[-1]) if len(ids) > size else None)


def _ranked_page(narrowed: RegisterFilter, search: Search, after: str, size: int, using: str) -> list[int]:
    connection = connections[using]
    candidates = questions_of(narrowed, using=using).values("pk")
    ids, params = candidates.query.sql_with_params()
    asked = _expression(search, connection.vendor)
    repeated = [asked] if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        cursor.execute(_RANK[connection.vendor].format(ids=ids), [asked, *params, *repeated, RANKED])
        ranked = [int(row[0]) for row in cursor.fetchall()]
    if not after:
        return ranked[: size + 1]
    if int(after) not in ranked:
        raise CursorUnknown
    place = ranked.index(int(after)) + 1
    return ranked[place : place + size + 1]


def _in_order(ids: Sequence[int], using: str) -> list[Question]:
    rows = Question.objects.using(using).select_related(
        "meeting__place", "meeting__session__region", "meeting__session__campaign"
    )
    found = rows.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _states(narrowed: RegisterFilter) -> frozenset[QuestionState]:
    return GROUPS.get(Group(narrowed.group), frozenset()) if narrowed.group in Group.values else HAS_PAGE


def _of_meeting(narrowed: RegisterFilter) -> Q:
    wanted = {
        "meeting__session__region__kato": narrowed.region and f"{narrowed.region}0000000",
        "meeting__session__campaign__slug": narrowed.campaign,
        "meeting__session__public_id": narrowed.session,
        "meeting__code": narrowed.meeting.upper(),
    }
    condition = Q(**{lookup: value for lookup, value in wanted.items() if value})
    if narrowed.sphere:
        condition &= Q(meeting__sphere=narrowed.sphere) | Q(meeting__second_sphere=narrowed.sphere)
    return condition


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
    search = narrowed.search
    if search is None:
        return found
    if code := code_meant(narrowed.words):
        return found.filter(code=code)
    if not search.terms:
        return found.none()
    vendor = connections[using].vendor
    # Words of a text that was edited since, or that the public may not read, find nothing.
    hidden = Q(state=QuestionState.REFUSED, refusal_ground__in=HIDES_THE_TEXT)
    entry = Q(register_entry__edited_at=F("edited_at")) | Q(register_entry__edited_at=None, edited_at=None)
    return found.filter(~hidden, entry, register_entry__isnull=False).extra(  # noqa: S610 (a constant)
        where=[_IN_WORDS[vendor]], params=[_expression(search, vendor)]
    )


def _expression(search: Search, vendor: str) -> str:
    return as_fts5(search) if vendor == "sqlite" else as_tsquery(search)
