"""Fan-out under what goes wrong or goes on beside it: stalled readers, pages, a rush of votes, a restart."""

import sqlite3
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bench.acts import vote
from bench.costs import cost_of
from bench.crowd import FRAME_BEGIN, FRAME_END, Crowd, Entry, Receipts, raise_open_files
from bench.insisting import Insisting
from bench.maker import ROOM, Maker
from bench.people import People
from bench.report import Result, Section, ratio
from bench.requester import Load
from bench.returning import Viewers
from bench.server import MIGRATE, Server, data_folder, serving

EVENTS = f"/live/rooms/{ROOM}/events"
SUBSCRIBERS, STALLED = 1_000, 40
ROUNDS = 2
PACED_EVENTS, PACE_SECONDS = 50, 0.1
# Heavy enough for a reader who stalls to be full within seconds.
HEAVY_EVENTS, HEAVY_ROWS, HEAVY_SECONDS = 16, 30, 0.25
# The buffer that a reader may fill, with the frame that passed it; what memory differs by anyway.
BUFFERED_MIB, NOISE_MIB = 0.1, 8
VIEWERS, UPVOTES, RUSH_SECONDS = 5_000, 1_000, 30
RETURNING = 10_000
RESUME_SECONDS, OTHER_FILES = 15, 300
PAGES = ("/ru/campaigns/bench/", "/ru/regions/11/", "/ru/")
PAGE_REQUEST = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n"


def main() -> Section:
    """Measure all four on one data folder."""
    people = ("bench.people", "1500", "30")
    with data_folder([MIGRATE, people]) as data_dir:
        results = [*_beside_pages(data_dir), *_stalled(data_dir), *_rush(data_dir), *_restart(data_dir)]
    notes = [
        f"{SUBSCRIBERS:,} subscribers where nothing else is said. Delays run from the commit of an event in "
        "another process to each reader; the crowd of readers shares the two cores with the server.",
    ]
    return Section("mixed", "Fan-out beside other things", results, notes)


def _beside_pages(data_dir: Path) -> list[Result]:
    """Events to all, by turns alone and while Django renders pages in both its threads."""
    alone: list[Receipts] = []
    beside: list[Receipts] = []
    pages = 0
    with (
        Maker(data_dir) as maker,
        serving(data_dir) as server,
        Crowd(Entry(server.address.port, EVENTS, SUBSCRIBERS)) as crowd,
    ):
        crowd.enter()
        for turn in range(ROUNDS):
            alone.append(_events(crowd, maker, first=1000 * turn))
            load = _page_load(server)
            load.begin()
            time.sleep(0.5)
            beside.append(_events(crowd, maker, first=1000 * turn + 500))
            answers = load.end()
            pages += answers.statuses.get(200, 0)
    delays = ratio([one.delay_p99 for one in beside], [one.delay_p99 for one in alone])
    return [
        Result("fan-out alone: event made to read, p99", [one.delay_p99 for one in alone], "ms"),
        Result("fan-out beside pages: event made to read, p99", [one.delay_p99 for one in beside], "ms"),
        Result("fan-out beside pages against alone, p99", delays, "×", most=3),
        Result("fan-out alone: first to 99th reader of 100", [one.spread_p99 for one in alone], "ms"),
        Result("fan-out beside pages: first to 99th reader of 100", [one.spread_p99 for one in beside], "ms"),
        Result("pages rendered meanwhile", [pages], "pages"),
        Result("events lost beside pages", [one.lost for one in (*alone, *beside)], "", most=0),
    ]


def _page_load(server: Server) -> Load:
    seconds = PACED_EVENTS * PACE_SECONDS
    requests = [PAGE_REQUEST.format(path=PAGES[n % len(PAGES)]).encode() for n in range(int(40 * seconds))]
    return Load(server.address.port, requests, connections=2)


def _events(crowd: Crowd, maker: Maker, *, first: int) -> Receipts:
    return _paced(
        crowd,
        maker.publish,
        numbers=range(first, first + PACED_EVENTS),
        pace=PACE_SECONDS,
    )


def _paced(crowd: Crowd, publish: Callable[[int], float], *, numbers: range, pace: float) -> Receipts:
    """Make events by the clock while the crowd only listens."""
    return crowd.receipts(crowd.hear_by_clock(publish, numbers=numbers, pace=pace, longer=1.5))


def _stalled(data_dir: Path) -> list[Result]:
    """Heavy events, by turns with all reading and with 4 % who never read."""
    rounds: dict[int, list[Receipts]] = {0: [], STALLED: []}
    grown: dict[int, list[float]] = {0: [], STALLED: []}
    dropped: list[float] = []
    for turn in range(ROUNDS):
        for stalled in (0, STALLED):
            with (
                Maker(data_dir) as maker,
                serving(data_dir) as server,
                Crowd(Entry(server.address.port, EVENTS, SUBSCRIBERS, stalled=stalled)) as crowd,
            ):
                crowd.enter()
                before = cost_of([server.pid])
                numbers = range(50_000 + 1000 * turn, 50_000 + 1000 * turn + HEAVY_EVENTS)
                rounds[stalled].append(
                    _paced(
                        crowd,
                        lambda number, maker=maker: maker.publish(number, size=720, rows=HEAVY_ROWS),
                        numbers=numbers,
                        pace=HEAVY_SECONDS,
                    )
                )
                grown[stalled].append((cost_of([server.pid]) - before).resident_bytes / 2**20)
                if stalled:
                    dropped.append(_dropped(server))
    without, with_them = rounds[0], rounds[STALLED]
    added = [more - less for more, less in zip(grown[STALLED], grown[0], strict=True)]
    share = ratio([one.delay_p99 for one in with_them], [one.delay_p99 for one in without])
    return [
        Result("heavy events, all read: p99", [one.delay_p99 for one in without], "ms"),
        Result(
            f"heavy events, {STALLED} of {SUBSCRIBERS:,} stalled: p99",
            [one.delay_p99 for one in with_them],
            "ms",
        ),
        Result("stalled readers: p99 of the others against without them", share, "×", most=1.5),
        Result("stalled readers: events lost for the others", [one.lost for one in with_them], "", most=0),
        Result(f"stalled readers: of {STALLED} dropped", dropped, "", least=STALLED, most=STALLED),
        Result("memory grown meanwhile, all read", grown[0], "MiB"),
        Result(
            "memory that stalled readers add to it", added, "MiB", most=STALLED * BUFFERED_MIB + NOISE_MIB
        ),
    ]


