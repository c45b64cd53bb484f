"""The app's registration with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "kenes.organisations"
    label = "organisations"
