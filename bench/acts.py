"""Requests of participants as bytes: each with its token, a key of its own, and limits that let it pass."""

import json
from collections.abc import Iterable
from itertools import product
from uuid import UUID, uuid4

from bench.people import People

HEAD = (
    "POST /live/rooms/{room}/questions{rest} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Authorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n"
    "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)
TEXT = "Ауылымыздағы жастар орталығы қашан ашылады және онда қандай үйірмелер жұмыс істейді? ({})"


def vote(people: People, token: str, question: str, key: UUID | None = None) -> bytes:
    """Return the request of a vote."""
    rest = f"/{question}/vote"
    return HEAD.format(room=people.room, rest=rest, token=token, key=key or uuid4(), length=0).encode()


def votes(people: People, questions: Iterable[str]) -> list[bytes]:
    """Return a vote of everybody for each of the questions; no participant's two follow each other."""
    return [vote(people, token, question) for question, token in product(questions, people.tokens)]


def asks(people: People, each: int) -> list[bytes]:
    """Return so many questions of everybody."""
    return [_ask(people, token, number) for number, token in product(range(each), people.tokens)]


def _ask(people: People, token: str, number: int) -> bytes:
    body = json.dumps({"text": TEXT.format(number), "language": "kk"}, ensure_ascii=False).encode()
    head = HEAD.format(room=people.room, rest="", token=token, key=uuid4(), length=len(body))
    return head.encode() + body
