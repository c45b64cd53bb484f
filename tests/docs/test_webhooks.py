"""The reference of webhooks is what is sent: events, body, and the check of the signature."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kenes.notices.rules import FAILS_AT_MOST, RETRY_PAUSES
from kenes.notices.signatures import signature_of
from kenes.notices.states import WebhookEvent

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/howto/webhooks.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```(json|python)\n(.*?)^```$", REFERENCE, re.MULTILINE | re.DOTALL))
AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)


def the_check() -> object:
    found: dict[str, object] = {}
    exec(BLOCKS["python"], found)
    return found["is_from_kenes"]


def test_every_event_is_in_the_table() -> None:
    assert re.findall(r"^\| `(question\.[a-z_]+)` \|", REFERENCE, re.MULTILINE) == WebhookEvent.values


@pytest.mark.parametrize(
    ("secret", "body", "seconds_later", "is_good"),
    [
        ("right", b"{}", 0, True),
        ("right", b"{}", 299, True),
        ("right", b"{}", 301, False),
        ("wrong", b"{}", 0, False),
        ("right", b"{ }", 0, False),
    ],
)
def test_the_shown_check_takes_what_is_ours_and_nothing_else(
    secret: str, body: bytes, seconds_later: int, is_good: bool
) -> None:
    header = signature_of(b"{}", secret="right", at=AT)
    check = the_check()
    assert check(header, body, secret, AT.timestamp() + seconds_later) is is_good  # type: ignore[operator]


@pytest.mark.parametrize("header", ["", "t=,v1=", "t=abc,v1=00", "v1=00", "nothing"])
def test_the_shown_check_refuses_what_is_no_signature(header: str) -> None:
    assert the_check()(header, b"{}", "right", AT.timestamp()) is False  # type: ignore[operator]


def test_the_pauses_are_as_told() -> None:
    minutes = [int(pause.total_seconds() // 60) for pause in RETRY_PAUSES]
    assert minutes == [1, 5, 15, 60, 180, 360, 720, 1440]
    assert FAILS_AT_MOST.days == 3


def test_the_shown_body_has_these_parts() -> None:
    body = json.loads(BLOCKS["json"])
    assert list(body) == ["id", "event", "at", "question", "part"]
