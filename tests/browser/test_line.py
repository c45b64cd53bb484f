"""The line to a room in a real browser, over networks that buffer, break, lie and come back."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser.fake_room import FakeRoom, a_fake_room

pytestmark = pytest.mark.browser

WORKER = "feed-worker.js"
SOON_MS = 8_000


@pytest.fixture
def room() -> Iterator[FakeRoom]:
    with a_fake_room() as served:
        yield served


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context()
    yield opened
    opened.close()


def a_tab(context: BrowserContext, room: FakeRoom, worker: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{room.url}?worker={worker}")
    return page


def a_live_tab(context: BrowserContext, room: FakeRoom, worker: str = "") -> Page:
    page = a_tab(context, room, worker)
    wait_for_status(page, "live")
    return page


def wait_for_status(page: Page, status: str, timeout: int = SOON_MS) -> None:
    page.wait_for_function("status => window.statuses?.at(-1) === status", arg=status, timeout=timeout)


def wait_for_version(page: Page, version: int, timeout: int = SOON_MS) -> None:
    page.wait_for_function("version => window.versions?.at(-1) === version", arg=version, timeout=timeout)


def wait_until(is_so: Callable[[], bool], seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert is_so()


def test_frames_are_followed_as_they_come(context: BrowserContext, room: FakeRoom) -> None:
    page = a_live_tab(context, room)
    room.move()
    room.move()
    wait_for_version(page, 3)
    assert (page.evaluate("versions"), room.times("/changes")) == ([1, 2, 3], [])


def test_a_change_between_snapshot_and_first_frame_is_asked_for(
    context: BrowserContext, room: FakeRoom
) -> None:
    room.passing = True
    page = a_live_tab(context, room)
    wait_for_version(page, 2)
    assert room.queries("changes") == ["since=1"]


def test_a_frame_that_was_lost_is_noticed_by_the_next_heartbeat(
    context: BrowserContext, room: FakeRoom
) -> None:
    page = a_live_tab(context, room)
    room.version += 1
    wait_for_version(page, 2, timeout=3000)
    assert room.queries("changes") == ["since=1"]


def test_a_frame_that_is_held_already_changes_nothing(context: BrowserContext, room: FakeRoom) -> None:
    page = a_live_tab(context, room)
    room.move()
    wait_for_version(page, 2)
    room.tell(room.frame(1))
    room.tell(room.frame(0))
    room.move()
    wait_for_version(page, 3)
    assert page.evaluate("versions") == [1, 2, 3]


def test_another_epoch_is_a_new_beginning(context: BrowserContext, room: FakeRoom) -> None:
    room.version = 9
    page = a_live_tab(context, room)
    room.epoch, room.version = "two", 4
    page.wait_for_function("window.epoch === 'two'", timeout=3000)
    room.move()
    wait_for_version(page, 5)
    assert (page.evaluate("versions"), len(room.times("/snapshot"))) == ([9, 4, 5], 2)


@pytest.mark.parametrize("worker", ["", WORKER])
def test_a_path_that_buffers_is_polled_instead(context: BrowserContext, room: FakeRoom, worker: str) -> None:
    room.events = "silent"
    page = a_tab(context, room, worker)
    wait_for_status(page, "delayed", timeout=9_000)
    silence = room.times("/changes")[0] - room.times("/events")[0]
    room.move()
    wait_for_version(page, 2, timeout=1000)
    assert (4.5 < silence < 7, room.queries("changes")[0]) == (True, "since=1&wait=20")


def test_a_stream_that_falls_silent_is_polled_after_twelve_seconds(
    context: BrowserContext, room: FakeRoom
) -> None:
    page = a_live_tab(context, room)
    room.beats = False
    began = time.monotonic()
    room.version += 1
    wait_for_status(page, "delayed", timeout=16_000)
    wait_for_version(page, 2)
    assert 10 < time.monotonic() - began < 15


@pytest.mark.parametrize("status", ["503", "200"])
def test_a_page_in_place_of_the_stream_is_tried_again_ever_less_often_until_it_flows(
    context: BrowserContext, room: FakeRoom, status: str
) -> None:
    room.events = status
    page = a_tab(context, room)
    wait_until(lambda: len(room.times("/events")) > 3, 20)
    times = room.times("/events")
    waits = [later - sooner for sooner, later in pairwise(times)]
    said = page.evaluate("statuses.at(-1)")
    room.events = "flow"
    room.version += 1
    wait_for_status(page, "live", timeout=16_000)
    wait_for_version(page, 2)
    assert (said, 0.2 < waits[0] < 1.5, waits[2] > 1.5 * waits[0]) == ("offline", True, True), waits


def test_the_time_to_come_back_that_a_stopping_server_gives_is_kept(
    context: BrowserContext, room: FakeRoom
) -> None:
    page = a_live_tab(context, room)
    room.send(b"retry: 2500\n\n")
    room.send(None)
    gone = time.monotonic()
    wait_until(lambda: len(room.times("/events")) == 2)
    waited = room.times("/events")[1] - gone
    wait_for_status(page, "live")
    assert 2.3 < waited < 4.5


def test_tabs_of_a_browser_share_one_stream(context: BrowserContext, room: FakeRoom) -> None:
    tabs = [a_live_tab(context, room, WORKER) for _ in range(3)]
    room.move()
    for tab in tabs:
        wait_for_version(tab, 2)
    opened = len(room.times("/events")), len(room.streams)
    for tab in tabs[:2]:
        tab.close()
    room.move()
    wait_for_version(tabs[2], 3)
    tabs[2].close()
    room.move()
    wait_until(lambda: not room.streams)
    assert opened == (1, 1)


def test_a_tab_that_comes_late_to_the_shared_stream_misses_nothing(
    context: BrowserContext, room: FakeRoom
) -> None:
    a_live_tab(context, room, WORKER)
    room.passing = True
    late = a_tab(context, room, WORKER)
    wait_for_version(late, 2)


def test_without_a_shared_worker_each_tab_has_its_own_stream(context: BrowserContext, room: FakeRoom) -> None:
    context.add_init_script("delete window.SharedWorker")
    tabs = [a_live_tab(context, room, WORKER) for _ in range(2)]
    room.move()
    for tab in tabs:
        wait_for_version(tab, 2)
    assert len(room.streams) == 2


def test_a_worker_that_cannot_be_loaded_is_done_without(context: BrowserContext, room: FakeRoom) -> None:
    page = a_live_tab(context, room, "no-such-worker.js")
    room.move()
    wait_for_version(page, 2)


def test_a_network_that_was_away_is_taken_up_as_soon_as_it_is_back(
    context: BrowserContext, room: FakeRoom
) -> None:
    page = a_live_tab(context, room)
    context.set_offline(True)
    wait_for_status(page, "offline")
    room.send(None)
    room.version += 1
    page.wait_for_timeout(1500)
    context.set_offline(False)
    back = time.monotonic()
    wait_for_version(page, 2)
    wait_for_status(page, "live")
    assert time.monotonic() - back < 3


def test_a_tab_that_slept_wakes_to_the_right_state(context: BrowserContext, room: FakeRoom) -> None:
    page = a_live_tab(context, room)
    lifecycle = context.new_cdp_session(page)
    lifecycle.send("Page.setWebLifecycleState", {"state": "frozen"})
    for _ in range(3):
        room.move()
    time.sleep(14)
    lifecycle.send("Page.setWebLifecycleState", {"state": "active"})
    wait_for_version(page, 4)
    wait_for_status(page, "live")
