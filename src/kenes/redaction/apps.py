"""The app's registration with Django."""

from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "kenes.redaction"
    label = "redaction"
