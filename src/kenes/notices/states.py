"""States of a message in the outbox, its channels, and the events told to other systems."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    WAITING = "waiting", _("Waits to be sent")
    SENDING = "sending", _("Is being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed for good")


class Channel(TextChoices):
    """By what a message leaves."""

    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")
    WEBHOOK = "webhook", _("Webhook")


class EndpointState(TextChoices):
    """Whether an endpoint is told of events."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused by an administrator")
    DISABLED = "disabled", _("Disabled after failing too long")


class WebhookEvent(TextChoices):
    """What other systems are told of."""

    REGISTERED = "question.registered", _("A question was registered")
    ASSIGNED = "question.assigned", _("A question was assigned to a unit")
    DUE_SOON = "question.due_soon", _("An answer is due soon")
    OVERDUE = "question.overdue", _("An answer is overdue")
    ANSWERED = "question.answered", _("A question was answered")
    PART_ANSWERED = "question.part_answered", _("A part of a question was answered")
    REOPENED = "question.reopened", _("A question was reopened")
