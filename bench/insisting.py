"""Voters who insist: each sends its act with the same key until it is answered, as a browser does."""

import http.client
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from bench.people import People

PAUSE_SECONDS = 0.2


@dataclass(slots=True)
class Insisting:
    """Votes from several threads until `stop`: `acknowledged` holds (token, question) of each."""

    port: int
    people: People
    threads: int = 6
    pause: float = 0.02
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)
    repeated: int = 0
    _is_over: bool = False
    _running: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin to vote, each thread for people of its own."""
        for number in range(self.threads):
            thread = threading.Thread(target=self._vote, args=(self.people.tokens[number :: self.threads],))
            thread.start()
            self._running.append(thread)

    def stop(self) -> None:
        """End when every act under way is answered."""
        self._is_over = True
        for thread in self._running:
            thread.join(30)

    def _vote(self, tokens: Sequence[str]) -> None:
        for question in self.people.questions:
            for token in tokens:
                if self._is_over:
                    return
                self._insist(token, question)
                time.sleep(self.pause)

    def _insist(self, token: str, question: str) -> None:
        key = str(uuid4())
        for _ in range(150):
            answer = self._send(token, question, key)
            if answer is not None:
                self.acknowledged.append((token, question))
                self.versions.append(answer)
                return
            self.repeated += 1
            time.sleep(PAUSE_SECONDS)
        raise TimeoutError("A vote was not answered.")

    def _send(self, token: str, question: str, key: str) -> int | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        try:
            connection.request(
                "POST", f"/live/rooms/{self.people.room}/questions/{question}/vote", headers=headers
            )
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return int(json.loads(body)["version"]) if response.status == 200 else None
