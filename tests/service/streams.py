"""A client of a room's stream, by the documented protocol alone."""

import threading
import time
from itertools import pairwise
from typing import Any

import httpx

from service.served import ServedSite, frame_of


class Following(threading.Thread):
    """Keeps the frames it gets until the stream ends."""

    def __init__(self, site: ServedSite) -> None:
        super().__init__(daemon=True)
        self._url = f"{site.room}/events"
        self.frames: list[dict[str, Any]] = []

    def run(self) -> None:
        with httpx.stream("GET", self._url, timeout=30) as response:
            block = ""
            for line in response.iter_lines():
                block = f"{block}\n{line}" if line else ""
                frame = frame_of(block)
                if frame is not None:
                    self.frames.append(frame)
                    block = ""

    def wait_for(self, count: int) -> dict[str, Any]:
        """Return the last frame once so many have come; fail after 15 s."""
        end = time.monotonic() + 15
        while len(self.frames) < count:
            assert time.monotonic() < end, "no frame came"
            time.sleep(0.02)
        return self.frames[-1]

    def wait_for_version(self, version: int) -> None:
        """Return once a frame has brought the version; fail after 15 s."""
        end = time.monotonic() + 15
        while not self.frames or self.frames[-1]["to"] < version:
            assert time.monotonic() < end, f"version {version} did not come"
            time.sleep(0.02)

    def assert_no_gap(self) -> None:
        """Fail where a frame does not begin at the version at which the one before it ended."""
        assert [
            (before["to"], after["from"])
            for before, after in pairwise(self.frames)
            if after["from"] != before["to"]
        ] == []
