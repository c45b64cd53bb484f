"""Group commit: durable before the reply, neighbours kept apart from a bad act, a bounded queue."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.db.utils import OperationalError
from django.utils import timezone

from kenes.core.errors import Conflict, Unavailable
from kenes.live.commit import AIM_SECONDS, FIRST_BATCH, LARGEST_BATCH, LEAST_BATCH, Committer
from kenes.live.contracts import Act, FeedChange, Result
from kenes.live.errors import Fault
from kenes.live.models import AnsweredAct, Feed
from kenes.live.writer import create_feed
from live import test_acts
from live.engine_parts import off_loop
from live.test_acts import Teller

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


class Faulty(Teller):
    """Fails whole batches by what one target says."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []
        self.gate = threading.Event()
        self.gate.set()

    def commit(self, acts: Sequence[Act], feeds: Mapping[int, FeedChange]) -> Sequence[Result]:
        self.gate.wait(5)
        self.sizes.append(len(acts))
        targets = {act.target for act in acts}
        if "bug" in targets:
            raise ZeroDivisionError
        if "no disk" in targets:
            raise OperationalError("disk I/O error")
        if "refuse all" in targets:
            raise Conflict
        return super().commit(acts, feeds)


def an_act(feed: Feed, **parts: Any) -> Act:
    return test_acts.an_act(feed, at=timezone.now(), **parts)


@pytest.fixture
def feed() -> Feed:
    return create_feed("room")


def committed(writer: Faulty, acts: Sequence[Act], **options: int) -> list[Result | BaseException]:
    """Let all acts wait until they are one batch, then commit them; answers in order."""

    async def run() -> list[Result | BaseException]:
        committer = Committer({"tell": writer}, **options)
        asked = [asyncio.ensure_future(committer.commit(act)) for act in acts]
        await asyncio.sleep(0)
        committer.start()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        await committer.stop()
        return answers

    return asyncio.run(run())


def test_acts_that_wait_are_one_transaction(feed):
    writer = Faulty()
    answers = committed(writer, [an_act(feed, key=key) for key in range(40)])
    assert writer.sizes == [40]
    assert [answer.body["nth"] for answer in answers] == list(range(1, 41))
    assert Feed.objects.get().version == 1
    assert AnsweredAct.objects.count() == 40


def test_a_reply_comes_only_after_the_commit(feed):
    async def run() -> None:
        committer = Committer({"tell": Faulty()})
        committer.start()
        await committer.commit(an_act(feed))
        assert await off_loop(AnsweredAct.objects.using("snapshot").count) == 1
        await committer.stop()

    asyncio.run(run())


def test_a_bad_act_does_not_fail_its_neighbours(feed, caplog):
    writer = Faulty()
    acts = [an_act(feed, key=key, target="bug" if key == 2 else "A") for key in range(5)]
    answers = committed(writer, acts)
    assert [type(answer) for answer in answers] == [Result, Result, Fault, Result, Result]
    assert sorted(key.int for _, key in writer.done) == [0, 1, 3, 4]
    assert AnsweredAct.objects.count() == 4
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


def test_a_refusal_raised_from_a_batch_is_kept_for_its_act_alone(feed):
    writer = Faulty()
    acts = [an_act(feed, key=key, target="refuse all" if key == 1 else "A") for key in range(3)]
    statuses = [answer.status for answer in committed(writer, acts)]
    assert statuses == [201, 409, 201]
    assert sorted(AnsweredAct.objects.values_list("status", flat=True)) == [201, 201, 409]


def test_a_database_that_fails_is_not_tried_for_every_act(feed):
    writer = Faulty()
    acts = [an_act(feed, key=key, target="no disk") for key in range(50)]
    answers = committed(writer, acts)
    assert {type(answer) for answer in answers} == {Unavailable}
    assert writer.sizes == [50, 1, 1, 1]
    assert AnsweredAct.objects.count() == 0


def test_a_full_queue_refuses_before_memory_grows(feed):
    writer = Faulty()
    answers = committed(writer, [an_act(feed, key=key) for key in range(30)], most_waiting=20)
    assert [type(answer) for answer in answers] == [Result] * 20 + [Unavailable] * 10


def test_stopping_commits_what_was_taken_and_takes_no_more(feed):
    async def run() -> None:
        writer = Faulty()
        writer.gate.clear()
        committer = Committer({"tell": writer})
        committer.start()
        taken = [asyncio.ensure_future(committer.commit(an_act(feed, key=key))) for key in range(3)]
        await asyncio.sleep(0.05)
        stopping = asyncio.ensure_future(committer.stop())
        await asyncio.sleep(0.05)
        with pytest.raises(Unavailable):
            await committer.commit(an_act(feed, key=9))
        writer.gate.set()
        await stopping
        assert [(await act).status for act in taken] == [201, 201, 201]

    asyncio.run(run())


def test_two_equal_keys_in_one_batch_are_one_act(feed):
    writer = Faulty()
    same, other = an_act(feed, key=1), an_act(feed, key=1, target="B")
    first, second, third = committed(writer, [same, same, other])
    assert first == second
    assert third.error == "key-reused"
    assert len(writer.done) == 1


def test_batches_fit_the_time_a_transaction_may_take():
    committer = Committer({})
    committer._fit_batches(committer._largest, AIM_SECONDS * 2)
    assert committer._largest == FIRST_BATCH // 2
    for _ in range(9):
        committer._fit_batches(committer._largest, AIM_SECONDS / 100)
    assert committer._largest == LARGEST_BATCH
    committer._fit_batches(100, AIM_SECONDS / 100)
    assert committer._largest == LARGEST_BATCH, "a batch that is not full says nothing of a larger one"
    committer._fit_batches(3, AIM_SECONDS * 2)
    assert committer._largest == LEAST_BATCH
