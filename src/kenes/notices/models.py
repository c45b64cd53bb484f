"""The outbox: what is to leave the process, written in the transaction that wants it; and webhooks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kenes.core.ids import new_public_id
from kenes.notices.states import Channel, EndpointState, MessageState


class WebhookEndpoint(models.Model):
    """Another system's address that is told of the events it chose. The secret is kept sealed."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    url = models.URLField(_("Address"), max_length=500)
    note = models.CharField(_("Whose it is"), max_length=200, blank=True)
    sealed_secret = models.TextField(editable=False)
    events = models.JSONField(_("Events"), default=list)
    state = models.CharField(
        _("State"), max_length=10, choices=EndpointState.choices, default=EndpointState.ACTIVE
    )
    created_at = models.DateTimeField(_("Made at"), editable=False)
    # The first failure since the last success.
    failing_since = models.DateTimeField(_("Fails since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=EndpointState.values), name="endpoint_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.note or self.url


class Message(models.Model):
    """One e-mail, text message or delivery of a webhook. The same `key` is written once.

    `to` is an e-mail address, a phone number, or empty where there is an endpoint. Of a private
    message address and words are erased as soon as it has left.
    """

    key = models.CharField(_("Key"), max_length=120, unique=True)
    channel = models.CharField(_("Channel"), max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    state = models.CharField(
        _("State"), max_length=12, choices=MessageState.choices, default=MessageState.WAITING
    )
    to = models.CharField(max_length=254, blank=True)
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name=_("Endpoint"),
    )
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    # Where one press ends what the message belongs to (RFC 8058); empty where nothing is to be ended.
    unsubscribe = models.CharField(max_length=300, blank=True, default="")
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("Written at"))
    not_before = models.DateTimeField(_("Next try"))
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)
    # The worker died between sending and noting it: the person may have got it twice.
    maybe_repeated = models.BooleanField(_("Perhaps sent twice"), default=False)
    provider_id = models.CharField(max_length=120, blank=True, default="")
    response_status = models.PositiveSmallIntegerField(_("Answer"), null=True, blank=True)
    last_error = models.CharField(_("Last failure"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message in the outbox")
        verbose_name_plural = _("messages in the outbox")
        indexes = [models.Index(fields=["state", "not_before"], name="message_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel=Channel.WEBHOOK, endpoint__isnull=False)
                | ~models.Q(channel=Channel.WEBHOOK) & models.Q(endpoint=None),
                name="message_webhook_has_endpoint",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
