"""Back-ups made while votes go on, and restored under open rooms."""

import json
import subprocess
import sys
import tarfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from service.served import Participant, ServedSite, environment
from service.streams import Following

pytestmark = pytest.mark.service

KEEP_A_FILE = """
import django
django.setup()
from django.core.files.base import ContentFile
from django.utils import timezone
from kenes.files.actions import keep_upload
keep_upload(ContentFile(b"%PDF-1.7 of the tests", name="materials.pdf"), by=None, at=timezone.now())
"""


def kenes(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kenes.config.command", *words]
    return subprocess.run(
        command, env=environment(folder), capture_output=True, text=True, check=False, timeout=120
    )


def back_up(site: ServedSite, target: Path) -> str:
    done = kenes(site.folder, "backup", str(target))
    assert done.returncode == 0, done.stderr
    return done.stdout


class Asking(threading.Thread):
    """Asks without a pause; keeps what was acknowledged, in order."""

    def __init__(self, site: ServedSite) -> None:
        super().__init__(daemon=True)
        self._client = httpx.Client(timeout=20)
        self._guest = Participant(site.room, self._client)
        self.acknowledged: list[str] = []
        self.is_stopped = False
        self.failures: list[str] = []

    def run(self) -> None:
        with closing(self._client):
            while not self.is_stopped:
                answer = self._guest.ask(f"Сұрақ {uuid.uuid4()}")
                if answer.status_code == 201:
                    self.acknowledged.append(answer.json()["code"])
                else:
                    self.failures.append(answer.text)


@pytest.fixture
def asking(site: ServedSite) -> Iterator[Asking]:
    thread = Asking(site)
    thread.start()
    yield thread
    thread.is_stopped = True
    thread.join(20)


def codes_in(database: Path) -> list[str]:
    import sqlite3

    with closing(sqlite3.connect(database)) as opened:
        return [code for (code,) in opened.execute("SELECT code FROM questions_question ORDER BY id")]


def test_a_back_up_made_while_people_ask_is_one_consistent_state(
    site: ServedSite, asking: Asking, tmp_path: Path
) -> None:
    site.change_from_elsewhere(KEEP_A_FILE)
    before = list(asking.acknowledged)
    told = back_up(site, tmp_path / "kenes.tar.gz")
    after = len(asking.acknowledged)
    asking.is_stopped = True
    asking.join(20)
    assert asking.failures == []
    assert after > len(before)
    assert told.splitlines()[0].endswith("the database and 1 uploads.")
    assert told.splitlines()[1].startswith("The secret key is not in it.")
    with tarfile.open(tmp_path / "kenes.tar.gz") as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("kenes-backup.json"))  # type: ignore[arg-type]
        tar.extract("database", tmp_path, filter="data")
    assert names[:2] == ["kenes-backup.json", "database"]
    assert [name for name in names if "secret" in name] == []
    assert manifest["engine"] == "sqlite"
    kept = codes_in(tmp_path / "database")
    assert kept[: len(before)] == before
    assert kept == asking.acknowledged[: len(kept)]
    assert (tmp_path / "kenes.tar.gz").stat().st_mode & 0o777 == 0o600


def test_under_open_rooms_clients_notice_the_new_epoch_and_take_a_snapshot(
    site: ServedSite, tmp_path: Path
) -> None:
    with httpx.Client(timeout=20) as client:
        guest = Participant(site.room, client)
        kept = guest.ask("Сақталған сұрақ").json()
        back_up(site, tmp_path / "kenes.tar")
        lost = guest.ask("Жоғалған сұрақ").json()
        latecomer = Participant(site.room, client)
        following = Following(site)
        following.start()
        before = following.wait_for(1)
        page = client.get(f"{site.url}/kk/rooms/AKM-1/").text
        assert "Жоғалған сұрақ" in page

        refused = kenes(site.folder, "restore", str(tmp_path / "kenes.tar"), "--force")
        assert refused.returncode == 1
        assert "--while-running" in refused.stderr
        seen = len(following.frames)
        done = kenes(site.folder, "restore", str(tmp_path / "kenes.tar"), "--force", "--while-running")
        assert done.returncode == 0, done.stderr

        frame = following.wait_for(seen + 1)
        while frame["epoch"] == before["epoch"]:
            frame = following.wait_for(len(following.frames) + 1)
        filled = client.get(f"{site.room}/changes?since={before['to']}").json()
        assert filled["epoch"] == frame["epoch"] != before["epoch"]
        assert list(filled["rows"]) == [kept["code"]]
        assert client.get(f"{site.room}/snapshot").json()["version"] > lost["version"] + 10_000
        assert "Жоғалған сұрақ" not in client.get(f"{site.url}/kk/rooms/AKM-1/").text

        # The guest of the back-up goes on; who joined later joins again; no id is given twice.
        again = guest.ask("Жаңа сұрақ")
        assert again.status_code == 201
        assert again.json()["code"] == lost["code"]
        assert again.json()["secret"] != lost["secret"]
        assert latecomer.ask("Кім бұл?").json()["type"] == "urn:kenes:problem:participant-left"
        newcomer = Participant(site.room, client)
        assert newcomer.ask("Мен жаңамын").status_code == 201
        assert latecomer.ask("Кім бұл?").json()["type"] == "urn:kenes:problem:participant-left"
    site.stop()
    following.join(10)
    assert site.rows("SELECT count(DISTINCT participant_id) FROM questions_question") == [(2,)]
    assert site.rows("PRAGMA quick_check") == [("ok",)]


def test_a_restore_fills_an_empty_folder_and_spares_one_that_is_not(site: ServedSite, tmp_path: Path) -> None:
    site.change_from_elsewhere(KEEP_A_FILE)
    with httpx.Client(timeout=20) as client:
        code = Participant(site.room, client).ask("Қашан?").json()["code"]
    back_up(site, tmp_path / "kenes.tar")
    assert "is there already" in kenes(site.folder, "backup", str(tmp_path / "kenes.tar")).stderr
    site.stop()
    assert "is not empty" in kenes(site.folder, "restore", str(tmp_path / "kenes.tar")).stderr
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    done = kenes(fresh, "restore", str(tmp_path / "kenes.tar"))
    assert done.returncode == 0, done.stderr
    assert codes_in(fresh / "kenes.sqlite3") == [code]
    uploads = list((fresh / "files").rglob("*.pdf"))
    assert [path.read_bytes() for path in uploads] == [b"%PDF-1.7 of the tests"]
    assert sorted(path.name for path in fresh.iterdir() if path.name.startswith(".kenes")) == []
    assert kenes(fresh, "migrate", "--check").returncode == 0


def test_what_is_no_back_up_of_ours_changes_nothing(site: ServedSite, tmp_path: Path) -> None:
    site.stop()
    (tmp_path / "other.tar").write_text("not a tar")
    done = kenes(site.folder, "restore", str(tmp_path / "other.tar"), "--force")
    assert done.returncode == 1
    assert "is not a back-up" in done.stderr
    assert site.rows("SELECT count(*) FROM live_feed") == [(1,)]
