"""The text format of Prometheus, byte by byte."""

from kenes.config.exposition import Kind, Sample, family
from kenes.live.histogram import Histogram


def test_a_counter_has_its_help_its_type_and_its_number() -> None:
    assert family("kenes_acts_total", Kind.COUNTER, "Acts.", [Sample(12)]) == (
        "# HELP kenes_acts_total Acts.\n# TYPE kenes_acts_total counter\nkenes_acts_total 12\n"
    )


def test_labels_are_quoted_and_escaped() -> None:
    text = family("kenes_info", Kind.GAUGE, "One\nline \\", [Sample(0.5, {"version": 'a"b\\c\n'})])
    assert text == (
        "# HELP kenes_info One\\nline \\\\\n# TYPE kenes_info gauge\n"
        'kenes_info{version="a\\"b\\\\c\\n"} 0.5\n'
    )


def test_a_histogram_has_its_buckets_up_to_infinity_its_sum_and_its_count() -> None:
    histogram = Histogram((0.5, 1))
    histogram.add(0.25)
    histogram.add(3)
    lines = family("kenes_commit_seconds", Kind.HISTOGRAM, "Seconds.", [Sample(histogram)]).splitlines()
    assert lines[2:] == [
        'kenes_commit_seconds_bucket{le="0.5"} 1',
        'kenes_commit_seconds_bucket{le="1"} 1',
        'kenes_commit_seconds_bucket{le="+Inf"} 2',
        "kenes_commit_seconds_sum 3.25",
        "kenes_commit_seconds_count 2",
    ]


def test_a_metric_that_is_not_here_is_left_out() -> None:
    assert family("kenes_worker_alive", Kind.GAUGE, "Alive.", []) == ""
