"""The relay: coalesced, contiguous frames, heartbeats in time, and nothing hidden by its death."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from factories import a_meeting
from kenes.live import relay as relay_module
from kenes.live.contracts import Change, Gone, Stream
from kenes.live.epoch import renew_epoch
from kenes.live.frames import MOST_CHANGES
from kenes.live.models import Feed
from kenes.live.writer import change_feed
from kenes.programme.models import Meeting
from live.engine_parts import READERS, Stage, off_loop, on_stage, until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def _quick_beats(monkeypatch):
    monkeypatch.setattr(relay_module, "HEARTBEAT_SECONDS", 0.3)


def is_contiguous(frames) -> bool:
    return all(after["from"] == before["to"] for before, after in pairwise(frames))


def bump(feed_id: int) -> None:
    with change_feed(feed_id) as feed:
        assert feed.version


def test_the_first_follower_gets_a_heartbeat_at_once_then_every_change(meeting):
    async def scenario(stage: Stage) -> None:
        feed_id = meeting.feed_id
        who = await stage.join("AKM-1")
        stage.hub.follow(feed_id)
        await until(lambda: len(stage.frames(feed_id)) == 1, seconds=0.5)
        asked = (await stage.ask("AKM-1", who)).json()
        await until(lambda: len(stage.frames(feed_id)) == 2, seconds=1)
        heartbeat, frame = stage.frames(feed_id)
        assert heartbeat["from"] == heartbeat["to"] == asked["version"] - 1
        assert heartbeat["changes"] == []
        assert (frame["from"], frame["to"]) == (asked["version"] - 1, asked["version"])
        assert [change["code"] for change in frame["changes"] if change["type"] == "question"] == [
            asked["code"]
        ]

    on_stage(scenario)


def test_changes_of_a_moment_come_as_few_contiguous_frames(meeting):
    async def scenario(stage: Stage) -> None:
        feed_id = meeting.feed_id
        stage.hub.follow(feed_id)
        await until(lambda: bool(stage.frames(feed_id)))
        start = stage.frames(feed_id)[-1]["to"]
        began = asyncio.get_running_loop().time()
        for _ in range(50):
            await off_loop(bump, feed_id)
        await until(lambda: stage.frames(feed_id)[-1]["to"] == start + 50)
        lasted = asyncio.get_running_loop().time() - began
        assert is_contiguous(stage.frames(feed_id))
        assert len(stage.frames(feed_id)) <= 3 + lasted / relay_module.TICK_SECONDS

    on_stage(scenario)


def test_a_commit_that_wakes_nobody_is_noticed_by_looking(meeting):
    """As another process commits: on a connection of its own, without a word to this one's relay."""

    async def scenario(stage: Stage) -> None:
        feed_id = meeting.feed_id
        stage.hub.follow(feed_id)
        await until(lambda: bool(stage.frames(feed_id)))
        start = stage.frames(feed_id)[-1]["to"]
        await off_loop(lambda: Feed.objects.filter(pk=feed_id).update(version=start + 1))
        await until(lambda: stage.frames(feed_id)[-1]["to"] == start + 1, seconds=1)

    on_stage(scenario)


@pytest.mark.usefixtures("_quick_beats")
def test_a_quiet_room_has_heartbeats_and_nothing_else(meeting):
    async def scenario(stage: Stage) -> None:
        stage.hub.follow(meeting.feed_id)
        await asyncio.sleep(1.2)
        frames = stage.frames(meeting.feed_id)
        assert 3 <= len(frames) <= 5
        assert {(frame["from"], frame["to"], len(frame["changes"])) for frame in frames} == {
            (frames[0]["to"], frames[0]["to"], 0)
        }

    on_stage(scenario)


def test_heartbeats_come_more_often_than_every_five_seconds():
    assert relay_module.HEARTBEAT_SECONDS + relay_module.POLL_SECONDS + relay_module.TICK_SECONDS < 5


def test_a_feed_nobody_follows_is_not_read(meeting):
    async def scenario(stage: Stage) -> None:
        await off_loop(bump, meeting.feed_id)
        await asyncio.sleep(0.2)
        assert stage.engine.relay.looks == 0

    on_stage(scenario)


