"""Counts of values by size, for the metrics: cheap to add to from any one thread."""

from bisect import bisect_left
from collections.abc import Sequence

# Upper bounds, in seconds: from a fast disk's commit to what a person takes for a hang.
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
# Upper bounds of how many go together.
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


class Histogram:
    """How many values were at most each bound; one writer, any number of readers."""

    __slots__ = ("_counts", "bounds", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self._counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0

    def add(self, value: float) -> None:
        self._counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    @property
    def count(self) -> int:
        return sum(self._counts)

    def cumulative(self) -> list[tuple[float, int]]:
        """Return (bound, values at most so large) for each bound, and last for infinity."""
        seen = 0
        steps = []
        for bound, count in zip((*self.bounds, float("inf")), tuple(self._counts), strict=True):
            seen += count
            steps.append((bound, seen))
        return steps
