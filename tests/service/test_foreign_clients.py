"""Clients that are not ours follow the room by the document alone: no version is skipped."""

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import httpx_sse
import pytest

from servers import ROOT
from service.served import Participant, ServedSite, frame_of

pytestmark = pytest.mark.service

RECONNECTS = 100
CHANGES = 40


class Holder:
    """The steps of the document's "to follow without a gap"."""

    def __init__(self, room: str, client: httpx.Client) -> None:
        self._room = room
        self._client = client
        self.snapshot = client.get(f"{room}/snapshot").json()
        self.held = self.first = self.snapshot["version"]
        self.spans: list[tuple[int, int]] = []

    def take(self, frame: dict[str, Any]) -> None:
        if frame["to"] <= self.held:
            return
        if frame["from"] > self.held:
            filled = self._client.get(f"{self._room}/changes", params={"since": self.held}).json()
            assert filled["from"] == self.held
            self._hold(filled)
        if frame["to"] > self.held:
            self._hold(frame)

    def _hold(self, frame: dict[str, Any]) -> None:
        self.spans.append((self.held, frame["to"]))
        self.held = frame["to"]


def is_without_gap(spans: list[Any], first: int, last: int) -> bool:
    ends = [first, *[end for _, end in spans]]
    return [start for start, _ in spans] == ends[:-1] and ends[-1] == last


@pytest.fixture
def busy(site: ServedSite) -> Iterator[int]:
    """Somebody asks on and on; the value is the version at which the asking ends."""
    with httpx.Client(timeout=10) as client:
        asker = Participant(site.room, client)
        first = client.get(f"{site.room}/snapshot").json()["version"]

        def ask() -> None:
            for number in range(CHANGES):
                assert asker.ask(f"Сұрақ нөмірі {number}").status_code == 201
                time.sleep(0.05)

        thread = threading.Thread(target=ask)
        thread.start()
        yield first + CHANGES
        thread.join()


def test_httpx_sse_follows_through_a_hundred_reconnects(site: ServedSite, busy: int) -> None:
    with httpx.Client(timeout=15) as client:
        holder = Holder(site.room, client)
        opened = 0
        while opened < RECONNECTS or holder.held < busy:
            with httpx_sse.connect_sse(client, "GET", f"{site.room}/events") as source:
                holder.take(next(event.json() for event in source.iter_sse()))
            opened += 1
        assert is_without_gap(holder.spans, holder.first, busy)


def test_curl_follows_through_a_hundred_reconnects(site: ServedSite, busy: int) -> None:
    curl = shutil.which("curl")
    assert curl is not None, "curl is not on PATH"
    with httpx.Client(timeout=15) as client:
        holder = Holder(site.room, client)
        opened = 0
        while opened < RECONNECTS or holder.held < busy:
            with subprocess.Popen(
                [curl, "-sN", f"{site.room}/events"], stdout=subprocess.PIPE, text=True, encoding="utf-8"
            ) as process:
                assert process.stdout is not None
                frames = (frame_of(line) for line in process.stdout)
                holder.take(next(frame for frame in frames if frame is not None))
                process.terminate()
            opened += 1
        assert is_without_gap(holder.spans, holder.first, busy)


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with npm's eventsource: the checkout's own packages, or installed from its lock."""
    folder = tmp_path_factory.mktemp("node")
    shutil.copy(ROOT / "tests/service/follower.mjs", folder)
    if (ROOT / "node_modules/eventsource").is_dir():
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
        return folder
    npm = shutil.which("npm")
    assert npm is not None, "npm is not on PATH"
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder)
    subprocess.run([npm, "ci", "--ignore-scripts"], cwd=folder, check=True, capture_output=True, timeout=180)
    return folder


def test_npm_eventsource_follows_through_a_hundred_reconnects(
    node_folder: Path, site: ServedSite, busy: int
) -> None:
    node = shutil.which("node")
    assert node is not None, "node is not on PATH"
    command = [node, "follower.mjs", site.room, str(RECONNECTS), str(busy)]
    done = subprocess.run(
        command, cwd=node_folder, check=False, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["opened"] >= RECONNECTS
    assert is_without_gap(report["seen"], report["first"], busy)


def test_a_change_between_snapshot_and_subscription_shows_as_a_gap(site: ServedSite) -> None:
    with httpx.Client(timeout=15) as client:
        holder = Holder(site.room, client)
        assert Participant(site.room, client).ask("Арада келген сұрақ").status_code == 201
        began = time.monotonic()
        with httpx_sse.connect_sse(client, "GET", f"{site.room}/events") as source:
            holder.take(next(event.json() for event in source.iter_sse()))
        assert time.monotonic() - began < 5
        assert is_without_gap(holder.spans, holder.first, holder.first + 1)


def test_a_change_after_which_the_relay_is_killed_is_noticed_within_the_heartbeat(site: ServedSite) -> None:
    with httpx.Client(timeout=15) as client:
        holder = Holder(site.room, client)
        with httpx_sse.connect_sse(client, "GET", f"{site.room}/events") as source:
            holder.take(next(event.json() for event in source.iter_sse()))
            site.kill()
        site.change_from_elsewhere()
        site.start()
        began = time.monotonic()
        with httpx_sse.connect_sse(client, "GET", f"{site.room}/events") as source:
            holder.take(next(event.json() for event in source.iter_sse()))
        assert time.monotonic() - began < 5
        assert is_without_gap(holder.spans, holder.first, holder.first + 1)


def test_a_change_from_another_process_reaches_followers_within_a_second(site: ServedSite) -> None:
    with (
        httpx.Client(timeout=15) as client,
        httpx_sse.connect_sse(client, "GET", f"{site.room}/events") as source,
    ):
        events = (event.json() for event in source.iter_sse())
        held = next(events)["to"]
        site.change_from_elsewhere()
        committed = time.monotonic()
        frame = next(frame for frame in events if frame["to"] > held)
        assert (frame["from"], frame["changes"][0]["type"]) == (held, "room")
        assert time.monotonic() - committed < 1
