"""The engine as a whole: presence, the deny list of other processes, starting and stopping."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from factories import a_meeting
from kenes.live import engine as engine_module
from kenes.live.contracts import Claim
from kenes.live.models import Epoch, RevokedParticipant
from kenes.live.presence import Presence, rounded
from kenes.live.tokens import denied, sign_claim
from kenes.programme.models import Meeting, Participant
from live.engine_parts import Stage, off_loop, on_stage, until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(is_open=True)


@pytest.fixture
def _quick_house(monkeypatch):
    monkeypatch.setattr(engine_module, "EVERY_SECONDS", 0.05)
    yield
    denied._denied.clear()


@pytest.mark.parametrize(
    ("present", "shown"),
    [
        (0, 0),
        (1, 1),
        (9, 9),
        (12, 10),
        (13, 15),
        (52, 50),
        (55, 60),
        (199, 200),
        (226, 250),
        (10_049, 10_000),
    ],
)
def test_people_present_are_rounded(present, shown):
    assert rounded(present) == shown


class Sink:
    def __init__(self) -> None:
        self.noted: list[tuple[int, int]] = []

    def note(self, feed_id: int, *, present: int, at: datetime) -> None:
        self.noted.append((feed_id, present))


def test_presence_is_written_only_when_the_rounded_number_changes():
    sink = Sink()
    presence = Presence(sink)
    for people in ({7: 100}, {7: 104}, {7: 106}, {}, {}):
        presence.note(presence.news(people))
    assert sink.noted == [(7, 100), (7, 110), (7, 0)]


@pytest.mark.usefixtures("_quick_house")
def test_the_hubs_people_come_to_stand_in_the_room(meeting):
    async def scenario(stage: Stage) -> None:
        stage.hub.people = {meeting.feed_id: 23}
        await until(lambda: stage.engine.presence._noted == {meeting.feed_id: 25})
        shown = (await stage.client.get("/live/rooms/AKM-1/snapshot")).json()
        assert shown["room"]["present"] == 25

    on_stage(scenario)


@pytest.mark.usefixtures("_quick_house")
def test_a_participant_revoked_by_another_process_is_shut_out(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        assert (await stage.client.get("/live/rooms/AKM-1/me", headers=who)).status_code == 200
        participant = await off_loop(Participant.objects.get)
        await off_loop(lambda: RevokedParticipant.objects.create(participant_id=participant.pk, at=NOW))
        await until(lambda: denied.holds(participant.pk))
        assert (await stage.client.get("/live/rooms/AKM-1/me", headers=who)).status_code == 401

    on_stage(scenario)


def test_a_guest_with_a_token_joins_again_as_the_same_participant(meeting):
    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1", name="Teacher")
        await stage.client.post("/live/rooms/AKM-1/join", json={"name": "Teacher"}, headers=who)
        assert await off_loop(Participant.objects.count) == 1

    on_stage(scenario)


def test_the_epoch_is_begun_once_and_kept(meeting):
    epochs: list[str] = []

    async def scenario(stage: Stage) -> None:
        epochs.append((await stage.client.get("/live/rooms/AKM-1/snapshot")).json()["epoch"])

    on_stage(scenario)
    on_stage(scenario)
    assert epochs == [Epoch.objects.get().value] * 2


def test_a_stopped_engine_answers_that_it_is_busy_and_leaves_no_thread(meeting):
    threads = threading.active_count()

    async def scenario(stage: Stage) -> None:
        assert threading.active_count() > threads
        await stage.engine.stop()
        answer = await stage.client.get("/live/rooms/AKM-1/snapshot")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")

    on_stage(scenario)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("kenes-")] == []


def test_many_people_ask_and_vote_at_once_and_everything_acknowledged_is_there_once(meeting):
    async def scenario(stage: Stage) -> None:
        people = [await stage.join("AKM-1") for _ in range(20)]
        asked = await asyncio.gather(
            *(stage.ask("AKM-1", who, f"Question {n}?") for n, who in enumerate(people))
        )
        codes = [answer.json()["code"] for answer in asked]
        assert len(set(codes)) == 20
        votes = await asyncio.gather(
            *(stage.vote("AKM-1", code, who) for code in codes[:5] for who in people)
        )
        assert {answer.status_code for answer in votes} == {200}
        rows = (await stage.client.get("/live/rooms/AKM-1/snapshot")).json()["rows"]
        assert [rows[code]["votes"]["guest"] for code in codes] == [20] * 5 + [0] * 15
        assert stage.engine.committer.acts == 120
        assert stage.engine.committer.batches < 60

    on_stage(scenario)


def test_a_claim_signed_for_nobody_acts_on_nothing(meeting):
    async def scenario(stage: Stage) -> None:
        token = sign_claim(Claim(4711, "guest", meeting.feed_id), at=NOW.replace(year=2030))
        answer = await stage.ask("AKM-1", {"authorization": f"Bearer {token.text}"})
        assert answer.json()["type"] == "urn:kenes:problem:participant-left"

    on_stage(scenario)
