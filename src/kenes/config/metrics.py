"""Every metric of a process: its name, kind, meaning, and where its number is read.

docs/reference/metrics.md lists them. None has a label that could name a person or a room.
"""

import asyncio
import os
import resource
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from kenes import __version__
from kenes.config.exposition import Kind, Sample, family
from kenes.live.frames import SNAPSHOT
from kenes.live.lane import Lane, lane_of
from kenes.notices.queries import outbox_counts
from kenes.register.queries import questions_waiting

if TYPE_CHECKING:
    from kenes.config.site import Site

# The outbox is asked in the database; the other numbers do not wait for it longer.
OUTBOX_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading of the metrics looks at."""

    site: "Site"
    outbox: Mapping[str, int]
    unread: int | None = None

    @property
    def lane(self) -> Lane | None:
        """The writers' lane; only SQLite has one."""
        database = settings.DATABASES["default"]
        return lane_of(str(database["NAME"])) if database["ENGINE"] == "kenes.live.sqlite" else None


Read = Callable[[Reading], Iterable[Sample]]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric; `read` gives a number, a histogram, samples by label, or nothing (not here)."""

    name: str
    kind: Kind
    text: str
    read: Read


def _one(value: Callable[[Reading], object]) -> Read:
    def read(reading: Reading) -> Iterable[Sample]:
        found = value(reading)
        return [] if found is None else [Sample(found)]  # type: ignore[arg-type]

    return read


def _by(
    label: str, values: Callable[[Reading], Mapping[str, float]]
) -> Callable[[Reading], Iterable[Sample]]:
    return lambda reading: [Sample(value, {label: key}) for key, value in values(reading).items()]


def _resumes(reading: Reading) -> Mapping[str, float]:
    reads = reading.site.engine.reads
    return {
        "frame": reading.site.hub.tally.opened,
        "changes": reads.filled_by_changes,
        "snapshot": reads.filled_by_snapshot,
    }


def _is_listening(reading: Reading) -> int | None:
    listener = reading.site.engine.relay.listener
    return None if listener is None else int(listener.is_listening)


def _cpu_seconds(reading: Reading) -> float:
    times = os.times()
    return times.user + times.system


def _resident_bytes(reading: Reading) -> int | None:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return pages * resource.getpagesize()


def _open_files(reading: Reading) -> int | None:
    try:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 (names only, thousands of them)
    except OSError:
        return None


COUNTER, GAUGE, HISTOGRAM = Kind.COUNTER, Kind.GAUGE, Kind.HISTOGRAM
METRICS: tuple[Metric, ...] = (
    Metric(
        "kenes_info",
        GAUGE,
        "Always 1; the label is the version.",
        lambda _: [Sample(1, {"version": __version__})],
    ),
    Metric("kenes_ready", GAUGE, "1 while the site takes requests.", _one(lambda r: int(r.site.is_ready))),
    Metric(
        "kenes_connections",
        GAUGE,
        "Open event streams.",
        _by("stream", lambda r: {str(stream): n for stream, n in r.site.hub.connections().items()}),
    ),
    Metric(
        "kenes_frames_total",
        COUNTER,
        "Frames published, heartbeats among them, each once per room and stream.",
        _one(lambda r: r.site.engine.relay.frames),
    ),
    Metric(
        "kenes_deliveries_total",
        COUNTER,
        "Frames written to followers, one for each follower.",
        _one(lambda r: r.site.hub.tally.events),
    ),
    Metric(
        "kenes_delivered_bytes_total",
        COUNTER,
        "Bytes of the frames written to followers.",
        _one(lambda r: r.site.hub.tally.written_bytes),
    ),
    Metric(
        "kenes_dropped_followers_total",
        COUNTER,
        "Followers dropped because they did not take what was sent; they come back and resume.",
        _one(lambda r: r.site.hub.tally.dropped),
    ),
    Metric(
        "kenes_resumes_total",
        COUNTER,
        "How clients caught up: a stream opened with its last frame, `changes`, or a snapshot by `changes`.",
        _by("kind", _resumes),
    ),
    Metric(
        "kenes_snapshots_built_total",
        COUNTER,
        "Snapshots read from the database; others came from memory.",
        _one(lambda r: r.site.engine.reads.snapshots_built),
    ),
    Metric(
        "kenes_fills_built_total",
        COUNTER,
        "Frames for `changes` read from the database; others came from memory.",
        _one(lambda r: r.site.engine.reads.fills_built),
    ),
    Metric(
        "kenes_reads_waiting",
        GAUGE,
        "Reads of rooms under way or waiting for a thread.",
        _one(lambda r: r.site.engine.reads.waiting),
    ),
    Metric(
        "kenes_relay_lag_seconds",
        HISTOGRAM,
        "From noticing a commit up to the publication of its frame.",
        _one(lambda r: r.site.engine.relay.lag),
    ),
    Metric(
        "kenes_relay_faults_total",
        COUNTER,
        "Times the relay failed and began anew.",
        _one(lambda r: r.site.engine.relay.faults),
    ),
    Metric(
        "kenes_listening",
        GAUGE,
        "1 while the database tells of commits by itself (PostgreSQL only).",
        _one(_is_listening),
    ),
    Metric(
        "kenes_acts_total",
        COUNTER,
        "Acts (questions, votes) answered after their commit, refusals by rules among them.",
        _one(lambda r: r.site.engine.committer.acts),
    ),
    Metric(
        "kenes_acts_waiting",
        GAUGE,
        "Acts that wait for the next commit.",
        _one(lambda r: r.site.engine.committer.waiting),
    ),
    Metric(
        "kenes_acts_refused_total",
        COUNTER,
        "Acts refused with 503 because too many waited.",
        _one(lambda r: r.site.engine.committer.refused_full),
    ),
    Metric(
        "kenes_act_faults_total",
        COUNTER,
        "Acts that failed by a fault of the database or of ours.",
        _one(lambda r: r.site.engine.committer.faults),
    ),
    Metric(
        "kenes_batch_acts",
        HISTOGRAM,
        "Acts in one commit.",
        _one(lambda r: r.site.engine.committer.sizes),
    ),
    Metric(
        "kenes_commit_seconds",
        HISTOGRAM,
        "From taking a batch of acts up to its durable commit.",
        _one(lambda r: r.site.engine.committer.seconds),
    ),
    Metric(
        "kenes_limited_total",
        COUNTER,
        "Requests of rooms refused with 429.",
        _one(lambda r: r.site.engine.limits.refused),
    ),
    Metric(
        "kenes_live_requests_total",
        COUNTER,
        "Requests of rooms taken by the lean path.",
        _one(lambda r: r.site.engine.live_app.requests),
    ),
    Metric(
        "kenes_live_faults_total",
        COUNTER,
        "Requests of rooms that failed by a fault of ours.",
        _one(lambda r: r.site.engine.live_app.faults),
    ),
    Metric(
        "kenes_lane_taken_total",
        COUNTER,
        "Times a writer of this process took the lane (SQLite only).",
        _one(lambda r: r.lane and r.lane.taken),
    ),
    Metric(
        "kenes_lane_wait_seconds_total",
        COUNTER,
        "Seconds that writers of this process waited for the lane (SQLite only).",
        _one(lambda r: r.lane and r.lane.waited_seconds),
    ),
    Metric(
        "kenes_pages_waiting",
        GAUGE,
        "Page requests that wait for a thread.",
        _one(lambda r: r.site.bridge.waiting),
    ),
    Metric(
        "kenes_pages_busy_threads", GAUGE, "Threads at work on a page.", _one(lambda r: r.site.bridge.busy)
    ),
    Metric(
        "kenes_pages_threads", GAUGE, "Threads there are for pages.", _one(lambda r: r.site.bridge.threads)
    ),
    Metric(
        "kenes_pages_refused_total",
        COUNTER,
        "Page requests refused with 503 because too many waited.",
        _one(lambda r: r.site.bridge.refused_full),
    ),
    Metric(
        "kenes_worker_alive",
        GAUGE,
        "1 while the worker runs (only where this process keeps it).",
        _one(lambda r: None if r.site.worker is None else int(r.site.worker.is_running)),
    ),
    Metric(
        "kenes_worker_starts_total",
        COUNTER,
        "Times the worker was started (only where this process keeps it).",
        _one(lambda r: None if r.site.worker is None else r.site.worker.starts),
    ),
    Metric(
        "kenes_outbox_messages",
        GAUGE,
        "Messages in the outbox that are not sent, by state.",
        _by("state", lambda r: r.outbox),
    ),
    Metric(
        "kenes_register_unread_questions",
        GAUGE,
        "Questions changed (votes too) since the register's search read their rooms.",
        _one(lambda r: r.unread),
    ),
    Metric("process_cpu_seconds_total", COUNTER, "Processor time of this process.", _one(_cpu_seconds)),
    Metric("process_resident_memory_bytes", GAUGE, "Memory of this process.", _one(_resident_bytes)),
    Metric("process_open_fds", GAUGE, "Open files and connections of this process.", _one(_open_files)),
    Metric(
        "process_max_fds",
        GAUGE,
        "Open files and connections that the system allows it.",
        _one(lambda _: resource.getrlimit(resource.RLIMIT_NOFILE)[0]),
    ),
)


async def metrics_text(site: "Site") -> str:
    """Return all metrics of a started site; what the database does not tell in time is left out."""
    reading = Reading(site, await _outbox(site), await _unread(site))
    return "".join(family(one.name, one.kind, one.text, one.read(reading)) for one in METRICS)


async def _unread(site: "Site") -> int | None:
    try:
        async with asyncio.timeout(OUTBOX_SECONDS):
            return await site.engine.reads.run(lambda: questions_waiting(using=SNAPSHOT))
    except Exception:  # as above: what the database does not tell is left out
        return None


async def _outbox(site: "Site") -> Mapping[str, int]:
    try:
        async with asyncio.timeout(OUTBOX_SECONDS):
            return await site.engine.reads.run(lambda: outbox_counts(using=SNAPSHOT))
    except Exception:  # the metrics are wanted most when the database is in trouble
        return {}
