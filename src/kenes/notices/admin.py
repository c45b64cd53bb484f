"""Webhook endpoints and the log of what left, in the administration. Every save is an action."""

import secrets
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kenes.core.errors import KenesError
from kenes.notices.actions import add_endpoint, change_endpoint
from kenes.notices.actions.endpoints import EndpointPlan
from kenes.notices.models import Message, WebhookEndpoint
from kenes.notices.rules import clean_endpoint_url, clean_events, clean_secret
from kenes.notices.states import EndpointState, WebhookEvent


class EndpointForm(forms.ModelForm):  # type: ignore[type-arg]
    """An endpoint; its secret is shown once, when it is made or given anew."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    events = forms.MultipleChoiceField(
        label=_("Events"), choices=WebhookEvent.choices, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("Active"), required=False, initial=True)
    secret = forms.CharField(
        label=_("New secret"),
        required=False,
        help_text=_("Left empty, a new endpoint gets a random one, and an old one keeps its own."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 60}),
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("url", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["is_active"] = self.instance.state == EndpointState.ACTIVE
            self.initial["events"] = self.instance.events

    def clean_url(self) -> str:
        return str(_checked(clean_endpoint_url, self.cleaned_data["url"]))

    def clean_events(self) -> list[str]:
        return list(_checked(clean_events, self.cleaned_data["events"]))

    def clean_secret(self) -> str:
        secret = self.cleaned_data["secret"]
        return str(_checked(clean_secret, secret)) if secret else ""


def _checked(rule: Any, value: Any) -> Any:
    try:
        return rule(value)
    except KenesError as error:
        raise forms.ValidationError(str(error)) from None


@admin.register(WebhookEndpoint)
class EndpointAdmin(admin.ModelAdmin[WebhookEndpoint]):
    """Who is told of events. None is deleted: an endpoint is paused, and its deliveries stay on the log."""

    form = EndpointForm
    list_display = ("__str__", "url", "state", "failing_since", "created_at")
    list_filter = ("state",)
    readonly_fields = ("state", "failing_since", "created_at")
    fields = ("url", "note", "events", "is_active", "secret", "state", "failing_since", "created_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool) -> None:
        said = form.cleaned_data
        secret = said["secret"] or ("" if change else secrets.token_urlsafe(32))
        plan = EndpointPlan(said["url"], said["events"], said["note"], said["is_active"], secret)
        if change:
            change_endpoint(obj, plan, by=_user(request), at=timezone.now())
        else:
            obj.pk = add_endpoint(plan, by=_user(request), at=timezone.now()).pk
        if secret:
            shown = _now("The secret of this endpoint, shown only now: %(secret)s") % {"secret": secret}
            messages.warning(request, shown)


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """The log of deliveries: what left, when, and what kept the rest. Nobody's address or words."""

    list_display = (
        "created_at",
        "channel",
        "kind_of_message",
        "endpoint",
        "state",
        "attempts",
        "response_status",
        "sent_at",
        "maybe_repeated",
        "last_error",
    )
    list_filter = ("channel", "state", "maybe_repeated", "endpoint")
    list_select_related = ("endpoint",)
    date_hierarchy = "created_at"
    ordering = ("-id",)
    fields = (*list_display, "not_before")
    show_full_result_count = False

    @admin.display(description=_("About"))
    def kind_of_message(self, message: Message) -> str:
        """The event of a delivery, or what a letter is about; never whom it went to."""
        return message.subject if message.endpoint_id else message.key.partition(":")[0]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).defer("to", "body", "unsubscribe")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _user(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None
