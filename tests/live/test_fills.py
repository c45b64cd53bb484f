"""Frames that fill a gap are read once for everybody, and never older than what was acknowledged."""

import pytest

from factories import a_meeting
from kenes.live import reads
from kenes.live.contracts import Stream
from kenes.live.reads import Fill, KeptFills, State
from kenes.live.responses import Encoded
from live.engine_parts import Stage, on_stage


def a_fill(size: int) -> Fill:
    return Fill(Encoded(b"x" * size), is_news=True)


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_the_same_gap_is_read_once_and_a_change_makes_it_another() -> None:
    a_meeting(is_open=True)

    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        start = (await stage.client.get("/live/rooms/AKM-1/snapshot")).json()["version"]
        url = f"/live/rooms/AKM-1/changes?since={start}"
        for texts in (["One?"], ["One?", "Two?"]):
            await stage.ask("AKM-1", who, texts[-1])
            frames = [(await stage.client.get(url)).json() for _ in range(5)]
            assert frames == [frames[0]] * 5
            shown = [change["text"] for change in frames[0]["changes"] if change["type"] == "question"]
            assert sorted(shown) == texts
        assert stage.engine.reads.fills_built == 2
        assert stage.engine.reads.filled_by_changes == 10

    on_stage(scenario)


def test_frames_kept_are_bounded_in_number_and_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "FILLS_KEPT", 3)
    monkeypatch.setattr(reads, "FILL_BYTES_KEPT", 100)
    kept = KeptFills()
    state = State("epoch", 9)
    for since in range(5):
        kept.put((1, Stream.PUBLIC, since, state), a_fill(10))
    assert [kept.get((1, Stream.PUBLIC, since, state)) is not None for since in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    kept.put((1, Stream.PUBLIC, 7, state), a_fill(95))
    assert kept.get((1, Stream.PUBLIC, 4, state)) is None
    kept.put((1, Stream.PUBLIC, 7, state), a_fill(95))
    assert kept.get((1, Stream.PUBLIC, 7, state)) == a_fill(95)
    kept.put((1, Stream.PUBLIC, 8, state), a_fill(101))
    assert kept.get((1, Stream.PUBLIC, 8, state)) is None
