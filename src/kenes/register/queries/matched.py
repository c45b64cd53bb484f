"""What is dear to find is found once: one statement counts it and puts its first ones in order.

Words, lateness and bodies are asked of many questions, most of which the page does not show. The
statement keeps what it found as (id, meeting, state, rank), counts that, and narrows it further.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import FloatField, QuerySet, Value
from django.db.models.expressions import RawSQL

from kenes.questions.models import Question
from kenes.register.asked import Search
from kenes.register.queries.listed import (
    RegisterFilter,
    asked_of,
    expression_of,
    meetings_of,
    place_after,
    states_of,
    without_words,
)

# As many of the best matches are put in order; who has not found it among them narrows the search.
RANKED = 600

_MATCH = {
    "sqlite": "register_words MATCH %s",
    "postgresql": "register_words.vector @@ %s::tsquery",
}
# The lower the better. A question's words weigh more than an answer's.
_RANK = {
    "sqlite": "bm25(register_words, 4.0, 1.0)",
    "postgresql": "-ts_rank('{0.25, 0.25, 0.25, 1.0}', register_words.vector, %s::tsquery, 1)",
}
_STATEMENT = """
WITH found (id, meeting, state, rank) AS MATERIALIZED ({found})
SELECT meeting, state, count(*), CAST(NULL AS real) FROM found GROUP BY meeting, state
UNION ALL
SELECT * FROM (SELECT id, '', 0, rank FROM found WHERE {shown} ORDER BY rank, id DESC LIMIT %s) AS first
"""


@dataclass(frozen=True, slots=True)
class Matched:
    """Numbers of (meeting, state, number), without a filter's region, sphere and group; and its first ids."""

    cells: Sequence[tuple[int, str, int]]
    ids: Sequence[int]


def found_by(
    wider: RegisterFilter, search: Search | None, *, on: date | None, using: str
) -> QuerySet[Question]:
    """Return what a filter finds; by words (`search`) with the table of words beside it, for its ranks."""
    if search is None:
        return asked_of(wider, on=on, using=using).order_by()
    questions = asked_of(without_words(wider), on=on, using=using)
    return _beside_words(questions, search, connections[using].vendor)


def matched(
    found: QuerySet[Question], narrowed: RegisterFilter, *, after: str, size: int, using: str
) -> Matched:
    """Count what was found, and take the newest `size` of the narrowed one after a cursor.

    Raises: CursorUnknown.
    """
    shown, params = _shown(narrowed)
    if after:
        shown, params = f"{shown} AND id < %s", [*params, place_after(after)]
    unranked = found.annotate(rank=Value(0.0, output_field=FloatField()))
    return _run(unranked, shown, params, limit=size, using=using)


def best_matched(
    found: QuerySet[Question], narrowed: RegisterFilter, search: Search, *, using: str
) -> Matched:
    """Count what was found by words, and put the best `RANKED` of the narrowed one in order."""
    vendor = connections[using].vendor
    repeated = [expression_of(search, vendor)] if vendor == "postgresql" else []
    rank = RawSQL(_RANK[vendor], repeated, output_field=FloatField())  # noqa: S611 (a constant)
    return _run(found.annotate(rank=rank), *_shown(narrowed), limit=RANKED, using=using)


def _beside_words(questions: QuerySet[Question], search: Search, vendor: str) -> QuerySet[Question]:
    return questions.order_by().extra(  # noqa: S610 (constants)
        tables=["register_words"],
        where=["register_words.rowid = questions_question.id", _MATCH[vendor]],
        params=[expression_of(search, vendor)],
    )


def _shown(narrowed: RegisterFilter) -> tuple[str, list[Any]]:
    """Return the condition of what the page shows, on the columns of what was found."""
    states = sorted(states_of(narrowed))
    condition, params = f"state IN ({', '.join(['%s'] * len(states))})", [str(state) for state in states]
    if narrowed.region or narrowed.sphere:
        meetings, more = meetings_of(narrowed).query.sql_with_params()
        return f"{condition} AND meeting IN ({meetings})", [*params, *more]
    return condition, params


def _run(found: QuerySet[Any], shown: str, params: Sequence[Any], *, limit: int, using: str) -> Matched:
    inner, inner_params = found.values_list("pk", "meeting", "state", "rank").query.sql_with_params()
    with connections[using].cursor() as cursor:
        cursor.execute(_STATEMENT.format(found=inner, shown=shown), [*inner_params, *params, limit])
        rows = cursor.fetchall()
    cells = [(meeting, state, number) for meeting, state, number, _ in rows if number]
    first = sorted((rank, -pk) for pk, _, number, rank in rows if not number)
    return Matched(cells, [-pk for _, pk in first])
