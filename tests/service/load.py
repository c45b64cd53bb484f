"""People who ask without a pause, and repeat with the same key until they have an answer."""

import threading
import time
import uuid
from contextlib import closing

import httpx

from service.served import Participant, ServedSite

PAUSE_SECONDS = 0.1


class Patient(threading.Thread):
    """One of them. `acknowledged`: texts in order; `refusals`: answers that said to come back later."""

    def __init__(self, site: ServedSite, *, filling: str = "") -> None:
        super().__init__(daemon=True)
        self._client = httpx.Client(timeout=20)
        self._guest = Participant(site.room, self._client)
        self._filling = filling
        self.acknowledged: list[str] = []
        self.refusals: list[httpx.Response] = []
        self.lost_answers = 0
        self.is_stopped = False

    def run(self) -> None:
        with closing(self._client):
            while not self.is_stopped:
                self._ask(f"Сұрақ {uuid.uuid4()}{self._filling}")

    def stop(self) -> None:
        self.is_stopped = True
        self.join(30)

    def _ask(self, text: str) -> None:
        key = str(uuid.uuid4())
        while True:
            answer = self._try(text, key)
            if answer is not None and answer.status_code == 201:
                self.acknowledged.append(text)
                return
            if answer is not None:
                assert answer.status_code == 503, answer.text
                self.refusals.append(answer)
            time.sleep(PAUSE_SECONDS)

    def _try(self, text: str, key: str) -> httpx.Response | None:
        try:
            return self._guest.ask(text, key)
        except httpx.TransportError:
            self.lost_answers += 1
            return None
