"""Text messages: what a channel must be able to do, and one that writes files for trial.

A channel is a class named by `KENES_TEXT_CHANNEL`, made without arguments. It takes a number in
international form (`+77010000000`) and a text, and returns the provider's id of the message.
docs/howto/text-messages.md shows how to write one.
"""

import hashlib
import json
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


class TextNotSent(Exception):
    """The provider did not take the message now; it is tried again."""


class NumberRefused(TextNotSent):
    """The provider will never take a message to this number; it is not tried again."""


class TextChannel(Protocol):
    """A provider of text messages, or a messenger."""

    def send(self, to: str, text: str, *, key: str) -> str:
        """Hand the text over and return the provider's id of it.

        `key` is the same when a message is repeated: a provider that knows such keys sends it once.
        Raises: TextNotSent, NumberRefused.
        """


class FileTextChannel:
    """Writes each text message to a file in the data folder, for trial; nobody receives anything."""

    def send(self, to: str, text: str, *, key: str) -> str:
        folder = settings.DATA_DIR / "texts"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}"
        digest = hashlib.sha256(key.encode()).hexdigest()[:32]
        content = json.dumps({"to": to, "text": text, "key": digest}, ensure_ascii=False, indent=1)
        try:
            (folder / f"{name}.json").write_text(content, "utf-8")
        except OSError as error:
            raise TextNotSent(str(error)) from error
        return name


def has_text_channel() -> bool:
    """Say whether this instance sends text messages."""
    return bool(settings.TEXT_CHANNEL)


def text_channel() -> TextChannel:
    """Return the channel that the settings name. Raises: TextNotSent where there is none."""
    if not has_text_channel():
        raise TextNotSent("KENES_TEXT_CHANNEL names no channel")
    try:
        channel: TextChannel = import_string(settings.TEXT_CHANNEL)()
    except ImportError as error:
        raise TextNotSent(str(error)) from error
    return channel
