"""What holds for every promise, whatever people do with it: found by trying, not by examples."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from commitments.promises import LINK, a_commitment, a_keeper, a_report, an_executor
from factories import NOON, a_body
from kenes.accounts.models import User
from kenes.commitments import actions
from kenes.commitments.actions.keeping import OBJECT_KIND
from kenes.commitments.models import Acceptance, Commitment, Evidence
from kenes.commitments.states import MOVES, CommitmentState
from kenes.core.errors import KenesError
from kenes.deadlines.models import Term
from kenes.deadlines.queries import ledger_of
from kenes.record.witnesses import problems_of_rows

Ledger = list[tuple[date | None, date]]


@dataclass(frozen=True)
class Doing:
    """Somebody's act at some moment, with what it needs."""

    promise: Commitment
    by: User
    at: datetime
    due_on: date
    reason: str


ACTS: dict[str, Callable[[Doing], object]] = {
    "report": lambda d: actions.report_progress(
        d.promise, report=a_report(d.promise, LINK), by=d.by, at=d.at
    ),
    "submit": lambda d: actions.submit_done(d.promise, report=a_report(d.promise, LINK), by=d.by, at=d.at),
    "submit_bare": lambda d: actions.submit_done(d.promise, report=a_report(d.promise), by=d.by, at=d.at),
    "accept": lambda d: actions.accept_done(d.promise, by=d.by, at=d.at),
    "return": lambda d: actions.return_done(d.promise, by=d.by, at=d.at, reason=d.reason),
    "move": lambda d: actions.change_commitment_due_date(
        d.promise, due_on=d.due_on, by=d.by, at=d.at, reason=d.reason
    ),
    "cancel": lambda d: actions.cancel_commitment(d.promise, by=d.by, at=d.at, reason=d.reason),
    "add": lambda d: actions.add_co_executor(
        d.promise, organisation=a_body(f"Body {d.due_on:%d}"), by=d.by, at=d.at
    ),
    "translate": lambda d: actions.translate_commitment(
        d.promise, language="en", text="Open a centre", by=d.by, at=d.at
    ),
}
# Reports and acceptances lead further than what ends it.
NAMES = [*ACTS, "submit", "submit", "accept", "return", "move"]
steps = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.integers(0, 1), st.integers(0, 200), st.sampled_from(["", "Floods"])
    ),
    max_size=12,
)


class WhateverPeopleDo(TestCase):
    """Any acts in any order, by either of two people; those that are refused change nothing."""

    @settings(max_examples=25, deadline=None)
    @given(steps)
    def test_what_was_accepted_has_evidence_and_two_people_and_the_ledger_only_grows(
        self, doings: list[tuple[str, int, int, str]]
    ) -> None:
        promise = a_commitment()
        people = [an_executor(promise), a_keeper(promise)]
        before: Ledger = []
        for place, (name, who, days, reason) in enumerate(doings, start=1):
            due_on = date(2021, 3, 1) + timedelta(days=days)
            try:
                ACTS[name](Doing(promise, people[who], NOON + timedelta(days=place), due_on, reason))
            except KenesError:
                promise.refresh_from_db()
            before = ledger_grew(promise, before)
        check_acceptance(promise)
        check_moves(promise)
        assert list(problems_of_rows()) == []


def ledger_grew(
    promise: Commitment, before: list[tuple[date | None, date]]
) -> list[tuple[date | None, date]]:
    """The ledger begins as it stood, each line follows from the last, a later date has its reason."""
    lines = list(ledger_of(object_kind=OBJECT_KIND, object_id=promise.code))
    pairs = [(line.old_due_on, line.due_on) for line in lines]
    assert pairs[: len(before)] == before
    assert [old for old, _new in pairs[1:]] == [new for _old, new in pairs[:-1]]
    assert [
        line for line in lines if line.old_due_on and line.due_on > line.old_due_on and not line.reason
    ] == []
    assert (promise.first_due_on, promise.due_on) == (pairs[0][1], pairs[-1][1])
    return pairs


def check_acceptance(promise: Commitment) -> None:
    accepted = list(Acceptance.objects.filter(commitment=promise))
    assert len(accepted) == (promise.state == CommitmentState.DONE)
    for row in accepted:
        assert row.by_id is not None
        assert row.by_id != row.submitted_by_id == row.progress.by_id
        assert Evidence.objects.filter(progress__commitment=promise).exists()


def check_moves(promise: Commitment) -> None:
    moves = [(move.old, move.new) for move in promise.moves.all()]
    assert moves[0] == ("", "open")
    assert all(new in MOVES[CommitmentState(old)] for old, new in moves[1:])
    assert moves[-1][1] == promise.state
    is_running = promise.state in {"open", "reported"}
    assert Term.objects.filter(object_id=promise.code, closed_at=None).exists() == is_running


pytestmark = pytest.mark.django_db
