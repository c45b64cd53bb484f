"""By what a message leaves: a mail server, a provider of text messages, another system's address."""

import hashlib
import http.client
import re
from dataclasses import dataclass, field
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from kenes.notices.actions.outbox import Taken
from kenes.notices.channels import NumberRefused, TextChannel, TextNotSent, text_channel
from kenes.notices.models import Message
from kenes.notices.outgoing import AddressForbidden, post
from kenes.notices.sealing import unseal
from kenes.notices.signatures import HEADER, signature_of
from kenes.notices.states import Channel, EndpointState

AGENT = "Kenes-Webhook/1"
_PERSONAL = re.compile(r"[^\s<>'\"(){},]+@[^\s<>'\"(){},]+|\+?\d{7,}")


class NotSent(Exception):
    """The other side did not take the message. `is_final`: trying again is of no use."""

    def __init__(self, reason: str, *, is_final: bool, status: int | None = None) -> None:
        self.is_final = is_final
        self.status = status
        super().__init__(reason)


class Transport(Protocol):
    """Sends messages of one channel, one after the other."""

    def send(self, message: Message, *, at: datetime) -> Taken:
        """Send one message. Raises: NotSent."""

    def close(self) -> None:
        """Let go of the connection."""


class EmailTransport:
    """One connection to the mail server for a batch."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = get_connection()

    def send(self, message: Message, *, at: datetime) -> Taken:
        _require_address(message)
        try:
            _as_email(message, self._connection).send()
        except (SMTPException, OSError, ValueError) as error:
            raise NotSent(_reason(error), is_final=_is_final(error)) from error
        return Taken()

    def close(self) -> None:
        self._connection.close()


@dataclass(slots=True)
class TextTransport:
    """The channel of the settings, made when the first text is sent."""

    _channel: TextChannel | None = field(default=None, init=False)

    def send(self, message: Message, *, at: datetime) -> Taken:
        _require_address(message)
        try:
            self._channel = self._channel or text_channel()
            sent = self._channel.send(message.to, message.body, key=message.key)
        except TextNotSent as error:
            raise NotSent(_reason(error), is_final=isinstance(error, NumberRefused)) from error
        except Exception as error:  # a provider's adapter is not ours: what it lets through is tried again
            raise NotSent(_reason(error), is_final=False) from error
        return Taken(provider_id=str(sent)[:120])

    def close(self) -> None:
        self._channel = None


class WebhookTransport:
    """One connection for each delivery; what is not answered with 2xx was not taken."""

    def send(self, message: Message, *, at: datetime) -> Taken:
        endpoint = message.endpoint
        if endpoint is None or endpoint.state != EndpointState.ACTIVE:
            raise NotSent("The endpoint is not active.", is_final=True)
        secret = unseal(endpoint.sealed_secret)
        if not secret:
            raise NotSent("The secret cannot be read: please give the endpoint a new one.", is_final=True)
        body = message.body.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "Kenes-Event": message.subject,
            "Kenes-Delivery": digest_of(message.key),
            HEADER: signature_of(body, secret=secret, at=at),
        }
        try:
            status = post(endpoint.url, body, headers, allows_private=settings.WEBHOOKS_TO_PRIVATE)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotSent(_reason(error), is_final=isinstance(error, AddressForbidden)) from error
        if not 200 <= status < 300:
            raise NotSent(f"The endpoint answered {status}.", is_final=status == 410, status=status)
        return Taken(response_status=status)

    def close(self) -> None:
        """Nothing is held."""


TRANSPORTS: dict[Channel, type[EmailTransport | TextTransport | WebhookTransport]] = {
    Channel.EMAIL: EmailTransport,
    Channel.TEXT: TextTransport,
    Channel.WEBHOOK: WebhookTransport,
}


def digest_of(key: str) -> str:
    """Return what a repeat of the message is known by outside."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _require_address(message: Message) -> None:
    """Refuse what has no address (one sealed under a key that is gone): a mail server would say nothing."""
    if not message.to:
        raise NotSent("There is no address to send it to.", is_final=True)


def _as_email(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    """Build the e-mail; its Message-ID comes from the key, so that a repeat can be known as one."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {
        "Message-ID": f"<{digest_of(message.key)}@{host}>",
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        subject=message.subject, body=message.body, to=[message.to], headers=headers, connection=connection
    )


def _is_final(error: Exception) -> bool:
    """Say whether trying again is of no use: the server refuses for good, or the message is malformed."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return 550 <= error.smtp_code < 560
    return isinstance(error, ValueError)


def _reason(error: Exception) -> str:
    """Return what went wrong without the address or number that a server likes to repeat."""
    return _PERSONAL.sub("…", f"{type(error).__name__}: {error}")
