"""The app's registration with Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "kenes.live"
    label = "live"
