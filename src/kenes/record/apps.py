"""The app's registration with Django."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "kenes.record"
    label = "record"
