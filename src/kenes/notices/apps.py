"""The app's registration with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kenes.notices"
    label = "notices"
