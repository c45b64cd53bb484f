"""The classifier of places is imported, twice, while the room goes on taking questions and votes."""

import csv
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from servers import ROOT
from service.served import Participant, ServedSite, environment
from shared_data import shared_file
from territories.classifier import generated, write_csv

pytestmark = pytest.mark.service

EDITION = ("kato", "kato_nkrk11-2025_20260717.csv")


@pytest.fixture
def edition(tmp_path: Path) -> tuple[Path, int]:
    """The official edition where it stands beside the checkout, else one of its shape."""
    try:
        path = shared_file(*EDITION)
    except pytest.skip.Exception:
        rows = generated(districts=40, settlements=300)
        return write_csv(tmp_path / "edition.csv", rows), len(rows)
    with path.open(encoding="utf-8", newline="") as file:
        return path, sum(1 for _ in csv.DictReader(file))


class Voter(threading.Thread):
    """Casts votes one after another until told to stop; keeps every status."""

    def __init__(self, site: ServedSite, codes: list[str]) -> None:
        super().__init__(daemon=True)
        self._client = httpx.Client(timeout=20)
        self._site = site
        self._codes = codes
        self.statuses: list[int] = []
        self.is_stopped = False

    def run(self) -> None:
        while not self.is_stopped:
            self._client.cookies.clear()  # a new device each time
            participant = Participant(self._site.room, self._client)
            self.statuses += [participant.vote(code).status_code for code in self._codes]
        self._client.close()


def import_places(site: ServedSite, path: Path) -> None:
    command = [sys.executable, "-m", "kenes.config.command", "import-places", str(path)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(site.folder),
        check=True,
        capture_output=True,
        text=True,
        timeout=240,
    )
    return done.stdout


def test_places_are_imported_twice_without_a_double_while_votes_are_accepted(
    site: ServedSite, edition: tuple[Path, int]
) -> None:
    path, size = edition
    with httpx.Client() as client:
        asker = Participant(site.room, client)
        codes = [asker.ask(f"Сұрақ {number}: ауылда не өзгереді?").json()["code"] for number in range(5)]
    voter = Voter(site, codes)
    voter.start()
    import_places(site, path)
    after_first = site.rows("SELECT count(*), count(DISTINCT kato) FROM territories_place")
    during_first = len(voter.statuses)
    import_places(site, path)
    voter.is_stopped = True
    voter.join(20)
    assert site.rows("SELECT count(*), count(DISTINCT kato) FROM territories_place") == after_first
    assert after_first[0][0] >= size
    assert set(voter.statuses) == {200}
    assert during_first > 10
    counted = site.rows("SELECT sum(votes_guest + votes_confirmed) FROM questions_question")
    assert counted == [(len(voter.statuses),)]
