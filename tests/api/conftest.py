"""A public client of the API, and a programme with questions in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from factories import NOON, a_meeting, a_session, a_user
from kenes.programme.actions import join_meeting
from kenes.programme.models import Meeting
from kenes.questions.actions import ask_question
from kenes.questions.models import Question
from kenes.territories.actions import load_shipped_places

Get = Callable[..., Any]


@pytest.fixture
def get(client: Client, db: None) -> Get:
    """Ask `/api/v1/…` in English and JSON unless told otherwise."""

    def ask(path: str, **headers: str) -> Any:
        said = {"Accept-Language": "en", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return client.get(f"/api/v1/{path}", headers=said)

    return ask


@pytest.fixture
def _places(db: None) -> None:
    load_shipped_places()


@pytest.fixture
def meeting(_places: None) -> Meeting:
    return a_meeting(a_session(), is_open=True)


@pytest.fixture
def ask(meeting: Meeting) -> Callable[..., Question]:
    """Ask a question in the meeting, by a new guest unless told otherwise."""
    asked: list[Question] = []

    def one(text: str = "When will the youth centre open?", **said: Any) -> Question:
        serial = len(asked)
        name = said.pop("name", f"Guest {serial}")
        user = a_user(f"asker{serial}") if said.pop("is_signed_in", False) else None
        participant = join_meeting(meeting, name=name, user=user, previous=None, at=NOON)
        values = {
            "text": text,
            "language": "en",
            "is_anonymous": False,
            "at": NOON + timedelta(minutes=serial),
        }
        asked.append(ask_question(meeting, participant=participant, **{**values, **said}))
        return asked[-1]

    return one
