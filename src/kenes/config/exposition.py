"""The text format that Prometheus reads, written by hand.

Source: Prometheus, "Exposition formats", text format 0.0.4.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kenes.live.histogram import Histogram

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Kind(StrEnum):
    """What a number does: a counter only grows, a gauge goes up and down."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Sample:
    """One number, or one histogram, with its labels."""

    value: float | Histogram
    labels: Mapping[str, str] = field(default_factory=dict)


def family(name: str, kind: Kind, text: str, samples: Iterable[Sample]) -> str:
    """Return a metric with its samples, as lines; nothing where there is no sample."""
    lines = [line for sample in samples for line in _lines(name, sample)]
    if not lines:
        return ""
    return "\n".join([f"# HELP {name} {_escaped(text)}", f"# TYPE {name} {kind}", *lines, ""])


def _lines(name: str, sample: Sample) -> Iterator[str]:
    if not isinstance(sample.value, Histogram):
        yield f"{name}{_labels(sample.labels)} {_number(sample.value)}"
        return
    seen = 0
    for bound, seen in sample.value.cumulative():
        labels = {**sample.labels, "le": _number(bound)}
        yield f"{name}_bucket{_labels(labels)} {seen}"
    yield f"{name}_sum{_labels(sample.labels)} {_number(sample.value.total)}"
    yield f"{name}_count{_labels(sample.labels)} {seen}"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    pairs = (f'{name}="{_escaped(value, quotes=True)}"' for name, value in labels.items())
    return "{" + ",".join(pairs) + "}"


def _escaped(text: str, *, quotes: bool = False) -> str:
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quotes else text


def _number(value: float) -> str:
    if value == float("inf"):
        return "+Inf"
    return str(int(value)) if value == int(value) else repr(float(value))
