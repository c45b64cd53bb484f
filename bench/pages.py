"""Pages under the volume of a real campaign: server time, bytes, first paint, reading without JavaScript.

The limits are drawn from peers measured on two cores
with the same browser: a programme page at 36 ms and 333 KB (pretalx), a live page with 200
questions at 1,656 KB and 154 ms a poll (adhocracy-plus), 1,597 KB and nothing readable without
JavaScript (venueless). Times are also given as a ratio to a static file of the same server.
"""

import http.client
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.report import Result, Section
from bench.server import Server, serve

REQUESTS = 30
MEETINGS = 60
QUESTIONS = 200
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# A slow mobile line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
SLOW_LINE = {
    "offline": False,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
    "latency": 150,
}


def main() -> Section:
    """Measure in Chromium."""
    load = ["bench.load", str(MEETINGS), str(QUESTIONS)]
    with (
        serve([["kenes.config.command", "migrate", "--verbosity", "0"], load]) as server,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        figures = [*_programme(server, browser), *_room(server, browser), _memory(server)]
        browser.close()
    notes = [f"A programme of {MEETINGS} meetings, a room of {QUESTIONS} questions."]
    return Section("pages", "Pages", figures, notes)


def _programme(server: Server, browser: Browser) -> list[Result]:
    path = "/ru/campaigns/bench/"
    took, floor = _milliseconds(server, path), _milliseconds(server, _static_file(server, path))
    loaded = _load(browser, server, path)
    print(f"programme page: {took:.1f} ms, {took / floor:.1f} times a static file of the same server")
    return [
        Result("programme of 60 meetings: server time", [took], "ms", most=25, remark="pretalx 36"),
        Result(
            "programme of 60 meetings: first load", [loaded.kilobytes], "KB", most=100, remark="pretalx 333"
        ),
    ]


def _room(server: Server, browser: Browser) -> list[Result]:
    path = "/ru/rooms/AKM-1/"
    took, loaded = _milliseconds(server, path), _load(browser, server, path)
    unread = QUESTIONS - _readable_questions(browser, server, path)
    return [
        Result(
            "room of 200 questions: server time", [took], "ms", most=25, remark="adhocracy-plus 154 a poll"
        ),
        Result(
            "room of 200 questions: first load with font",
            [loaded.kilobytes],
            "KB",
            most=150,
            remark="adhocracy-plus 1656",
        ),
        Result(
            "room: first load without font",
            [loaded.kilobytes - loaded.font_kilobytes],
            "KB",
            most=60,
            remark="venueless 1597",
        ),
        Result("room: font", [loaded.font_kilobytes], "KB", most=35),
        Result("room: first paint at 1.6 Mbit/s", [_first_paint(browser, server, path)], "ms", most=1500),
        Result(
            "room: questions not readable without JavaScript", [unread], "", most=0, remark="venueless: all"
        ),
    ]


def _memory(server: Server) -> Result:
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii")
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return Result(
        "web process: resident", [resident / 1024], "MB", most=200, remark="venueless 424, pretalx 316"
    )


def _milliseconds(server: Server, path: str) -> float:
    """Return the median time of a warm request on a new connection, as a first visit makes."""
    address = urlsplit(server.base)
    times = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        connection.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": "gzip, br"})
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - began) * 1000)
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}.")
    return statistics.median(times)


def _static_file(server: Server, path: str) -> str:
    address = urlsplit(server.base)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    connection.request("GET", path)
    page = connection.getresponse().read().decode()
    return next(part for part in page.split('"') if part.startswith("/static/") and part.endswith(".css"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a first load took over the wire, headers included."""

    kilobytes: float
    font_kilobytes: float


def _load(browser: Browser, server: Server, path: str) -> Loaded:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = _network(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(server.base + path, wait_until="load")
    page.wait_for_timeout(2500)
    context.close()
    fonts = sum(size for request, size in sizes.items() if kinds.get(request) == "Font")
    return Loaded(sum(sizes.values()) / 1000, fonts / 1000)


def _first_paint(browser: Browser, server: Server, path: str) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    _network(page).send("Network.emulateNetworkConditions", SLOW_LINE)
    page.goto(server.base + path, wait_until="load")
    paint = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0]"
    )
    context.close()
    return float(paint)


def _readable_questions(browser: Browser, server: Server, path: str) -> int:
    """Count the questions that a reader without JavaScript comes to by the page and its «more» links."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    codes: set[str] = set()
    address: str | None = server.base + path
    while address:
        page.goto(address)
        codes |= set(page.locator("[data-code]").evaluate_all("rows => rows.map(row => row.dataset.code)"))
        more = page.locator("a[rel=next]")
        address = server.base + (more.first.get_attribute("href") or "") if more.count() else None
    context.close()
    return len({code for code in codes if code.startswith("AKM-1-")})


def _network(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return session
