"""The app's registration with Django."""

from django.apps import AppConfig


class AnsweringConfig(AppConfig):
    name = "kenes.answering"
    label = "answering"
