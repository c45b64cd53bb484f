"""What somebody wishes to be sent, before it is a row of the outbox."""

from dataclasses import dataclass

from kenes.notices.states import Channel


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to a person: by e-mail to an address, or by text message to a number.

    `unsubscribe` is the address where one press ends it. Address and words of a private one are
    erased as soon as it has left. A text message has no subject.
    """

    key: str
    to: str
    language: str
    subject: str
    body: str
    channel: Channel = Channel.EMAIL
    unsubscribe: str = ""
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Announcement:
    """An event told to every endpoint that chose it. `body` is JSON, of public facts alone."""

    key: str
    event: str
    body: str
