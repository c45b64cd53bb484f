"""A site on PostgreSQL: the database restarted under it, commits told at once, back-ups."""

import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from postgresql import Cluster, running_cluster
from service.load import Patient
from service.served import Participant, ServedSite, prepare
from service.streams import Following

pytestmark = pytest.mark.service


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def site_on_postgresql(cluster: Cluster, tmp_path: Path) -> Iterator[ServedSite]:
    url = cluster.make_database(f"kenes_{uuid.uuid4().hex[:8]}")
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    prepare(prepared, url)
    served = ServedSite(prepared, tmp_path / "site", url)
    served.start()
    yield served
    served.stop()


def texts_in(site: ServedSite) -> list[str]:
    with psycopg.connect(site.database_url) as connection:
        return [str(text) for (text,) in connection.execute("SELECT text FROM questions_question")]


def test_a_restart_of_the_database_is_survived_and_nothing_acknowledged_is_lost_or_doubled(
    site_on_postgresql: ServedSite, cluster: Cluster
) -> None:
    site = site_on_postgresql
    patient, following = Patient(site), Following(site)
    following.start()
    patient.start()
    following.wait_for(3)
    assert patient.acknowledged != []
    cluster.stop()
    time.sleep(1)
    assert httpx.get(f"{site.url}/health/ready", timeout=10).status_code == 503
    assert httpx.get(f"{site.url}/health/live", timeout=10).status_code == 200
    cluster.start()
    acknowledged, seen = len(patient.acknowledged), following.frames[-1]["to"]
    end = time.monotonic() + 15
    while len(patient.acknowledged) < acknowledged + 5 or following.frames[-1]["to"] <= seen:
        assert time.monotonic() < end, site.log()[-3000:]
        time.sleep(0.05)
    patient.stop()
    assert httpx.get(f"{site.url}/health/ready", timeout=10).status_code == 200
    assert sorted(texts_in(site)) == sorted(patient.acknowledged)
    assert {answer.json()["type"] for answer in patient.refusals} == {"urn:kenes:problem:unavailable"}
    assert {answer.headers["retry-after"] for answer in patient.refusals} == {"2"}
    following.assert_no_gap()
    site.stop()
    following.join(10)


def test_a_commit_of_another_process_is_told_by_the_database(site_on_postgresql: ServedSite) -> None:
    site = site_on_postgresql
    told = httpx.get(f"{site.url}/metrics").text
    assert "\nkenes_listening 1\n" in told
    following = Following(site)
    following.start()
    at = following.wait_for(1)["to"]
    site.change_from_elsewhere()
    end = time.monotonic() + 5
    while following.frames[-1]["to"] == at:
        assert time.monotonic() < end
        time.sleep(0.02)
    site.stop()
    following.join(10)


def kenes(site: ServedSite, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kenes.config.command", *words]
    return subprocess.run(
        command, env=site.environment(), capture_output=True, text=True, check=False, timeout=120
    )


def test_a_back_up_is_restored_under_open_rooms(site_on_postgresql: ServedSite, tmp_path: Path) -> None:
    site, file = site_on_postgresql, str(tmp_path / "kenes.tar")
    with httpx.Client(timeout=20) as client:
        guest = Participant(site.room, client)
        guest.ask("Сақталған сұрақ")
        before = client.get(f"{site.room}/snapshot").json()
        made = kenes(site, "backup", file)
        assert made.returncode == 0, made.stderr
        lost = guest.ask("Жоғалған сұрақ").json()
        latecomer = Participant(site.room, client)
        assert "--while-running" in kenes(site, "restore", file, "--force").stderr
        done = kenes(site, "restore", file, "--force", "--while-running")
        assert done.returncode == 0, done.stderr
        after = client.get(f"{site.room}/snapshot").json()
        assert after["epoch"] != before["epoch"]
        assert list(after["rows"]) == list(before["rows"])
        assert after["version"] == before["version"] + 1_000_000
        again = guest.ask("Жаңа сұрақ").json()
        assert (again["code"] == lost["code"], again["secret"] == lost["secret"]) == (True, False)
        Participant(site.room, client)
        assert latecomer.ask("Кім бұл?").json()["type"] == "urn:kenes:problem:participant-left"
