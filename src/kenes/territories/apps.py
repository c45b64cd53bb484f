"""The app's registration with Django."""

from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "kenes.territories"
    label = "territories"
