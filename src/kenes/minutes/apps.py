"""The app's registration with Django."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "kenes.minutes"
    label = "minutes"
