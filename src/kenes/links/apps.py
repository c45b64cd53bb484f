"""The app's registration with Django."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "kenes.links"
    label = "links"
