"""What was acknowledged survives kill -9, exactly once."""

import gc
import threading
import time
import uuid
from collections.abc import Iterator

import httpx
import pytest

from service.served import Participant, ServedSite

pytestmark = pytest.mark.service

ROUNDS = 2
ACTORS = 6
ACTING_SECONDS = 1.5


class Actor(threading.Thread):
    """Asks and votes as fast as it can; repeats, with the same key, what was not answered."""

    def __init__(self, site: ServedSite, acknowledged: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self._client = httpx.Client(timeout=5)
        self._participant = Participant(site.room, self._client)
        self._acknowledged = acknowledged
        self.unanswered: list[tuple[str, str]] = []
        self.voted: list[str] = []
        self.is_stopped = False

    def run(self) -> None:
        while not self.is_stopped:
            text, key = f"Сұрақ {uuid.uuid4()}", str(uuid.uuid4())
            try:
                self._take(self._participant.ask(text, key), text)
            except httpx.TransportError:
                self.unanswered.append((text, key))
                return

    def repeat(self) -> None:
        """Send again what was not answered, with its key."""
        for text, key in self.unanswered:
            self._take(self._participant.ask(text, key), text)
        self._client.close()

    def _take(self, answer: httpx.Response, text: str) -> None:
        assert answer.status_code == 201, answer.text
        code = answer.json()["code"]
        self._acknowledged[text] = code
        vote = self._participant.vote(code)
        if vote.status_code == 200:
            self.voted.append(code)


@pytest.fixture
def _collected() -> Iterator[None]:
    """Collect what the clients of a killed server leave open here, where its warnings are looked over."""
    yield
    gc.collect()


@pytest.mark.usefixtures("_collected")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_acknowledged_questions_and_votes_are_there_exactly_once_after_kill_9(site: ServedSite) -> None:
    acknowledged: dict[str, str] = {}
    actors: list[Actor] = []
    for _ in range(ROUNDS):
        running = [Actor(site, acknowledged) for _ in range(ACTORS)]
        for actor in running:
            actor.start()
        time.sleep(ACTING_SECONDS)
        site.kill()
        for actor in running:
            actor.is_stopped = True
            actor.join(10)
        site.start()
        for actor in running:
            actor.repeat()
        actors += running
    kept = site.rows("SELECT text, code FROM questions_question")
    assert len(acknowledged) > ACTORS
    assert len(kept) == len(dict(kept))
    assert acknowledged.items() - dict(kept).items() == set()
    votes = [
        code
        for (code,) in site.rows(
            "SELECT q.code FROM questions_vote v JOIN questions_question q ON q.id = v.question_id"
        )
    ]
    assert len(votes) == len(set(votes))
    assert {code for actor in actors for code in actor.voted} - set(votes) == set()
