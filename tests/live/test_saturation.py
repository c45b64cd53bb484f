"""Votes go on while others write without a pause: threads of pages, and a command in its own process."""

import asyncio
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from factories import a_meeting
from kenes.live.models import RevokedParticipant
from live.engine_parts import Stage, on_stage
from live.test_lane import write_on_in_another_process

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


@pytest.fixture
def _marks():
    """The table that the other process writes to."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, who TEXT)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE mark")


class Page(threading.Thread):
    """A thread of pages: one transaction after another, with hardly a breath between."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.is_over = False
        self.transactions = 0
        self.failures: list[Exception] = []

    def run(self) -> None:
        try:
            while not self.is_over:
                with transaction.atomic():
                    RevokedParticipant.objects.filter(pk=0).update(participant_id=1)
                self.transactions += 1
        except Exception as error:
            self.failures.append(error)
        finally:
            connections.close_all()


@pytest.mark.usefixtures("_marks")
def test_back_to_back_transactions_here_and_elsewhere_do_not_starve_votes():
    a_meeting(is_open=True)
    pages = [Page(), Page()]
    lasted: list[float] = []

    async def scenario(stage: Stage) -> None:
        people = [await stage.join("AKM-1") for _ in range(30)]
        code = (await stage.ask("AKM-1", people[0])).json()["code"]
        for page in pages:
            page.start()
        for who in people:
            began = time.perf_counter()
            answer = await stage.vote("AKM-1", code, who)
            lasted.append(time.perf_counter() - began)
            assert answer.status_code == 200
        shown = (await stage.client.get("/live/rooms/AKM-1/snapshot")).json()
        assert shown["rows"][code]["votes"]["guest"] == 30

    process = write_on_in_another_process(Path(settings.DATABASES["default"]["NAME"]), 3)
    try:
        on_stage(scenario)
    finally:
        for page in pages:
            page.is_over = True
            page.join(10)
        process.wait(20)
        process.stdout.close()
    assert process.returncode == 0
    assert [page.failures for page in pages] == [[], []]
    assert min(page.transactions for page in pages) > 0
    assert max(lasted) < 2


def test_votes_of_a_crowd_share_transactions():
    a_meeting(is_open=True)

    async def scenario(stage: Stage) -> None:
        people = [await stage.join("AKM-1") for _ in range(60)]
        code = (await stage.ask("AKM-1", people[0])).json()["code"]
        batches = stage.engine.committer.batches
        answers = await asyncio.gather(*(stage.vote("AKM-1", code, who) for who in people))
        assert [answer.status_code for answer in answers] == [200] * 60
        assert stage.engine.committer.batches - batches < 40

    on_stage(scenario)
