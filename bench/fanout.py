"""Fan-out: what one event to many costs, against peers in the same run."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.busy import busy_room
from bench.contenders import EVENT_BYTES, LIMIT, WIRE_BYTES, Contender, kenes, peers
from bench.costs import cost_of
from bench.crowd import Crowd, Entry, raise_open_files
from bench.report import Result, Section, ratio

PACE_SECONDS = 0.1
SETTLE_SECONDS = 1.0
EVENT_SECONDS = 60
WARM_UP = 2
FEW, MANY = 1_000, 10_000
# Files that a server and the crowd hold beside the connections.
OTHER_FILES = 200
# By name: events a round. Slow ones get fewer, so that a round lasts seconds.
EVENTS = {"Kenes": 40, LIMIT: 40, "Nchan": 40, "sse-starlette": 15, "Channels": 8}
EVENTS_TO_MANY = {"Kenes": 10, LIMIT: 10, "Nchan": 10, "Channels": 2}
ROUNDS, ROUNDS_OF_MANY = 3, 2
NEWCOMERS = 100

Rounds = dict[str, list["FanOut"]]


def main() -> Section:
    """Take turns at 1,000 subscribers, then at as many of 10,000 as the limits allow."""
    many = min(MANY, raise_open_files() - OTHER_FILES)
    with kenes() as ours:
        contenders = {"Kenes": ours, **peers()}
        few = _take_turns(contenders, EVENTS, FEW, ROUNDS)
        crowded = _take_turns(contenders, EVENTS_TO_MANY, many, ROUNDS_OF_MANY)
        busy = [
            *busy_room(contenders, FEW, many=False),
            *busy_room(contenders, many, many=True),
        ]
    results = [
        *_table(few, FEW),
        *_against(few, FEW, "Channels", least=40),
        *_against(few, FEW, "Nchan", least=1),
        *_against_limit(few, FEW),
        *_table(crowded, many),
        *_against(crowded, many, "Channels", least=55),
        *_against(crowded, many, "Nchan", least=1),
        *_against_limit(crowded, many),
        Result(
            f"Kenes: cost of a delivery at {many:,} against {FEW:,}",
            ratio(_costs(crowded["Kenes"]), _costs(few["Kenes"])),
            "×",
            most=1.7,
        ),
        Result(
            "events lost",
            [one.lost for some in (few, crowded) for each in some.values() for one in each],
            "",
            most=0,
        ),
        *busy,
    ]
    notes = [
        f"Events of {EVENT_BYTES} bytes. In Kenes another process commits an announcement to the database, "
        "the relay finds it; to the peers it is posted. The next event comes when everybody has the last, at "
        "most ten a second, and everything the server does meanwhile counts. Channels: RedisPubSub and "
        "WebSockets under uvicorn; Nchan: nginx with one worker; the bare C loop (`bench/peers/loop.c`): "
        f"{WIRE_BYTES} bytes sent on every socket and nothing else, so what the kernel asks of anybody. All "
        "have the same readers, sockets and pace. Memory is what processes hold, without the kernel's "
        f"buffers, after {NEWCOMERS} came and left.",
        "A busy room: events made by the clock, 33 a second as in a rush of votes (to Channels as fast as it "
        "takes them), and all read. Kenes sends at most ten frames a second, so a frame carries several "
        "events, each whole; the peers send each alone.",
    ]
    return Section("fanout", "Fan-out", results, notes)


def _take_turns(
    contenders: dict[str, Contender], events: dict[str, int], subscribers: int, rounds: int
) -> Rounds:
    found: Rounds = {name: [] for name in events if name in contenders}
    for _ in range(rounds):
        for name, count in events.items():
            if name not in contenders:  # no compiler here
                continue
            found[name].append(measure(contenders[name], subscribers=subscribers, events=count))
    return found


def _table(rounds: Rounds, subscribers: int) -> list[Result]:
    results = []
    for name, some in rounds.items():
        who = f"{name}, {subscribers:,} subscribers"
        results += [
            Result(f"{who}: CPU-seconds a million deliveries", _costs(some), "s"),
            Result(f"{who}: CPU for a connect", [one.connect_microseconds for one in some], "µs"),
            Result(
                f"{who}: memory a connection",
                [one.bytes_a_connection / 1024 for one in some],
                "KiB",
                most=4 if name == "Kenes" else None,
            ),
            Result(f"{who}: first to 99th reader of 100", [one.spread_p99_ms for one in some], "ms"),
            Result(f"{who}: event made to read, p99", [one.delay_p99_ms for one in some], "ms"),
        ]
    return results


def _against(rounds: Rounds, subscribers: int, peer: str, *, least: float) -> list[Result]:
    ours, theirs = rounds["Kenes"], rounds[peer]
    results = [
        Result(
            f"a delivery at {subscribers:,}: times cheaper than {peer}",
            ratio(_costs(theirs), _costs(ours)),
            "×",
            least=least,
        )
    ]
    if peer == "Channels":
        pairs = ratio(
            [one.connect_microseconds for one in theirs], [one.connect_microseconds for one in ours]
        )
        results.append(
            Result(f"a connect at {subscribers:,}: times cheaper than {peer}", pairs, "×", least=8)
        )
    return results


def _against_limit(rounds: Rounds, subscribers: int) -> list[Result]:
    """A loop in C costs what the kernel asks: nothing that sends on as many sockets goes below it."""
    if LIMIT not in rounds:
        return []
    ours, least, channels = (_costs(rounds[name]) for name in ("Kenes", LIMIT, "Channels"))
    return [
        Result(f"a delivery at {subscribers:,}: times a {LIMIT}'s cost", ratio(ours, least), "×"),
        Result(f"a {LIMIT} at {subscribers:,}: times cheaper than Channels", ratio(channels, least), "×"),
    ]


def _costs(rounds: Sequence["FanOut"]) -> list[float]:
    return [one.microseconds_a_delivery for one in rounds]


@dataclass(frozen=True, slots=True)
class FanOut:
    """One round. CPU of the whole process tree; memory without what the kernel holds."""

    microseconds_a_delivery: float
    connect_microseconds: float
    bytes_a_connection: float
    spread_p99_ms: float
    delay_p99_ms: float
    lost: int


def measure(contender: Contender, *, subscribers: int, events: int) -> FanOut:
    """Let the subscribers in, then make events: the next when all have the last, at most ten a second."""
    with contender.run() as place:
        entry = Entry(place.address.port, contender.path, subscribers, contender.request)
        with Crowd(Entry(place.address.port, contender.path, NEWCOMERS, contender.request)) as newcomers:
            newcomers.enter()
            time.sleep(SETTLE_SECONDS)
        with Crowd(entry) as crowd:
            pids = place.address.pids
            for number in range(WARM_UP):
                place.publish(number)
            empty = cost_of(pids)
            crowd.enter()
            full = cost_of(pids) - empty
            time.sleep(SETTLE_SECONDS)
            made = {}
            before = cost_of(pids)
            for number in range(WARM_UP, WARM_UP + events):
                began = time.monotonic()
                made[number] = place.publish(number)
                if not crowd.wait_for(number, seconds=EVENT_SECONDS):
                    break
                time.sleep(max(0, began + PACE_SECONDS - time.monotonic()))
            spent = cost_of(pids) - before
            received = crowd.receipts(made)
    return FanOut(
        microseconds_a_delivery=spent.cpu_seconds / received.deliveries * 1e6,
        connect_microseconds=full.cpu_seconds / subscribers * 1e6,
        bytes_a_connection=full.resident_bytes / subscribers,
        spread_p99_ms=received.spread_p99,
        delay_p99_ms=received.delay_p99,
        lost=received.lost,
    )
