"""Idempotency: each act once, whatever is repeated, in whichever batches."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import NOON
from kenes.core.errors import Conflict, TooMany, Unavailable
from kenes.live.acts import (
    answer_acts,
    digest_of,
    error_of,
    in_groups,
    key_of_form,
    purge_answered,
    refusal,
)
from kenes.live.contracts import Act, Claim, FeedChange, Json, Result, Room
from kenes.live.errors import KeyReused
from kenes.live.models import AnsweredAct, Feed
from kenes.live.writer import create_feed


class Teller:
    """Counts what it carries out; refuses by what the target says. Keeps no rows of its own."""

    def __init__(self, name: str = "tell") -> None:
        self.name = name
        self.done: list[tuple[int, UUID]] = []

    def parse(self, body: Json) -> Json:
        return body

    def commit(self, acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> Sequence[Result]:
        return [self._result(act, feeds) for act in acts]

    def _result(self, act: Act, feeds: Mapping[int, FeedChange]) -> Result:
        refusals = {"closed": Conflict(), "busy": Unavailable(), "often": TooMany()}
        if act.target in refusals:
            return refusal(refusals[act.target])
        self.done.append((act.claim.participant_id, act.key))
        return Result(201, {"nth": len(self.done), "version": feeds[act.room.feed_id].version})

    def present(self, body: Json) -> Json:
        return {**body, "secret": "s"}


def an_act(
    feed: Feed, *, who: int = 1, key: int = 1, target: str = "A", name: str = "tell", at: datetime = NOON
) -> Act:
    room = Room("AKM-1", feed.pk)
    digest = digest_of(name, room.code, target, {})
    return Act(name, room, Claim(who, "guest", feed.pk), target, {}, UUID(int=key), digest, at)


@pytest.fixture
def feed(db: None) -> Feed:
    return create_feed("room")


acts_of = st.lists(
    st.tuples(st.integers(1, 2), st.integers(1, 3), st.sampled_from(["A", "B", "closed", "busy"]))
)


@given(asked=acts_of, cuts=st.lists(st.integers(1, 4)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_act_is_done_once_and_every_repeat_gets_the_first_result(feed, asked, cuts):
    AnsweredAct.objects.all().delete()
    teller = Teller()
    first: dict[tuple[int, int], tuple[str, Result]] = {}
    left = [(an_act(feed, who=who, key=key, target=target), who, key) for who, key, target in asked]
    while left:
        size = cuts.pop() if cuts else 3
        batch, left = left[:size], left[size:]
        busy: dict[tuple[int, int], tuple[str, Result]] = {}
        for (act, who, key), result in zip(
            batch, answer_acts([one[0] for one in batch], {"tell": teller}), strict=True
        ):
            seen = first | busy
            if (who, key) not in seen:
                (busy if act.target == "busy" else first)[who, key] = (act.target, result)
            elif seen[who, key][0] == act.target:
                assert result == seen[who, key][1]
            else:
                assert result == refusal(KeyReused())
    carried = [(who, UUID(int=key)) for (who, key), (target, _) in first.items() if target in {"A", "B"}]
    assert sorted(teller.done) == sorted(carried)
    assert AnsweredAct.objects.count() == len(first)


def test_the_same_key_of_two_people_is_two_acts(feed):
    teller = Teller()
    results = answer_acts([an_act(feed, who=1), an_act(feed, who=2)], {"tell": teller})
    assert [result.body["nth"] for result in results] == [1, 2]


def test_limits_and_a_busy_server_are_not_remembered(feed):
    results = answer_acts(
        [
            an_act(feed, key=1, target="busy"),
            an_act(feed, key=2, target="often"),
            an_act(feed, key=3, target="closed"),
        ],
        {"tell": Teller()},
    )
    assert [result.status for result in results] == [503, 429, 409]
    assert [answered.status for answered in AnsweredAct.objects.all()] == [409]


def test_a_batch_takes_one_version_of_its_feed(feed):
    results = answer_acts([an_act(feed, key=key) for key in range(5)], {"tell": Teller()})
    assert {result.body["version"] for result in results} == {1}


def test_a_constant_number_of_queries_for_one_act_and_for_fifty(feed, django_assert_num_queries):
    for size in (1, 50):
        acts = [an_act(feed, key=size * 100 + number) for number in range(size)]
        # savepoint, feeds, kept answers, keeping answers, version, release; PostgreSQL's telling
        with django_assert_num_queries(6 + int(connection.vendor == "postgresql")):
            answer_acts(acts, {"tell": Teller()})


def test_groups_keep_the_order_of_each_participants_acts(feed):
    asked = [(1, "vote"), (2, "vote"), (1, "unvote"), (2, "ask"), (1, "vote"), (3, "vote"), (2, "unvote")]
    acts = [an_act(feed, who=who, key=place, name=name) for place, (who, name) in enumerate(asked)]
    groups = in_groups(acts)
    assert all(len({act.name for act in group}) == 1 for group in groups)
    flat = [act for group in groups for act in group]
    for who in (1, 2, 3):
        assert [act.name for act in flat if act.claim.participant_id == who] == [
            name for one, name in asked if one == who
        ]
    assert [[(act.claim.participant_id, act.name) for act in group] for group in groups] == [
        [(1, "vote"), (2, "vote"), (3, "vote")],
        [(1, "unvote")],
        [(2, "ask")],
        [(1, "vote")],
        [(2, "unvote")],
    ]


def test_a_refusal_is_an_error_again():
    error = error_of(refusal(TooMany(seconds=7)))
    assert type(error) is TooMany
    assert error.params == {"seconds": 7}
    assert error_of(Result(201)) is None


def test_the_key_of_a_form_depends_on_all_that_makes_the_act():
    keys = {
        key_of_form(1, "ask", "", "When?"),
        key_of_form(2, "ask", "", "When?"),
        key_of_form(1, "vote", "", "When?"),
    }
    assert len(keys | {key_of_form(1, "ask", "A", "When?"), key_of_form(1, "ask", "", "Where?")}) == 5
    assert key_of_form(1, "ask", "", "When?") in keys


def test_answers_are_forgotten_after_seven_days_a_few_at_a_time(feed, monkeypatch):
    monkeypatch.setattr("kenes.live.acts.PURGED_AT_ONCE", 3)
    answer_acts([an_act(feed, key=key) for key in range(5)], {"tell": Teller()})
    assert purge_answered(at=NOON + timedelta(days=7)) == 0
    late = NOON + timedelta(days=7, seconds=1)
    assert [purge_answered(at=late), purge_answered(at=late), purge_answered(at=late)] == [3, 2, 0]