def test_a_change_of_the_desk_alone_moves_every_stream_on_and_shows_only_there(meeting):
    Meeting.objects.update(publishing="hold")

    async def scenario(stage: Stage) -> None:
        feed_id = meeting.feed_id
        who = await stage.join("AKM-1")
        for stream in Stream:
            stage.hub.follow(feed_id, stream)
        await until(lambda: all(stage.frames(feed_id, stream) for stream in Stream))
        asked = (await stage.ask("AKM-1", who)).json()
        await until(
            lambda: all(stage.frames(feed_id, stream)[-1]["to"] == asked["version"] for stream in Stream)
        )
        last = {stream: stage.frames(feed_id, stream)[-1] for stream in Stream}
        assert {stream: len(frame["changes"]) > 0 for stream, frame in last.items()} == {
            Stream.PUBLIC: False,
            Stream.DESK: True,
            Stream.SPEAKER: False,
        }
        assert {(frame["from"], frame["to"]) for frame in last.values()} == {
            (asked["version"] - 1, asked["version"])
        }

    on_stage(scenario)


class Flawed:
    """A reader that fails while it is told to, or has more rows than a frame takes."""

    type = "flaw"

    def __init__(self) -> None:
        self.feed_id = 0
        self.rows = 0

    def changed(self, feed_id: int, *, since: int, stream: Stream, using: str) -> Iterable[Change | Gone]:
        if feed_id == self.feed_id:
            raise ZeroDivisionError
        for number in range(self.rows):
            yield Change("flaw", str(number), since + 1, {})


@pytest.mark.usefixtures("_quick_beats")
def test_one_feed_that_cannot_be_read_does_not_silence_the_others_and_catches_up(meeting, caplog):
    other = a_meeting(meeting.session, is_open=True)
    flawed = Flawed()

    async def scenario(stage: Stage) -> None:
        feeds = [meeting.feed_id, other.feed_id]
        for feed_id in feeds:
            stage.hub.follow(feed_id)
        await until(lambda: all(stage.frames(feed_id) for feed_id in feeds))
        starts = [stage.frames(feed_id)[-1]["to"] for feed_id in feeds]
        flawed.feed_id = meeting.feed_id
        for feed_id in feeds:
            await off_loop(bump, feed_id)
        await until(lambda: stage.frames(other.feed_id)[-1]["to"] == starts[1] + 1)
        assert stage.frames(meeting.feed_id)[-1]["to"] == starts[0]
        assert stage.engine.relay.faults == 0
        flawed.feed_id = 0
        await until(lambda: stage.frames(meeting.feed_id)[-1]["to"] == starts[0] + 1)
        assert all(is_contiguous(stage.frames(feed_id)) for feed_id in feeds)

    on_stage(scenario, readers=[*READERS, flawed])
    assert {record.name for record in caplog.records} == {"kenes.live.frames"}


def test_too_many_changes_for_a_frame_are_a_gap_that_changes_fills_by_a_snapshot(meeting):
    flawed = Flawed()

    async def scenario(stage: Stage) -> None:
        feed_id = meeting.feed_id
        stage.hub.follow(feed_id)
        await until(lambda: bool(stage.frames(feed_id)))
        start = stage.frames(feed_id)[-1]["to"]
        flawed.rows = MOST_CHANGES + 1
        await off_loop(bump, feed_id)
        await until(lambda: len(stage.frames(feed_id)) == 2)
        assert stage.frames(feed_id)[-1]["from"] == start + 1
        filled = (await stage.client.get(f"/live/rooms/AKM-1/changes?since={start}")).json()
        assert filled["version"] == start + 1
        flawed.rows = MOST_CHANGES
        await off_loop(bump, feed_id)
        await until(lambda: stage.frames(feed_id)[-1]["to"] == start + 2)
        assert len(stage.frames(feed_id)[-1]["changes"]) == MOST_CHANGES

    on_stage(scenario, readers=[flawed])


def test_a_relay_that_fails_begins_anew_and_tells_at_once(meeting, caplog, monkeypatch):
    monkeypatch.setattr(relay_module, "PAUSE_AFTER_FAULT_SECONDS", 0.05)

    async def scenario(stage: Stage) -> None:
        feed_id = meeting.feed_id
        stage.hub.follow(feed_id)
        await until(lambda: bool(stage.frames(feed_id)))
        followed = stage.hub.followed
        monkeypatch.setattr(stage.hub, "followed", lambda: 1 / 0)
        await until(lambda: stage.engine.relay.faults >= 1)
        await off_loop(bump, feed_id)
        count = len(stage.frames(feed_id))
        monkeypatch.setattr(stage.hub, "followed", followed)
        await until(lambda: len(stage.frames(feed_id)) > count, seconds=1)
        assert is_contiguous(stage.frames(feed_id))

    on_stage(scenario)
    assert {record.getMessage() for record in caplog.records} == {"The relay failed and begins anew."}


