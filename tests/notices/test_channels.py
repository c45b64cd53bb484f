"""Text messages leave by the same outbox; what is private is erased once it has left."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from kenes.notices.actions import forget_messages_of, send_letters_later
from kenes.notices.channels import NumberRefused, TextNotSent
from kenes.notices.models import Message
from kenes.notices.sealing import fingerprint, seal, unseal
from kenes.notices.states import Channel, MessageState
from kenes.notices.tasks import send_due_messages
from kenes.notices.wishes import Letter

AT = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
NUMBER = "+77010000000"

pytestmark = pytest.mark.django_db


class Refusing:
    """A provider that will never take a number, and says it aloud."""

    def send(self, to: str, text: str, *, key: str) -> str:
        raise NumberRefused(f"no such number {to}")


class Busy:
    """A provider that takes nothing now."""

    def send(self, to: str, text: str, *, key: str) -> str:
        raise TextNotSent("later")


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.TEXT_CHANNEL = "kenes.notices.channels.FileTextChannel"
    return tmp_path / "texts"


def wish(key: str = "follow:1:2", **said: object) -> Message:
    letter = {"key": key, "to": NUMBER, "language": "kk", "subject": "", "body": "Жауап берілді."}
    send_letters_later([Letter(**{**letter, "channel": Channel.TEXT, **said})], at=AT)  # type: ignore[arg-type]
    return Message.objects.get(key=key)


def test_a_text_message_is_handed_to_the_channel_once(files: Path) -> None:
    wish()
    send_due_messages(at=AT)
    send_due_messages(at=AT)
    (file,) = files.iterdir()
    assert {name: json.loads(file.read_text())[name] for name in ("to", "text")} == {
        "to": NUMBER,
        "text": "Жауап берілді.",
    }
    message = Message.objects.get()
    assert (message.state, message.provider_id, message.to) == (MessageState.SENT, file.stem, NUMBER)


def test_a_private_message_keeps_neither_number_nor_words_once_sent(files: Path) -> None:
    wish(is_private=True)
    send_due_messages(at=AT)
    message = Message.objects.get()
    assert (message.state, message.to, message.body, message.unsubscribe) == ("sent", "", "", "")


def test_a_refused_number_is_not_tried_again_and_not_kept(settings: Settings) -> None:
    settings.TEXT_CHANNEL = f"{__name__}.Refusing"
    wish(is_private=True)
    send_due_messages(at=AT)
    message = Message.objects.get()
    assert (message.state, message.to) == (MessageState.FAILED, "")
    assert message.last_error == "NumberRefused: no such number …"


@pytest.mark.parametrize("channel", [f"{__name__}.Busy", "no.such.Channel", ""])
def test_a_channel_that_takes_nothing_leaves_the_message_waiting(channel: str, settings: Settings) -> None:
    settings.TEXT_CHANNEL = channel
    wish()
    send_due_messages(at=AT)
    assert Message.objects.get().state == MessageState.WAITING


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.TEXT])
def test_what_has_no_address_was_not_sent(channel: Channel, files: Path) -> None:
    wish(channel=channel, to="")
    send_due_messages(at=AT)
    message = Message.objects.get()
    assert (message.state, message.last_error) == (MessageState.FAILED, "There is no address to send it to.")


def test_what_has_not_left_is_forgotten_by_its_keys_beginning(files: Path) -> None:
    wish("follow:1:2")
    wish("follow:2:2")
    assert forget_messages_of("follow:1:") == 1
    assert [message.key for message in Message.objects.all()] == ["follow:2:2"]


def test_what_is_sealed_is_read_under_an_earlier_key_too(settings: Settings) -> None:
    sealed = seal("a@example.org")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert unseal(sealed) == "a@example.org"
    settings.SECRET_KEY_FALLBACKS = []
    assert (unseal(sealed), unseal("")) == ("", "")


def test_a_fingerprint_is_the_same_for_the_same_text_under_one_key(settings: Settings) -> None:
    first = fingerprint("a@example.org")
    assert first == fingerprint("a@example.org") != fingerprint("b@example.org")
    settings.SECRET_KEY = "another"
    assert fingerprint("a@example.org") != first
