"""Histograms: each value at its bound, and all of them at infinity."""

from kenes.live.histogram import SECONDS, SIZES, Histogram


def test_a_value_counts_at_its_own_bound_and_at_every_larger_one() -> None:
    histogram = Histogram((1, 10))
    for value in (0.5, 1, 1.5, 10, 11):
        histogram.add(value)
    assert histogram.cumulative() == [(1, 2), (10, 4), (float("inf"), 5)]
    assert (histogram.count, histogram.total) == (5, 24.0)


def test_the_bounds_grow() -> None:
    assert sorted(SECONDS) == list(SECONDS)
    assert sorted(SIZES) == list(SIZES)
