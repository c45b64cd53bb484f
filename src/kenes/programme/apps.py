"""The app's registration with Django."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "kenes.programme"
    label = "programme"