def _dropped(server: Server) -> float:
    """Return how many followers the server says it dropped."""
    with urllib.request.urlopen(f"{server.base}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("kenes_dropped_followers_total "))


def _rush(data_dir: Path) -> list[Result]:
    """Votes by the clock, each of a person of its own, to viewers who follow the room's frames."""
    people = People.of(data_dir)
    requests = [
        vote(people, token, people.questions[number % 10])
        for number, token in enumerate(people.tokens[:UPVOTES])
    ]
    with serving(data_dir) as server:
        entry = Entry(server.address.port, EVENTS, VIEWERS, begin=FRAME_BEGIN, end=FRAME_END)
        with Crowd(entry) as crowd:
            crowd.enter()
            time.sleep(2)
            load = Load(
                server.address.port,
                requests,
                connections=20,
                per_second=UPVOTES / RUSH_SECONDS,
                keep_bodies=True,
            )
            before = cost_of([server.pid])
            crowd.begin_to_listen(RUSH_SECONDS + 4)
            answers = load.run()
            crowd.heard()
            spent = cost_of([server.pid]) - before
            received = crowd.receipts_by_version(answers.versions())
    refused = sum(count for status, count in answers.statuses.items() if status != 200)
    what = f"{UPVOTES:,} upvotes in {RUSH_SECONDS} s to {VIEWERS:,} viewers"
    return [
        Result(f"{what}: frames to one viewer in the busiest second", [received.busiest], "", most=10),
        Result(f"{what}: vote sent to frame read, p95", [received.delay_p95], "ms", most=500),
        Result(f"{what}: vote sent to frame read, median", [received.delay_p50], "ms"),
        Result(f"{what}: votes refused, or not shown to somebody", [refused + received.lost], "", most=0),
        Result(f"{what}: CPU-seconds", [spent.cpu_seconds], "s"),
    ]


def _restart(data_dir: Path) -> list[Result]:
    """Stop the server in the middle of votes, start it again: who is back when, with what."""
    count = min(RETURNING, raise_open_files() - OTHER_FILES)
    before = _votes_kept(data_dir)
    people = People.of(data_dir)
    fresh = People(people.room, people.tokens, people.questions[10:])
    with serving(data_dir) as server:
        port = server.address.port
        viewers = Viewers(port, ROOM, count)
        with viewers:
            _until(lambda: viewers.state()["following"] == count, seconds=90)
            voters = Insisting(port, fresh)
            voters.start()
            time.sleep(2)
            stopped = time.monotonic()
            server.stop()
            down = time.monotonic()
            with serving(data_dir, port=port, settles=False):
                up = time.monotonic()
                is_back = _until(
                    lambda: viewers.state()["following"] == count and viewers.state()["all_since"] > stopped,
                    seconds=60,
                )
                back = viewers.state()["all_since"] - stopped if is_back else float("inf")
                voters.stop()
                last = max(voters.versions)
                _until(lambda: viewers.state()["least"] >= last, seconds=15)
                state = viewers.state()
    kept = _votes_kept(data_dir) - before
    behind = max(0, last - state["least"])
    what = f"restart under {count:,} viewers and votes"
    return [
        Result(f"{what}: all resumed, after the signal to stop", [back], "s", most=RESUME_SECONDS),
        Result(
            f"{what}: the server was away", [up - stopped], "s", remark=f"stopped in {down - stopped:.2f} s"
        ),
        Result(f"{what}: versions skipped, or behind at the end", [state["skipped"] + behind], "", most=0),
        Result(f"{what}: gaps filled", [state["filled"]], ""),
        Result(f"{what}: votes acknowledged", [len(voters.acknowledged)], ""),
        Result(f"{what}: sent again with their key", [voters.repeated], ""),
        Result(
            f"{what}: acknowledged votes lost or doubled",
            [abs(kept - len(set(voters.acknowledged)))],
            "",
            most=0,
        ),
    ]


def _until(is_so: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def _votes_kept(data_dir: Path) -> int:
    """Count the votes; raises where the counts beside the questions say otherwise."""
    connection = sqlite3.connect(data_dir / "kenes.sqlite3")
    rows = connection.execute("SELECT count(*) FROM questions_vote").fetchone()[0]
    counted = connection.execute(
        "SELECT sum(votes_guest + votes_confirmed) FROM questions_question"
    ).fetchone()
    connection.close()
    if rows != counted[0]:
        raise RuntimeError(f"{rows} votes, {counted[0]} counted.")
    return int(rows)
