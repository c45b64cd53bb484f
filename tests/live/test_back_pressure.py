"""Too much at once: refused with the time to come back, before memory grows; the repeat is taken."""

import pytest

from factories import a_meeting
from kenes.questions.models import Question
from live.engine_parts import Stage, keyed, on_stage

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])


def test_an_act_beyond_the_waiting_line_is_refused_and_its_repeat_with_the_same_key_taken() -> None:
    a_meeting(is_open=True)

    async def scenario(stage: Stage) -> None:
        headers = keyed(await stage.join("AKM-1"))
        body = {"text": "When will it open?", "language": "en"}
        most, stage.engine.committer._most_waiting = stage.engine.committer._most_waiting, 0
        refused = await stage.client.post("/live/rooms/AKM-1/questions", json=body, headers=headers)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert refused.json()["type"] == "urn:kenes:problem:unavailable"
        assert stage.engine.committer.refused_full == 1
        stage.engine.committer._most_waiting = most
        taken = await stage.client.post("/live/rooms/AKM-1/questions", json=body, headers=headers)
        assert taken.status_code == 201

    on_stage(scenario)
    assert Question.objects.count() == 1


def test_reads_beyond_the_waiting_line_are_refused_in_the_same_way() -> None:
    a_meeting(is_open=True)

    async def scenario(stage: Stage) -> None:
        threads = stage.engine.reads._threads
        most, threads._most_waiting = threads._most_waiting, 0
        refused = await stage.client.get("/live/rooms/AKM-1/snapshot")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        threads._most_waiting = most
        assert (await stage.client.get("/live/rooms/AKM-1/snapshot")).status_code == 200

    on_stage(scenario)
