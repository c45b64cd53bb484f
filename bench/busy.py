"""A busy room: events made faster than frames go out, so that a frame carries several.

The pace is that of a rush of votes (1,000 in 30 s). Every reader has every event whole: what is
saved are sendings, of which each costs the kernel as much as a lone event's.
"""

import time
from collections.abc import Mapping

from bench.contenders import LIMIT, Contender
from bench.costs import cost_of
from bench.crowd import Crowd, Entry
from bench.report import Result, ratio

PACE_SECONDS = 30 / 1_000
SETTLE_SECONDS = 1.0
EVENT_SECONDS = 90
WARM_UP = 2
ROUNDS = 2
# By name: events a round; Channels is tens of times slower and gets fewer, so that a round lasts seconds.
EVENTS = {"Kenes": 100, LIMIT: 100, "Nchan": 100, "Channels": 15}
EVENTS_TO_MANY = {"Kenes": 60, LIMIT: 60, "Nchan": 60, "Channels": 4}

Rounds = dict[str, list[tuple[float, int]]]


def busy_room(contenders: Mapping[str, Contender], subscribers: int, *, many: bool) -> list[Result]:
    """Take turns; return what a delivery costs each, and what Channels' costs against ours."""
    events = EVENTS_TO_MANY if many else EVENTS
    found: Rounds = {name: [] for name in events if name in contenders}
    for _ in range(ROUNDS):
        for name, rounds in found.items():
            rounds.append(_measure(contenders[name], subscribers=subscribers, events=events[name]))
    where = f"busy room of {subscribers:,}"
    costs = {name: [cost for cost, _lost in rounds] for name, rounds in found.items()}
    return [
        *(Result(f"{where}: {name}, CPU-seconds a million deliveries", costs[name], "s") for name in costs),
        Result(
            f"{where}: a delivery, times cheaper than Channels",
            ratio(costs["Channels"], costs["Kenes"]),
            "×",
            least=55 if many else 40,
        ),
        Result(
            f"{where}: a delivery, times cheaper than Nchan",
            ratio(costs["Nchan"], costs["Kenes"]),
            "×",
            least=1,
        ),
        Result(
            f"{where}: events lost", [lost for rounds in found.values() for _cost, lost in rounds], "", most=0
        ),
    ]


def _measure(contender: Contender, *, subscribers: int, events: int) -> tuple[float, int]:
    """Make events by the clock, or as fast as they are taken; return µs a delivery, and the lost."""
    with contender.run() as place:
        pids = place.address.pids
        with Crowd(Entry(place.address.port, contender.path, subscribers, contender.request)) as crowd:
            for number in range(WARM_UP):
                place.publish(number)
            crowd.enter()
            time.sleep(SETTLE_SECONDS)
            numbers = range(WARM_UP, WARM_UP + events)
            before = cost_of(pids)
            made = crowd.hear_by_clock(place.publish, numbers=numbers, pace=PACE_SECONDS)
            crowd.wait_for(numbers[-1], seconds=EVENT_SECONDS)
            spent = cost_of(pids) - before
            received = crowd.receipts(made)
    return spent.cpu_seconds / received.deliveries * 1e6, received.lost
