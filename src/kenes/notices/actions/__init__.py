"""Every write of the outbox and of the endpoints that are told of events."""

from kenes.notices.actions.endpoints import add_endpoint, change_endpoint, note_endpoint
from kenes.notices.actions.outbox import (
    announce,
    claim_due_messages,
    forget_messages_of,
    forget_messages_to,
    forget_old_messages,
    note_failure,
    note_sent,
    send_letters_later,
    send_mail_later,
    take_out_of_messages,
)

__all__ = [
    "add_endpoint",
    "announce",
    "change_endpoint",
    "claim_due_messages",
    "forget_messages_of",
    "forget_messages_to",
    "forget_old_messages",
    "note_endpoint",
    "note_failure",
    "note_sent",
    "send_letters_later",
    "send_mail_later",
    "take_out_of_messages",
]
