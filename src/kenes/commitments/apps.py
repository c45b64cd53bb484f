"""The app's registration with Django."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "kenes.commitments"
    label = "commitments"
