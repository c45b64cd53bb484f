"""Acts carried out once each: idempotency keys, and one durable transaction for many acts.

The lean path's committer calls `answer_acts` with what it gathered; an action that takes a single
form calls it with one act. Both keep the first result of an act under (participant, key).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kenes.core.errors import ERRORS_BY_TYPE, KenesError
from kenes.core.sets import insert_rows, rows_matching
from kenes.live.contracts import Act, FeedChange, Json, Result, Writer
from kenes.live.errors import KeyReused
from kenes.live.models import AnsweredAct
from kenes.live.writer import change_feeds

KEPT_FOR = timedelta(days=7)
PURGED_AT_ONCE = 200
# A limit or a busy server says nothing about the act: it may be tried again with the same key.
NOT_KEPT = frozenset({429, 503})

Identity = tuple[int, UUID]


def digest_of(name: str, room: str, target: str, body: Json) -> bytes:
    """Return what an idempotency key stands for: equal acts have equal digests."""
    canonical = json.dumps([name, room, target, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).digest()


def key_of_form(participant_id: int, name: str, target: str, text: str) -> UUID:
    """Return the key of a form post that brought none: the same words sent twice are one act."""
    canonical = json.dumps([participant_id, name, target, text], ensure_ascii=False)
    return UUID(bytes=hashlib.sha256(canonical.encode()).digest()[:16], version=4)


def refusal(error: KenesError) -> Result:
    """Return the result that says an act was refused."""
    params = {
        name: value if isinstance(value, int | float) else str(value) for name, value in error.params.items()
    }
    return Result(status=error.status, error=error.type, params=params)


def error_of(result: Result) -> KenesError | None:
    """Return the refusal a result stands for, or None where the act was carried out."""
    if result.error is None:
        return None
    return ERRORS_BY_TYPE.get(result.error, KenesError)(**result.params)


def answer_acts(acts: Sequence[Act], writers: Mapping[str, Writer]) -> list[Result]:
    """Carry out the acts in one transaction, each once; return their results in order.

    A key that came before gets its first result, with another act `key-reused`; both also where
    the first is in `acts` itself. Any exception of a writer undoes them all.
    """
    with change_feeds(feeds_of(acts)) as feeds:
        return answer_within(feeds, acts, writers)


def feeds_of(acts: Iterable[Act]) -> set[int]:
    """Return the feeds that the acts may change."""
    return {act.room.feed_id for act in acts}


def answer_within(
    feeds: Mapping[int, FeedChange], acts: Sequence[Act], writers: Mapping[str, Writer]
) -> list[Result]:
    """Do as `answer_acts` in the running transaction, which holds the acts' feeds."""
    answers = _kept_answers(acts)
    fresh = _first_of_each(acts, answers)
    for group in in_groups(list(fresh.values())):
        results = writers[group[0].name].commit(group, feeds)
        if len(results) != len(group):
            raise RuntimeError(f"Writer {group[0].name!r} answered {len(results)} of {len(group)} acts.")
        for act, result in zip(group, results, strict=True):
            answers[_identity(act)] = (act.digest, result)
    _keep([(act, answers[identity][1]) for identity, act in fresh.items()])
    return [_answer(act, answers) for act in acts]


def _identity(act: Act) -> Identity:
    return act.claim.participant_id, act.key


def _kept_answers(acts: Sequence[Act]) -> dict[Identity, tuple[bytes, Result]]:
    wanted = {_identity(act) for act in acts}
    rows = rows_matching(AnsweredAct, by="key", values={key for _, key in wanted})
    return {
        (row.participant_id, row.key): (bytes(row.digest), _as_kept(row.status, row.result))
        for row in rows
        if (row.participant_id, row.key) in wanted
    }


def _first_of_each(acts: Sequence[Act], answered: Mapping[Identity, object]) -> dict[Identity, Act]:
    fresh: dict[Identity, Act] = {}
    for act in acts:
        if _identity(act) not in answered:
            fresh.setdefault(_identity(act), act)
    return fresh


def in_groups(acts: Sequence[Act]) -> list[list[Act]]:
    """Return the acts in groups of one name, each participant's acts in the order they came."""
    groups: list[list[Act]] = []
    last_of: dict[int, int] = {}
    for act in acts:
        begin = last_of.get(act.claim.participant_id, 0)
        place = next((n for n in range(begin, len(groups)) if groups[n][0].name == act.name), len(groups))
        if place == len(groups):
            groups.append([])
        groups[place].append(act)
        last_of[act.claim.participant_id] = place
    return groups


def _answer(act: Act, answers: Mapping[Identity, tuple[bytes, Result]]) -> Result:
    digest, result = answers[_identity(act)]
    return result if digest == act.digest else refusal(KeyReused())


def _keep(answered: Sequence[tuple[Act, Result]]) -> None:
    insert_rows(
        AnsweredAct,
        ("participant_id", "key", "digest", "status", "result", "at"),
        (
            (act.claim.participant_id, act.key, act.digest, result.status, _to_keep(result), act.at)
            for act, result in answered
            if result.status not in NOT_KEPT
        ),
    )


def keep_refusal(act: Act, error: KenesError) -> Result:
    """Keep and return the refusal of an act whose own transaction was undone by it."""
    result = refusal(error)
    _keep([(act, result)])
    return result


def _to_keep(result: Result) -> str:
    if result.error is None:
        return json.dumps({"body": dict(result.body)})
    return json.dumps({"error": result.error, "params": dict(result.params)})


def _as_kept(status: int, kept: Mapping[str, Any]) -> Result:
    return Result(status, kept.get("body", {}), kept.get("error"), kept.get("params", {}))


def purge_answered(*, at: datetime) -> int:
    """Forget some of the acts answered more than 7 days before `at`; return how many."""
    old = AnsweredAct.objects.filter(at__lt=at - KEPT_FOR).order_by("at")
    some = list(old.values_list("pk", flat=True)[:PURGED_AT_ONCE])
    AnsweredAct.objects.filter(pk__in=some).delete()
    return len(some)
