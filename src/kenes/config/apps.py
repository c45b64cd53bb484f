"""The app's registration with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "kenes.config"
    label = "config"