def test_a_change_after_which_the_server_was_killed_shows_in_the_next_relays_first_frame(meeting):
    held: list[int] = []

    async def before(stage: Stage) -> None:
        stage.hub.follow(meeting.feed_id)
        await until(lambda: bool(stage.frames(meeting.feed_id)))
        held.append(stage.frames(meeting.feed_id)[-1]["to"])

    async def after(stage: Stage) -> None:
        stage.hub.follow(meeting.feed_id)
        await until(lambda: bool(stage.frames(meeting.feed_id)), seconds=1)
        assert stage.frames(meeting.feed_id)[0]["from"] == held[0] + 1

    on_stage(before)
    bump(meeting.feed_id)
    on_stage(after)


def test_a_new_epoch_is_told_to_all_who_follow(meeting):
    async def scenario(stage: Stage) -> None:
        feed_id = meeting.feed_id
        stage.hub.follow(feed_id)
        await until(lambda: bool(stage.frames(feed_id)))
        await off_loop(lambda: Feed.objects.filter(pk=feed_id).update(version=1))
        epoch = await off_loop(lambda: renew_epoch(at=NOW))
        await until(lambda: stage.frames(feed_id)[-1]["epoch"] == epoch)
        assert (stage.frames(feed_id)[-1]["from"], stage.frames(feed_id)[-1]["to"]) == (1, 1)

    on_stage(scenario)


class Waiting:
    """A long poll of the room's changes, and how long it took."""

    def __init__(self, stage: Stage, since: int, wait: int) -> None:
        self.began = asyncio.get_running_loop().time()
        self.task = asyncio.ensure_future(
            stage.client.get(f"/live/rooms/AKM-1/changes?since={since}&wait={wait}", timeout=30)
        )

    async def frame(self) -> tuple[dict[str, object], float]:
        answer = await self.task
        return answer.json(), asyncio.get_running_loop().time() - self.began


def test_a_wait_ends_with_the_change_without_a_follower_and_without_a_thread(meeting):
    async def scenario(stage: Stage) -> None:
        start = (await stage.client.get("/live/rooms/AKM-1/changes")).json()["version"]
        waits = [Waiting(stage, start, 20) for _ in range(40)]
        await asyncio.sleep(0.3)
        assert stage.engine.reads._threads.waiting == 0
        await off_loop(bump, meeting.feed_id)
        for wait in waits:
            frame, lasted = await wait.frame()
            assert (frame["from"], frame["to"]) == (start, start + 1)
            assert lasted < 5
        assert list(stage.engine.relay._waiters.feeds()) == []

    on_stage(scenario)


def test_a_wait_in_vain_ends_with_the_empty_frame_and_a_change_elsewhere_does_not_end_it(meeting):
    other = a_meeting(meeting.session, is_open=True)

    async def scenario(stage: Stage) -> None:
        start = (await stage.client.get("/live/rooms/AKM-1/changes")).json()["version"]
        wait = Waiting(stage, start, 1)
        await asyncio.sleep(0.2)
        await off_loop(bump, other.feed_id)
        frame, lasted = await wait.frame()
        assert (frame["from"], frame["to"], frame["changes"]) == (start, start, [])
        assert 1 <= lasted < 3

    on_stage(scenario)


def test_a_stop_ends_all_waits_at_once(meeting):
    waits: list[Waiting] = []

    async def scenario(stage: Stage) -> None:
        start = (await stage.client.get("/live/rooms/AKM-1/changes")).json()["version"]
        waits.append(Waiting(stage, start, 20))
        await asyncio.sleep(0.2)
        await stage.engine.stop()
        frame, lasted = await waits[0].frame()
        assert frame["changes"] == []
        assert lasted < 2

    on_stage(scenario)


def test_while_nobody_follows_nothing_is_asked_and_who_comes_then_has_all_at_once(meeting, monkeypatch):
    async def scenario(stage: Stage) -> None:
        asked = []
        relay, feed_id = stage.engine.relay, meeting.feed_id
        monkeypatch.setattr(relay, "_has_sign", lambda: asked.append(1) is not None)
        stage.hub.follow(feed_id)
        await until(lambda: bool(stage.frames(feed_id)))
        stage.hub.lines.clear()
        await asyncio.sleep(3 * relay_module.POLL_SECONDS + relay_module.TICK_SECONDS)
        count = len(asked)
        await off_loop(bump, feed_id)
        await asyncio.sleep(4 * relay_module.POLL_SECONDS)
        assert len(asked) == count
        stage.hub.follow(feed_id)
        await until(lambda: len(stage.frames(feed_id)) == 2, seconds=0.5)
        assert stage.frames(feed_id)[-1]["to"] == stage.frames(feed_id)[0]["to"] + 1

    on_stage(scenario)
