"""Limits: a burst, then a steady rate; a bounded memory; networks of addresses."""

import pytest

from kenes.core.errors import TooMany
from kenes.live.limits import PER_ADDRESS, PER_PARTICIPANT, Buckets, Limit, Limits, network_of


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_taken_at_once_then_one_at_a_time():
    clock = Clock()
    buckets = Buckets(clock=clock)
    limit = Limit(burst=3, per_second=0.5)
    assert [buckets.take(("k", 1), limit) for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 1
    assert buckets.take(("k", 1), limit) == 1
    clock.now += 1
    assert [buckets.take(("k", 1), limit) for _ in range(2)] == [0, 2]
    clock.now += 1000
    assert [buckets.take(("k", 1), limit) for _ in range(4)] == [0, 0, 0, 2]


def test_one_key_does_not_use_up_anothers():
    buckets = Buckets(clock=Clock())
    limit = Limit(burst=1, per_second=1)
    assert [buckets.take(("k", who), limit) for who in (1, 2, 1)] == [0, 0, 1]


def test_the_longest_unseen_are_forgotten_first():
    buckets = Buckets(most_keys=2, clock=Clock())
    limit = Limit(burst=1, per_second=1)
    for who in (1, 2, 3):
        buckets.take(("k", who), limit)
    assert len(buckets._full_at) == 2
    assert [buckets.take(("k", who), limit) for who in (3, 1)] == [1, 0]


def test_a_limit_reached_says_when_to_come_back_in_whole_seconds():
    limits = Limits(Buckets(clock=Clock()))
    for _ in range(PER_PARTICIPANT["ask"].burst):
        limits.of_participant("ask", 1)
    with pytest.raises(TooMany) as refused:
        limits.of_participant("ask", 1)
    assert refused.value.params == {"seconds": 10}
    assert limits.refused == 1


def test_an_address_may_do_what_many_participants_do_together():
    for kind, limit in PER_ADDRESS.items():
        if kind in PER_PARTICIPANT:
            assert limit.burst >= 50 * PER_PARTICIPANT[kind].burst
            assert limit.per_second >= 100 * PER_PARTICIPANT[kind].per_second


def test_the_setting_switches_all_limits_off(settings):
    settings.RATE_LIMITS = False
    limits = Limits(Buckets(clock=Clock()))
    for _ in range(100):
        limits.of_participant("ask", 1)
        limits.of_address("join", "203.0.113.9")
    assert limits.refused == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_an_ipv6_address_counts_as_its_network(address, network):
    assert network_of(address) == network
