"""Metrics: each one documented, read by those only who may, right about what happened."""

import asyncio
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from factories import a_meeting
from kenes.config import health
from kenes.config.metrics import METRICS, metrics_text
from kenes.config.site import Site
from kenes.live.bridge import Bridge
from kenes.live.hub import StreamHub
from kenes.live.limits import Limits
from live.engine_parts import Stage, on_stage, until

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/reference/metrics.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([a-z_]+)` \| ([a-z]+) \| [^|]*\| (.+) \|$", REFERENCE, re.MULTILINE)


def test_the_reference_has_every_metric_and_no_other() -> None:
    assert [(one.name, str(one.kind), one.text) for one in METRICS] == ROWS


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_a_metrics_name_says_its_kind_and_unit(metric: Any) -> None:
    assert metric.name.endswith("_total") == (metric.kind == "counter")


def scope_of(client: str, **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"client": (client, 1), "headers": raw, "method": "GET", "path": "/metrics"}


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (scope_of("127.0.0.1"), True),
        (scope_of("::1"), True),
        (scope_of("10.0.0.9"), False),
        (scope_of("127.0.0.1", x_forwarded_for="92.46.1.7"), False),
        (scope_of("127.0.0.1", x_real_ip="92.46.1.7"), False),
        (scope_of("10.0.0.9", authorization="Bearer long enough"), True),
        (scope_of("127.0.0.1", x_forwarded_for="92.46.1.7", authorization="Bearer long enough"), True),
        (scope_of("10.0.0.9", authorization="Bearer other"), False),
        (scope_of("10.0.0.9", authorization="Bearer "), False),
    ],
)
def test_metrics_are_told_to_this_machine_and_to_the_token(settings: Any, scope: Any, may: bool) -> None:
    settings.METRICS_TOKEN = "long enough"
    assert health._may_read_metrics(scope) is may


def test_without_a_token_an_empty_one_opens_nothing(settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert health._may_read_metrics(scope_of("10.0.0.9", authorization="Bearer ")) is False


def a_site(stage: Stage) -> Site:
    bridge = Bridge(lambda environ, start: [b""], body_limit=1000)
    site = Site(engine=stage.engine, hub=StreamHub(), bridge=bridge, static=None)  # type: ignore[arg-type]
    site.is_ready = True
    return site


def numbers(text: str) -> dict[str, float]:
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line[0] != "#"
    }


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_the_numbers_tell_what_happened() -> None:
    meeting = a_meeting(is_open=True)

    async def scenario(stage: Stage) -> None:
        site = a_site(stage)
        who = await stage.join("AKM-1")
        stage.hub.follow(meeting.feed_id)
        await until(lambda: len(stage.frames(meeting.feed_id)) == 1)
        code = (await stage.ask("AKM-1", who)).json()["code"]
        await stage.vote("AKM-1", code, who)
        await until(
            lambda: stage.frames(meeting.feed_id)[-1]["to"] == stage.frames(meeting.feed_id)[0]["to"] + 2
        )
        for query in ("since=0", "since=999999"):
            await stage.client.get(f"/live/rooms/AKM-1/changes?{query}")
        told = numbers(await metrics_text(site))
        site.bridge.stop()
        assert told["kenes_acts_total"] == 2
        assert told['kenes_batch_acts_bucket{le="1"}'] == 2
        assert told["kenes_commit_seconds_count"] == told["kenes_batch_acts_count"] == 2
        assert told["kenes_frames_total"] == len(stage.frames(meeting.feed_id))
        assert 1 <= told["kenes_relay_lag_seconds_count"] <= 3
        assert told['kenes_resumes_total{kind="changes"}'] == 1
        assert told['kenes_resumes_total{kind="snapshot"}'] == 1
        assert told['kenes_connections{stream="public"}'] == 0
        assert told["kenes_live_requests_total"] == 5
        assert told['kenes_outbox_messages{state="waiting"}'] == 0
        assert told["kenes_pages_threads"] == 2
        assert told["process_open_fds"] > 3
        assert [name for name in told if name.startswith("kenes_worker")] == []

    on_stage(scenario)


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_a_database_that_does_not_answer_leaves_its_numbers_out_and_makes_the_site_unready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(**options: Any) -> None:
        raise OSError("the database has gone")

    async def scenario(stage: Stage) -> None:
        site = a_site(stage)
        assert await stage.engine.is_sound()
        monkeypatch.setattr("kenes.config.metrics.outbox_counts", fail)
        monkeypatch.setattr("kenes.live.engine.read_epoch", fail)
        told = numbers(await metrics_text(site))
        site.bridge.stop()
        assert [name for name in told if name.startswith("kenes_outbox")] == []
        assert told["kenes_acts_total"] == 0
        assert not await stage.engine.is_sound()

    on_stage(scenario)


def test_the_site_answers_health_before_it_is_ready(tmp_path: Path) -> None:
    async def main() -> list[int]:
        engine = SimpleNamespace(limits=Limits())
        site = Site(engine=engine, hub=StreamHub(), bridge=None, static=None)  # type: ignore[arg-type]
        statuses: list[int] = []

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        for path in ("/health/live", "/health/ready", "/health/", "/metrics"):
            await health.tell(site, {**scope_of("127.0.0.1"), "path": path}, send)
        return statuses

    assert asyncio.run(main()) == [200, 503, 503, 503]
