"""The app's registration with Django."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "kenes.coverage"
    label = "coverage"
